"""The Merkliste: in the session, in the account, and the move from one to the other."""

import pytest

from formats.models import Bookmark
from tests.builders import PASSWORD, make_format, make_user

pytestmark = pytest.mark.django_db


def titles(client):
    page = client.get("/formate/merkliste/").content.decode()
    return [title for title in ("Erster", "Zweiter") if f">{title}<" in page]


@pytest.fixture
def formats():
    return [make_format("a", title="Erster"), make_format("b", title="Zweiter")]


def test_a_visitor_keeps_a_list_without_an_account(client, formats):
    assert titles(client) == []
    assert client.post("/formate/a/merken/").status_code == 302
    client.post("/formate/a/merken/")
    assert titles(client) == ["Erster"]
    assert Bookmark.objects.count() == 0
    client.post("/formate/a/vergessen/")
    assert titles(client) == []


def test_an_account_keeps_its_list_in_the_database(client, anna, formats):
    client.force_login(anna)
    client.post("/formate/b/merken/")
    client.post("/formate/b/merken/")
    assert titles(client) == ["Zweiter"]
    assert Bookmark.objects.of(anna).count() == 1
    client.post("/formate/b/vergessen/")
    assert titles(client) == []


def test_logging_in_takes_the_list_along_and_leaves_nothing_behind(client, formats):
    anna = make_user("anna@auenlinden.example")
    anna.emailaddress_set.create(email=anna.email, verified=True, primary=True)
    Bookmark.objects.create(user=anna, format=formats[1])
    client.post("/formate/a/merken/")
    client.post("/formate/b/merken/")
    client.post("/konto/anmelden/", {"login": anna.email, "password": PASSWORD})
    assert {b.format.slug for b in Bookmark.objects.of(anna)} == {"a", "b"}
    client.post("/konto/abmelden/")
    assert titles(client) == []


def test_lists_of_two_people_do_not_mix(client, anna, formats):
    Bookmark.objects.create(user=make_user("bernd@auenlinden.example"), format=formats[0])
    client.force_login(anna)
    assert titles(client) == []
    client.post("/formate/a/vergessen/")
    assert Bookmark.objects.count() == 1


def test_reading_never_changes_the_list(client, formats):
    assert client.get("/formate/a/merken/").status_code == 200
    assert client.get("/formate/a/vergessen/").status_code == 405
    assert titles(client) == []


def test_a_full_list_says_so(client, formats):
    session = client.session
    session["merkliste"] = [f"x{number}" for number in range(50)]
    session.save()
    response = client.post("/formate/a/merken/", follow=True)
    assert "Merkliste ist voll" in response.content.decode()


def test_the_way_back_stays_in_the_house(client, formats):
    assert client.post("/formate/a/merken/", {"weiter": "https://boese.example/"}).url == "/formate/a/"
    assert client.post("/formate/a/merken/", {"weiter": "//boese.example/"}).url == "/formate/a/"
    assert client.post("/formate/a/merken/", {"weiter": "/formate/"}).url == "/formate/"


def test_a_withdrawn_steckbrief_leaves_the_list(client, formats):
    client.post("/formate/a/merken/")
    formats[0].published = None
    formats[0].save()
    assert titles(client) == []
