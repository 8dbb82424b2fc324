"""Two editors and two servers at the same moment, with real transactions, on PostgreSQL."""

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from formats.guide import counting
from formats.guide.actions import publish_draft, save_draft, working_plan
from formats.models import Tree, TreeCount, TreeRevision
from tests.builders import make_plan, make_tree, make_user
from tests.formats.test_concurrency import at_once
from tests.formats.test_guide_desk import address, form_of

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"),
]


def test_two_editors_of_two_questions_lose_nothing():
    tree = make_tree()
    sent = []
    for number, key in enumerate(("zeit", "gruppe")):
        client = Client()
        client.force_login(make_user(f"m{number}@akademie.example", is_staff=True, is_superuser=True))
        where = address(tree, f"frage/{key}/")
        sent.append((client, where, form_of(client.get(where)) | {"text": f"Neu: {key}?"}))

    statuses = at_once(*(lambda c=c, w=w, d=d: c.post(w, d).status_code for c, w, d in sent))
    assert statuses == [302, 302]
    plan = working_plan(Tree.objects.with_revision().get())
    assert [question.text for question in plan.questions.values()] == ["Neu: zeit?", "Neu: gruppe?"]


def test_two_who_publish_at_once_make_one_revision():
    tree = make_tree()
    save_draft(tree, make_plan(title="Neu"), by=None)
    made = at_once(*[lambda: publish_draft(Tree.objects.get(), author=None).number] * 2)
    assert made == [2, 2]
    assert TreeRevision.objects.count() == 2


def test_two_servers_add_to_the_same_count():
    tree = make_tree()
    day, steps = timezone.localdate(), [f"frage:f{number}" for number in range(20)]

    def write():
        for step in steps:
            counting._add(tree.published_id, day, step, 3)

    at_once(write, write, write)
    assert set(TreeCount.objects.totals().values()) == {9}
