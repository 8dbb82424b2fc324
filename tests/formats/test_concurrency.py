"""Two people at the same moment, with real threads and real transactions, on PostgreSQL."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from formats.actions import (
    approve,
    ask_release,
    make_coauthor_link,
    publish,
    publish_due,
    save_draft,
    send_back,
)
from formats.models import Bookmark, Format, Release, Revision
from formats.sheets import sheet_of, snapshot_of
from foundation.notices.models import Mail
from tests.builders import make_draft, make_format, make_user, publish_rows
from tests.formats.test_admin import LIST, form_data, steps

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"),
]


def at_once(*functions):
    """Run all functions in threads that start together; returns their results in order."""
    gate, results = threading.Barrier(len(functions)), [None] * len(functions)

    def work(place, function):
        try:
            gate.wait(10)
            results[place] = function()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=item) for item in enumerate(functions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def test_two_editors_who_save_at_once_both_get_a_revision():
    format = make_format(steps=[{"title": "A"}])
    step = format.steps.get()
    clients = []
    for name in ("moni", "mila"):
        client = Client()
        client.force_login(make_user(f"{name}@akademie.example", is_staff=True, is_superuser=True))
        clients.append((name, client))

    def save(name, client):
        rows = steps(format, (step.pk, 1, "A"), ("", 2, f"Schritt von {name}"))
        return client.post(
            f"{LIST}{format.pk}/change/", form_data(goal=f"Ziel von {name}", **rows)
        ).status_code

    statuses = at_once(*(lambda name=name, client=client: save(name, client) for name, client in clients))
    assert statuses == [302, 302]
    assert [r.number for r in format.revisions.order_by("number")] == [1, 2, 3]
    assert sorted(s.position for s in format.steps.all()) == [1, 2, 3]
    draft = Format.objects.with_draft().get().draft
    assert draft.number == 3
    assert len(draft.snapshot["steps"]) == 3


def test_the_same_number_published_at_once_is_given_once():
    drafts = [save_draft(make_draft(slug, number=7), author=None) for slug in ("a", "b")]
    results = at_once(*(lambda draft=draft: publish(draft) for draft in drafts))
    assert sorted(type(result).__name__ for result in results) == ["Format", "ValidationError"]
    assert Format.objects.published().filter(live_number=7).count() == 1


def test_a_release_approved_and_sent_back_at_once_is_decided_once():
    draft = save_draft(make_draft(), author=None)
    mila = make_user("mila@akademie.example", is_staff=True, is_superuser=True)
    release = ask_release(draft, by=mila)
    at_once(
        lambda: approve(Release.objects.get(), by=mila),
        lambda: send_back(Release.objects.get(), by=mila, comment="noch nicht"),
        lambda: approve(Release.objects.get(), by=mila),
    )
    release.refresh_from_db()
    assert bool(release.approved_at) != bool(release.returned_at)
    assert Format.objects.published().exists() == bool(release.approved_at)


def test_a_planned_publication_runs_once_though_two_clocks_tick():
    draft = save_draft(make_draft(), author=None)
    root = make_user("mila@akademie.example", is_staff=True, is_superuser=True)
    approve(ask_release(draft, by=root), by=root, publish_at=timezone.now() + timedelta(minutes=5))
    Release.objects.update(publish_at=timezone.now() - timedelta(hours=2))
    at_once(publish_due, publish_due, publish_due)
    assert Release.objects.get().published_at
    assert Mail.objects.filter(subject__startswith="Verspätet").count() == 1


def test_publishing_the_same_text_at_once_makes_one_revision():
    format = make_format()
    Format.objects.filter(pk=format.pk).update(goal="Neu")
    at_once(*(lambda: publish_rows(Format.objects.get(), author=None) for _ in range(4)))
    assert Revision.objects.count() == 2


def test_the_same_bookmark_at_once_is_kept_once():
    make_format()
    anna = make_user()

    def keep():
        client = Client()
        client.force_login(anna)
        return client.post("/formate/runder-tisch/merken/").status_code

    assert at_once(keep, keep, keep) == [302, 302, 302]
    assert Bookmark.objects.count() == 1


def test_every_button_of_the_desk_pressed_at_once_leaves_one_sound_state():
    format = make_format()
    format.goal = "Neu"
    format.save()
    draft = save_draft(format, author=None)
    root = make_user("mila@akademie.example", is_staff=True, is_superuser=True)
    release, link = ask_release(draft, by=root), make_coauthor_link(format, name="Ines", by=root)
    sheet = f"{LIST}{format.pk}/"

    def press(rest, **data):
        client = Client()
        client.force_login(root)
        return client.post(sheet + rest, data).status_code

    answers = at_once(
        lambda: press("freigabe/", _approve="1", release=release.pk),
        lambda: press("freigabe/", _return="1", release=release.pk, note="noch nicht"),
        lambda: press("freigabe/", _cancel="1", release=release.pk),
        lambda: press("freigabe/", _discard="1", release=release.pk),
        lambda: press("fassung/1/wiederherstellen/"),
        lambda: press("zurueckziehen/", note="Wird überarbeitet."),
        lambda: press("kopieren/", title="Kopie", slug="kopie"),
        lambda: press("mitautoren/", _revoke="1", link=link.pk),
        lambda: press("change/", **form_data(goal="Noch neuer", revision="2")),
    )
    assert [answer for answer in answers if answer not in (200, 302, 403, 404)] == []
    format.refresh_from_db()
    newest = format.revisions.newest_first().first()
    assert snapshot_of(sheet_of(format)) == (format.draft or format.published).snapshot
    assert newest.number == format.revisions.count()
    assert Release.objects.unfinished().filter(revision__number__lt=newest.number).count() == 0
