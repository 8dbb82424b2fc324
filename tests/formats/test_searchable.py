"""What of a Steckbrief the search knows: the published text and topics, from the moment they are public."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from formats.actions import approve, ask_release, publish, publish_due, save_draft, withdraw
from foundation.kit.german.query import parse_query
from foundation.search.models import Entry
from foundation.search.searching import search
from foundation.search.suggesting import did_you_mean, titles_beginning
from foundation.topics.models import Topic
from tests.builders import make_draft, make_format, publish_rows

pytestmark = pytest.mark.django_db
GAST = AnonymousUser()


def found(text):
    """Titles of what a guest finds, best first."""
    return [entry.title for entry in Entry.objects.in_order([pk for _, pk in search(text, GAST).hits])]


def test_an_entry_is_as_old_as_the_publication():
    format = make_format("eins", title="Taubenturm")
    assert Entry.objects.get().changed_at == format.published_at


def test_the_words_of_a_draft_are_never_found():
    format = make_format("eins", title="Taubenturm", topics=["Leerstand"])
    make_draft("entwurf", title="Sternwarte", goal="Sternwarte")
    format.title, format.goal, format.tools = "Sternwarte", "Sternwarte bauen", ["Sternwarte"]
    format.save()
    format.steps.create(position=1, title="Sternwarte", text="Sternwarte")
    format.draft_topics.set(Topic.objects.named(["Sternwarte"]))
    entry = Entry.objects.values().get()
    revision = save_draft(format, author=None)
    assert Entry.objects.values().get() == entry
    assert found("Sternwarte") == []
    assert list(titles_beginning("Stern", GAST)) == []
    assert did_you_mean(parse_query("Sternwartte"), GAST) == ""
    assert (found("Taubenturm"), found("Leerstand")) == (["Taubenturm"], ["Taubenturm"])
    publish(revision)
    assert (found("Sternwarte"), found("Taubenturm"), found("Leerstand")) == (["Sternwarte"], [], [])
    assert search("Sternwarte", GAST).topics == {"sternwarte": 1}


def test_a_planned_publication_is_found_when_its_moment_has_come(cast, monkeypatch):
    format = make_draft("geplant", title="Taubenturm")
    revision = save_draft(format, author=cast["moni"])
    release = ask_release(revision, by=cast["moni"])
    now = timezone.now()
    approve(release, by=cast["ada"], publish_at=now + timedelta(hours=1))
    publish_due()
    assert found("Taubenturm") == []
    with monkeypatch.context() as clock:
        clock.setattr(timezone, "now", lambda: now + timedelta(hours=1, minutes=1))
        publish_due()
    assert found("Taubenturm") == ["Taubenturm"]


def test_the_draft_that_a_withdrawn_one_leaves_is_not_found_until_it_is_published():
    format = make_format("eins", title="Taubenturm")
    withdraw(format)
    format.refresh_from_db()
    format.save()
    assert found("Taubenturm") == []
    publish_rows(format)
    assert found("Taubenturm") == ["Taubenturm"]


@pytest.mark.parametrize("kind", ["format", "methode"])
def test_a_publication_writes_its_entry_once(settings, kind):
    """Whatever number of topics it has; new words are taken apart by the worker, later."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    format = make_draft("neu", kind=kind, title="Taubenturm")
    format.draft_topics.set(Topic.objects.named(["Leerstand", "Innenstadt", "Jugend"]))
    revision = save_draft(format, author=None)
    with CaptureQueriesContext(connection) as asked:
        publish(revision)
    written = [query for query in asked if query["sql"].startswith('INSERT INTO "search_entry"')]
    assert sum("Taubenturm" in query["sql"] for query in written) == 1
    assert DBTaskResult.objects.count() == 1
    assert found("Jugend") == ["Taubenturm"]
