"""The history on the desk: readable changes, undo as a new revision, export, and who may."""

import pytest
from django.core.exceptions import ValidationError

from formats.actions import publish, restore, withdraw
from formats.models import Format
from tests.builders import make_edited_format, make_format

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, moni):
    client.force_login(moni)
    return client


def address(format, rest=""):
    return f"/redaktion/formats/format/{format.pk}/{rest}"


def test_the_history_names_every_revision_with_who_when_and_why(desk, moni):
    format = make_edited_format()
    page = desk.get(address(format, "history/")).content.decode()
    assert page.index("Fassung 2") < page.index("Fassung 1")
    assert "geprüft" in page
    assert "Aus der Inhaltsdatei" in page


def test_a_revision_shows_its_changes_word_by_word(desk):
    format = make_edited_format()
    page = desk.get(address(format, "fassung/2/")).content.decode()
    assert '<del><span class="visually-hidden">[entfernt: </span>wissen' in page
    assert '<ins><span class="visually-hidden">[neu: </span>lernen' in page
    first = desk.get(address(format, "fassung/1/")).content.decode()
    assert "Die erste Fassung" in first
    assert "Seither geändert" in first


def test_restoring_asks_first_and_then_makes_a_draft(desk, moni):
    format = make_edited_format()
    assert desk.get(address(format, "fassung/1/wiederherstellen/")).status_code == 200
    assert Format.objects.get().draft is None
    desk.post(address(format, "fassung/1/wiederherstellen/"), {"reason": "war besser"})
    draft = Format.objects.get().draft
    assert (draft.number, draft.author, draft.reason) == (3, moni, "Fassung 1 wiederhergestellt: war besser")
    assert draft.snapshot == format.revisions.get(number=1).snapshot
    assert Format.objects.get().published.number == 2
    assert "Voneinander lernen." in desk.get("/formate/runder-tisch/").content.decode()
    publish(draft)
    assert "Voneinander wissen." in desk.get("/formate/runder-tisch/").content.decode()


def test_restoring_what_is_live_changes_nothing(desk):
    format = make_format()
    desk.post(address(format, "fassung/1/wiederherstellen/"))
    assert format.revisions.count() == 1


def test_a_number_given_to_another_since_is_said_when_it_is_published(moni):
    format = make_format(number=7)
    restored = format.published
    withdraw(format)
    make_format("anderer", number=7)
    draft = restore(restored, author=moni)
    with pytest.raises(ValidationError, match="Diese Nummer trägt schon"):
        publish(draft)
    assert Format.objects.get(slug=format.slug).published is None


def test_a_withdrawn_steckbrief_keeps_its_history(desk):
    format = make_edited_format()
    withdraw(format)
    assert desk.get(address(format, "fassung/1/")).status_code == 200
    desk.post(address(format, "fassung/1/wiederherstellen/"))
    format.refresh_from_db()
    assert (format.published, format.draft.number) == (None, 4)


def test_the_history_can_be_taken_away_as_json(desk):
    format = make_edited_format()
    data = desk.get(address(format, "verlauf.json")).json()
    assert [revision["number"] for revision in data["revisions"]] == [2, 1]
    assert data["revisions"][1]["snapshot"] == format.revisions.get(number=1).snapshot


@pytest.mark.parametrize(
    ("rest", "who"),
    [
        ("history/", "moni ada root"),
        ("fassung/1/", "moni ada root"),
        ("verlauf.json", "moni ada root"),
        ("fassung/1/wiederherstellen/", "moni root"),
    ],
)
def test_who_may_see_and_who_may_undo(client, cast, rest, who):
    format = make_edited_format()
    allowed = []
    for name, user in cast.items():
        client.logout()
        if name != "gast":
            client.force_login(user)
        if client.get(address(format, rest)).status_code == 200:
            allowed.append(name)
    assert sorted(allowed) == sorted(who.split())


@pytest.mark.parametrize("rest", ["fassung/9/", "fassung/9/wiederherstellen/", "fassung/99999999999/"])
def test_revisions_that_do_not_exist_are_not_found(desk, rest):
    format = make_format()
    assert desk.get(address(format, rest)).status_code == 404


def test_odd_methods_change_nothing(desk):
    format = make_edited_format()
    assert desk.put(address(format, "fassung/1/wiederherstellen/")).status_code == 405
    assert desk.post(address(format, "verlauf.json")).status_code == 405
    assert format.revisions.count() == 2
