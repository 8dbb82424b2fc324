"""„Passt nicht“: a note about one result, without an account, with limits."""

import pytest

from formats.models import TreeNote
from tests.builders import make_tree

pytestmark = pytest.mark.django_db
ADDRESS = "/wegweiser/welches/passt-nicht/?zeit=kurz&gruppe=viele&fassung=1"
RESULT = "/wegweiser/welches/?zeit=kurz&gruppe=viele&fassung=1"


def test_a_note_reaches_the_desk_with_the_answers(client):
    tree = make_tree()
    response = client.post(ADDRESS, {"text": "Das hilft uns nicht.", "reply_to": "leser@stadt.example"})
    assert response.url == RESULT
    note = TreeNote.objects.open().get()
    assert (note.text, note.reply_to) == ("Das hilft uns nicht.", "leser@stadt.example")
    assert (note.revision, note.answers) == (tree.published, "zeit=kurz&gruppe=viele&fassung=1")


def test_the_page_shows_the_answers_it_is_about(client):
    make_tree()
    page = client.get(ADDRESS).content.decode()
    assert "Passt nicht?" in page
    assert "Kurz" in page
    assert "noindex" in page


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"text": ""}, "Bitte schreiben Sie, was nicht passt."),
        ({"text": "x" * 2001}, "2000"),
        ({"text": "Gut", "reply_to": "keine"}, "nicht vollständig"),
        ({}, "Bitte schreiben Sie, was nicht passt."),
    ],
)
def test_wrong_input_is_explained_and_nothing_is_kept(client, data, said):
    make_tree()
    response = client.post(ADDRESS, data)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert TreeNote.objects.count() == 0


def test_two_clicks_are_one_note(client):
    make_tree()
    page = client.get(ADDRESS)
    data = {"text": "Zweimal geklickt.", "schluessel": str(page.context["form"]["schluessel"].value())}
    client.post(ADDRESS, data)
    client.post(ADDRESS, data)
    assert TreeNote.objects.count() == 1


def test_a_robot_is_thanked_and_forgotten(client):
    make_tree()
    assert client.post(ADDRESS, {"text": "Kaufen!", "website": "http://spam.example"}).status_code == 302
    assert TreeNote.objects.count() == 0
    client.post(ADDRESS, {"text": "Ein Mensch."})
    assert TreeNote.objects.count() == 1


def test_too_many_notes_from_one_place_are_refused(client):
    make_tree()
    answers = [client.post(ADDRESS, {"text": f"Nr. {n}"}).status_code for n in range(11)]
    assert answers == [302] * 10 + [429]
