"""Builders: each makes one valid thing; tests name only what matters to them."""

from datetime import UTC, date, datetime

from django.contrib.auth.models import Group

from formats.actions import load_snapshots, publish, save_draft
from formats.guide import actions as guide
from formats.guide.schema import plan_from
from formats.models import Format, Tree
from foundation.kit.text import german_slug
from foundation.people.models import User
from foundation.people.roles import Role
from towns.models import (
    Actor,
    ActorKind,
    Association,
    District,
    Land,
    RegisterImport,
    Seat,
    SeatRole,
    SizeClass,
    Town,
    TownKind,
    Visibility,
)

LONG_AGO = datetime(2024, 5, 1, 9, 0, tzinfo=UTC)
PASSWORD = "ein-langes-beispiel-passwort"


def make_user(email="anna@auenlinden.example", *, role: Role | None = None, **fields) -> User:
    """A person; with a role also staff and in the role group."""
    user = User.objects.create_user(email, PASSWORD, **{"is_staff": role is not None} | fields)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def make_snapshot(slug="runder-tisch", **values) -> dict:
    """A sound snapshot as a content file would give it."""
    return {
        "slug": slug,
        "kind": "format",
        "title": slug.replace("-", " ").title(),
        "summary": "Ein Kreis, der sich trifft.",
        "purposes": ["austauschen"],
        "goal": "Voneinander wissen.",
        "occasions": ["ein neues Thema"],
        "target_groups": ["Verwaltung"],
        "mode": "digital",
        "effort": "gering",
        "result": "Eine Notiz.",
        "provenance": "ergaenzt",
        "as_of": "2026-11-01",
    } | values


def publish_rows(format: Format, *, author=None, reason: str = ""):
    """Keep what the rows say as a revision and publish it, as one editor alone could without four eyes."""
    revision = save_draft(format, author=author, reason=reason)
    publish(revision)
    format.refresh_from_db()
    return revision


def make_format(slug="runder-tisch", **values) -> Format:
    """A published Steckbrief, loaded the way content files are."""
    load_snapshots([make_snapshot(slug, **values)])
    return Format.objects.with_revision().get(slug=slug)


def make_edited_format(slug="runder-tisch", **values) -> Format:
    """A published Steckbrief whose newest revision was made by an editor."""
    format = make_format(slug, **values)
    format.goal = "Voneinander lernen."
    format.save()
    publish_rows(format, author=None, reason="geprüft")
    return format


def make_draft(slug="entwurf", **values) -> Format:
    """A row nobody has published."""
    fields = {
        "title": "Entwurf",
        "summary": "Noch nicht fertig.",
        "purposes": ["lernen"],
        "goal": "offen",
        "occasions": ["offen"],
        "target_groups": ["offen"],
        "mode": "digital",
        "effort": "gering",
        "result": "offen",
        "provenance": "ergaenzt",
        "as_of": date(2026, 11, 1),
    }
    return Format.objects.create(slug=slug, **fields | values)


UNSURE = {"key": "offen", "text": "Weiß ich nicht", "unsure": "ja"}


def make_question(key, *options, **values) -> dict:
    """A sound question of options `(key, target)` or dicts; „Weiß ich nicht“ follows the last target."""
    made = [
        option if isinstance(option, dict) else {"key": option[0], "text": option[0].title(), **option[1]}
        for option in options
    ]
    target = {name: made[-1][name] for name in ("next", "outcome") if name in made[-1]}
    label = key.title()
    named = {"key": key, "label": label, "text": f"{label}, bitte?", "why": "Weil es zählt."}
    return named | {"options": [*made, UNSURE | target]} | values


def make_tree_data(**values) -> dict:
    """A sound tree: two questions, then the formats webinar and barcamp by their weights.

    `kurz` speaks for the webinar and against the barcamp, `viele` for the barcamp.
    """
    ends = {"outcome": "formate"}
    short = {"key": "kurz", "text": "Kurz", "next": "gruppe", "pro": "ist kurz", "contra": "dauert lang"}
    many = {"key": "viele", "text": "Viele", "pro": "trägt viele"} | ends
    return {
        "title": "Welches Format?",
        "summary": "Zwei Fragen.",
        "responsible": "Geschäftsstelle",
        "as_of": "2026-11-01",
        "review_due": "2030-11-01",
        "questions": [
            make_question(
                "zeit", short | {"weights": {"webinar": "2", "barcamp": "-1"}}, ("lang", {"next": "gruppe"})
            ),
            make_question("gruppe", ("wenige", ends), many | {"weights": {"barcamp": "2"}}),
        ],
        "outcomes": [
            {
                "key": "formate",
                "title": "Das passt",
                "ranking": "ja",
                "next_step": "Lesen Sie den Steckbrief.",
            }
        ],
    } | values


