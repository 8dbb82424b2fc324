"""„War das hilfreich?“ and correction notes: per revision, without an account, with limits."""

import pytest
from django.test import Client

from formats.models import Correction, Vote
from tests.builders import make_edited_format, make_format

pytestmark = pytest.mark.django_db
ADDRESS = "/formate/runder-tisch/rueckmeldung/"


def test_a_vote_belongs_to_the_revision_that_was_read(client):
    format = make_edited_format()
    response = client.post(ADDRESS, {"was": "stimme", "hilfreich": "ja"})
    assert response.url == "/formate/runder-tisch/"
    vote = Vote.objects.get()
    assert (vote.revision, vote.helpful) == (format.published, True)


def test_a_note_reaches_the_desk(client):
    make_format()
    client.post(
        ADDRESS, {"was": "hinweis", "text": "Zeile 3 stimmt nicht.", "reply_to": "leser@stadt.example"}
    )
    note = Correction.objects.open().get()
    assert (note.text, note.reply_to) == ("Zeile 3 stimmt nicht.", "leser@stadt.example")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"was": "stimme"}, "Bitte wählen Sie Ja oder Nein."),
        ({"was": "stimme", "hilfreich": "vielleicht"}, "vielleicht"),
        ({"was": "hinweis", "text": ""}, "Bitte schreiben Sie, was wir ändern sollen."),
        ({"was": "hinweis", "text": "x" * 2001}, "2000"),
        ({"was": "hinweis", "text": "a\x00b"}, "Null"),
        ({"was": "hinweis", "text": "Guter Text", "reply_to": "keine"}, "nicht vollständig"),
        ({"was": "etwas"}, "Rückmeldung"),
        ({}, "Rückmeldung"),
    ],
)
def test_wrong_input_is_explained_and_nothing_is_kept(client, data, said):
    make_format()
    response = client.post(ADDRESS, data)
    assert response.status_code in (200, 422)
    assert said in response.content.decode()
    assert Vote.objects.count() + Correction.objects.count() == 0


def test_what_was_typed_stays_in_the_form(client):
    make_format()
    page = client.post(ADDRESS, {"was": "hinweis", "text": "Mein langer Hinweis", "reply_to": "keine"})
    assert "Mein langer Hinweis" in page.content.decode()


@pytest.mark.parametrize(
    "data", [{"was": "hinweis", "text": "Zeile 3"}, {"was": "stimme", "hilfreich": "ja"}]
)
def test_a_double_click_counts_once(client, data):
    make_format()
    page = client.get(ADDRESS)
    form = page.context["vote_form" if data["was"] == "stimme" else "correction_form"]
    key = str(form["schluessel"].value())
    assert f'name="schluessel" value="{key}"' in page.content.decode()
    for _ in range(2):
        assert client.post(ADDRESS, data | {"schluessel": key}).status_code == 302
    assert Vote.objects.count() + Correction.objects.count() == 1


def test_robots_that_fill_the_trap_are_thanked_and_ignored(client):
    make_format()
    response = client.post(
        ADDRESS, {"was": "hinweis", "text": "Kaufen Sie", "website": "http://spam.example"}
    )
    assert response.status_code == 302
    assert Correction.objects.count() == 0


def test_the_eleventh_note_within_an_hour_is_refused(client):
    make_format()
    for _ in range(10):
        assert client.post(ADDRESS, {"was": "stimme", "hilfreich": "ja"}).status_code == 302
    response = client.post(ADDRESS, {"was": "stimme", "hilfreich": "ja"})
    assert response.status_code == 429
    assert 1 <= int(response.headers["Retry-After"]) <= 3600
    assert Vote.objects.count() == 10


def test_a_form_without_its_token_is_refused():
    make_format()
    client = Client(enforce_csrf_checks=True)
    assert client.post(ADDRESS, {"was": "stimme", "hilfreich": "ja"}).status_code == 403
    assert Vote.objects.count() == 0
