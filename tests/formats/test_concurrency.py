"""Two people at the same moment, with real threads and real transactions, on PostgreSQL."""

import threading

import pytest
from django.db import connection, connections
from django.test import Client

from formats.actions import publish_rows
from formats.models import Bookmark, Format, Revision
from tests.builders import make_format, make_user
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
    live = Format.objects.with_revision().get().published
    assert live.number == 3
    assert len(live.snapshot["steps"]) == 3


def test_two_editors_who_give_the_same_number_at_once_are_told():
    formats = [make_format("a"), make_format("b")]
    client = Client()
    client.force_login(make_user("moni@akademie.example", is_staff=True, is_superuser=True))

    def number(format):
        return client.post(f"{LIST}{format.pk}/change/", form_data(number="7")).status_code

    assert sorted(at_once(*(lambda format=format: number(format) for format in formats))) == [200, 302]
    assert Format.objects.filter(number=7).count() == 1


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
