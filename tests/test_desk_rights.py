"""Every address and every action of the desk × role, against the table in `docs/rechte.md`.

The addresses are walked, so a new one fails until it has its row. The sentence of the failure is
the row as it is now: whoever finds it right puts it into the document.
"""

import re
from functools import partial

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import URLResolver
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from formats.actions import save_draft
from formats.models import Correction, TreeNote
from foundation.notices.models import Mail
from foundation.schedule.models import Job
from foundation.search.models import MissedQuery, Synonym
from foundation.topics.models import Topic
from tests.architecture import ROOT
from tests.builders import (
    make_actor,
    make_association,
    make_district,
    make_edited_format,
    make_register,
    make_tree,
)
from towns.models import ActorInvitation, ContactMessage, MailDomain, Seat, TownRevision

ROLES = ["gast", "anna", "moni", "mara", "lou", "ada", "root"]
TEXT = (ROOT / "docs" / "rechte.md").read_text(encoding="utf-8")


def rows_under(heading):
    """First cell → the other cells of the table below a heading of the document."""
    part = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line.strip().strip("|").split("|") for line in part.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line] for line in lines[2:]]
    assert len({line[0] for line in cells}) == len(cells), "a row stands twice"
    return {line[0].strip("`"): line[1:] for line in cells}


def routes(entries=None, before=""):
    """Every route of the desk, written for people: `formats/format/<pk>/freigabe/`."""
    for entry in admin.site.get_urls() if entries is None else entries:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, route)
        elif route.startswith("^(?P<app_label>"):
            labels = re.search(r">(.*?)\)", route)[1]
            yield from (f"{label}/" for label in labels.split("|"))
        elif "(?P<url>" in route:
            yield "alles andere"
        else:
            yield re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", route) or "Heute"


ROUTES = sorted(set(routes()))


@pytest.fixture
def things(cast):
    """One of everything that addresses name; the draft was written by nobody of the cast."""
    format = make_edited_format()
    format.goal = "Noch ein Ziel."
    format.save()
    save_draft(format, author=None)
    now = timezone.now()
    note = Correction.objects.create(revision=format.published, text="Fehler")
    tree, town, actor = make_tree(), Seat.objects.of(cast["anna"]).get().town, make_actor()
    rows = {
        "formats/tree": tree,
        "formats/treenote": TreeNote.objects.create(revision=tree.published, text="Passt nicht."),
        "formats/format": format,
        "formats/correction": note,
        "topics/topic": Topic.objects.create(name="Innenstadt"),
        "search/missedquery": MissedQuery.objects.create(text="seilbahn", hits=0, last_on=now),
        "search/synonym": Synonym.objects.create(words="Seilbahn\nGondel"),
        "towns/land": town.land,
        "towns/district": make_district(),
        "towns/association": make_association(),
        "towns/registerimport": make_register(),
        "towns/town": town,
        "towns/townrevision": TownRevision.objects.create(town=town, number=1, snapshot={}),
        "towns/seat": Seat.objects.of(cast["anna"]).get(),
        "towns/maildomain": MailDomain.objects.create(domain="auenlinden.example", town=town),
        "towns/actor": actor,
        "towns/actorinvitation": ActorInvitation.objects.create(
            actor=actor, email="ines@institut.example", token_hash="x", expires_at=now
        ),
        "towns/contactmessage": ContactMessage.objects.create(
            recipient=actor, sender=cast["anna"], subject="Frage", text="Wer?"
        ),
        "schedule/job": Job.objects.create(name="x", label="Fegen", minutes=1, due_at=now, late_at=now),
        "notices/mail": Mail.objects.create(recipient="anna@auenlinden.example", subject="x", text="x"),
        "people/user": cast["anna"],
        "account/emailaddress": EmailAddress.objects.create(user=cast["anna"], email=cast["anna"].email),
        "auth/group": Group.objects.first(),
        "django_tasks_database/dbtaskresult": DBTaskResult.objects.create(
            args_kwargs={"args": [], "kwargs": {}}, task_path="x", run_after=now, backend_name="default"
        ),
    }
    arguments = {
        "number": 1,
        "correction": note.pk,
        "text": "entwurf",
        "name": "materialien/nirgends.pdf",
        "content_type_id": ContentType.objects.get_for_model(format).pk,
    }
    return rows, arguments


def address(route, things):
    """The route with real keys; a name that the fixture does not know is a KeyError."""
    rows, arguments = things
    if route in ("Heute", "alles andere"):
        return "/redaktion/" if route == "Heute" else "/redaktion/nirgends/"
    thing = rows["formats/format"] if route.startswith("r/") else rows.get("/".join(route.split("/")[:2]))
    known = arguments | {"key": "formate" if "/ergebnis/" in route else "gruppe"}
    known |= {"object_id": thing.pk, "pk": thing.pk} if thing else {}
    return "/redaktion/" + re.sub(r"<(\w+)>", lambda match: str(known[match[1]]), route)


def answer(cast, role, method, url):
    """The status as the document writes it; whatever the request changed is taken back."""
    client = Client()
    with transaction.atomic():
        if role != "gast":
            client.force_login(cast[role])
        response = getattr(client, method)(url)
        transaction.set_rollback(True)
    place = response.headers.get("Location", "")
    to_login = place.startswith(("/redaktion/login/", "/konto/anmelden/"))
    return "anmelden" if response.status_code == 302 and to_login else str(response.status_code)


def cell(cast, url, role):
    """`200/403` for reading and sending; one word where both are the same."""
    reading, sending = answer(cast, role, "get", url), answer(cast, role, "post", url)
    return reading if reading == sending else f"{reading}/{sending}"


@pytest.mark.django_db
@pytest.mark.parametrize("route", ROUTES)
def test_each_address_answers_each_role_as_the_document_says(cast, things, route):
    found = [cell(cast, address(route, things), role) for role in ROLES]
    expected = rows_under("Alle Adressen").get(route)
    assert found == expected, f"| `{route}` | {' | '.join(found)} |"


def test_the_document_names_no_address_that_is_gone():
    assert sorted(rows_under("Alle Adressen")) == ROUTES
    assert len(ROUTES) > 60


@pytest.mark.django_db
def test_each_action_is_offered_to_those_whom_the_document_names(cast, rf):
    def offered(model_admin, user):
        request = rf.get("/redaktion/")
        request.user = user
        return model_admin.get_actions(request)

    found = {}
    for model, model_admin in admin.site._registry.items():
        everybody = {role: offered(model_admin, cast[role]) for role in ROLES if role != "gast"}
        names = {name for actions in everybody.values() for name in actions}
        for name in sorted(names):
            label = f"{model._meta.label_lower}: {name}"
            found[label] = ["nein", *("ja" if name in everybody[role] else "nein" for role in ROLES[1:])]
    document = rows_under("Sammelaktionen")
    lines = [f"| `{label}` | {' | '.join(cells)} |" for label, cells in found.items()]
    assert found == document, "\n".join(lines)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["mara", "lou", "ada"])
def test_an_action_that_is_not_offered_does_nothing_when_sent_anyway(cast, role):
    format = make_edited_format()
    client = Client()
    client.force_login(cast[role])
    send = partial(client.post, "/redaktion/formats/format/")
    for action in ("withdraw_chosen", "review_chosen", "ask_chosen", "delete_selected"):
        send({"action": action, "_selected_action": [format.pk], "_confirmed": "1", "post": "yes"})
    format.refresh_from_db()
    assert (format.published.number, format.draft, format.revisions.count()) == (2, None, 2)
