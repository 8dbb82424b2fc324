"""Counts: per step and day, without anybody in them, written in batches after the answer."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.utils import timezone

from formats.guide import counting
from formats.models import TreeCount
from tests.builders import make_tree

pytestmark = pytest.mark.django_db
STEP = "/wegweiser/welches/?zeit=kurz&fassung=1"
RESULT = "/wegweiser/welches/?zeit=kurz&gruppe=viele&fassung=1"


def totals():
    return TreeCount.objects.totals()


def test_a_walk_leaves_its_steps(client):
    make_tree()
    for address in ("/wegweiser/welches/", STEP, RESULT):
        client.get(address)
    assert TreeCount.objects.count() == 0
    counting.write()
    assert totals() == {
        "frage:zeit": 1,
        "antwort:zeit:kurz": 1,
        "frage:gruppe": 1,
        "antwort:gruppe:viele": 1,
        "ergebnis:formate": 1,
    }
    assert {count.day for count in TreeCount.objects.all()} == {timezone.localdate()}


def test_pages_from_memory_count_too(client, settings):
    settings.PAGE_CACHE = True
    make_tree()
    cache.clear()
    for _ in range(3):
        client.get(STEP)
    counting.write()
    assert totals()["frage:gruppe"] == 3


def test_what_is_not_a_new_page_is_not_counted(client):
    make_tree()
    etag = client.get(STEP)["ETag"]
    assert client.get(STEP, headers={"if-none-match": etag}).status_code == 304
    client.head(STEP)
    client.get("/wegweiser/gibt-es-nicht/")
    counting.write()
    assert totals()["frage:gruppe"] == 1


def test_two_batches_add_up(client):
    make_tree()
    for _ in range(2):
        client.get(STEP)
        counting.write()
    assert totals()["frage:gruppe"] == 2
    assert TreeCount.objects.filter(step="frage:gruppe").count() == 1


def test_no_request_waits_for_the_counts(client, django_assert_num_queries):
    make_tree()
    client.get(STEP)
    with django_assert_num_queries(1):
        client.get(STEP)


def test_the_batch_is_written_after_an_answer_once_it_is_due(client, monkeypatch):
    make_tree()
    monkeypatch.setattr(counting, "EVERY", 0.0)
    client.get(STEP)
    assert totals()["frage:gruppe"] == 1


def test_counts_wait_while_the_database_is_away(client, monkeypatch):
    make_tree()
    client.get(STEP)
    with monkeypatch.context() as broken:
        broken.setattr(TreeCount.objects, "bulk_create", _away)
        assert counting.write() == 0
    counting.write()
    assert totals()["frage:gruppe"] == 1


def _away(*args, **kwargs):
    raise DatabaseError("away")


def test_days_are_counted_apart(client, monkeypatch):
    tree = make_tree()
    counting.note(tree.published_id, ["frage:zeit"])
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 1, 2))
    counting.note(tree.published_id, ["frage:zeit"])
    counting.write()
    assert TreeCount.objects.count() == 2
    assert TreeCount.objects.since(tree.published, date(2026, 2, 1)).totals() == {"frage:zeit": 1}


def test_memory_is_bounded(monkeypatch):
    tree = make_tree()
    monkeypatch.setattr(counting, "MOST", 3)
    for number in range(5):
        counting.note(tree.published_id, [f"frage:f{number}"])
    counting.note(tree.published_id, ["frage:f0"])
    assert counting.write() == 3
    assert totals()["frage:f0"] == 2


def test_nobody_is_in_the_table():
    fields = {field.name for field in TreeCount._meta.concrete_fields}
    assert fields == {"id", "revision", "day", "step", "count"}