def make_plan(**values):
    return plan_from(make_tree_data(**values))


def make_tree(slug="welches", *, formats=("webinar", "barcamp"), **values) -> Tree:
    """A public tree, with the Steckbriefe its weights name."""
    for number, format in enumerate(formats, start=1):
        if not Format.objects.filter(slug=format).exists():
            make_format(format, number=str(number))
    tree, _ = Tree.objects.get_or_create(slug=slug, defaults={"title": "Neu"})
    guide.save_draft(tree, make_plan(**values), by=None)
    guide.publish_draft(tree, author=None)
    return tree


def make_register(**values) -> RegisterImport:
    """A vintage of the register, as a file would have brought it."""
    fields = {
        "kind": RegisterImport.Kind.XLSX,
        "source": "Erfunden für Tests",
        "file_name": "auszug.xlsx",
        "digest": "0" * 64,
        "as_of": date(2023, 3, 31),
        "population_as_of": date(2021, 12, 31),
    }
    return RegisterImport.objects.create(**fields | values)


def make_district(key="12070", name="Prignitz", **values) -> District:
    """A current Kreis; its Land follows from the key."""
    land = Land.objects.all_sixteen()[key[:2]]
    fields = {"official_name": name, "kind": "44", "land": land, "valid_from": date(2023, 3, 31)}
    return District.objects.create(key=key, name=name, **fields | values)


def make_association(key="120705003", name="Bad Wilsnack/Weisen", **values) -> Association:
    """A current Gemeindeverband (an Amt); makes its Kreis where it is missing."""
    district = District.objects.filter(key=key[:5]).first() or make_district(key[:5])
    fields = {"official_name": name, "kind": "51", "district": district, "valid_from": date(2023, 3, 31)}
    return Association.objects.create(key=key, name=name, **fields | values)


def make_town(name="Auenlinden", **values) -> Town:
    """A current Kleinstadt of Brandenburg with 8 000 inhabitants, invented unless it gets an AGS."""
    ags = values.get("ags", "")
    inhabitants = values.get("inhabitants", 8_000)
    fields = {
        "slug": german_slug(name),
        "official_name": f"{name}, Stadt",
        "addition": "Stadt",
        "kind": TownKind.STADT,
        "land": Land.objects.all_sixteen()[ags[:2] or "12"],
        "inhabitants": inhabitants,
        "inhabitants_as_of": date(2021, 12, 31),
        "area_km2": 50,
        "size_class": inhabitants and SizeClass.of_inhabitants(inhabitants),
        "valid_from": date(2023, 3, 31),
        "is_demo": not ags,
    }
    if ags:
        fields["ars"] = f"{ags[:5]}0{ags[5:]}{ags[5:]}"
    return Town.objects.create(name=name, **fields | values)


def make_participating_town(name="Auenlinden", **values) -> Town:
    """A teilnehmende Stadt."""
    return make_town(name, **{"participating_since": LONG_AGO} | values)


def make_seat(user: User, place: Town | Association, role=SeatRole.MAYOR, **values) -> Seat:
    """A confirmed, current seat; `confirmed_at=None` makes it a request."""
    where = {"town": place} if isinstance(place, Town) else {"association": place}
    fields = {"starts_on": date(2024, 5, 1), "asked_at": LONG_AGO, "confirmed_at": LONG_AGO}
    return Seat.objects.create(user=user, role=role, **where, **fields | values)


def make_actor(name="Ines Institut", **values) -> Actor:
    """A public profile of a person that staff approved; without an account unless one is given."""
    fields = {
        "slug": german_slug(name),
        "kind": ActorKind.SCIENCE,
        "visibility": Visibility.PUBLIC,
        "approved_at": LONG_AGO,
    }
    return Actor.objects.create(name=name, **fields | values)
