"""The first page."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_first_page_says_what_this_is_and_what_to_do(client):
    html = client.get("/").content.decode()
    assert html.count("<h1") == 1
    assert "Von anderen Kleinstädten lernen" in html
    assert re.search(r'<form[^>]*action="/suche/"[^>]*method="get"', html)
    assert 'name="q"' in html


def test_every_link_of_the_first_page_leads_somewhere(client):
    html = client.get("/").content.decode()
    links = set(re.findall(r'<a[^>]*href="(/[^"]*)"', html))
    wanted = {"/formate/", "/formate/tabelle/", "/methoden/", "/wegweiser/", "/formate/?zweck=lernen"}
    assert wanted <= links
    answers = {link: client.get(link).status_code for link in links}
    assert {link: status for link, status in answers.items() if status != 200} == {}


def test_every_file_of_the_first_page_is_in_the_house(client):
    html = client.get("/").content.decode()
    files = re.findall(r'<(?:link|script|img|use)[^>]*(?:href|src)="([^"]+)"', html)
    assert files
    assert [file for file in files if not file.startswith("/static/")] == []


def test_all_strangers_get_the_same_bytes():
    assert Client().get("/").content == Client(headers={"user-agent": "another"}).get("/").content


def test_a_stranger_gets_no_cookie(client):
    assert client.get("/").cookies == {}


def test_only_people_who_are_signed_in_may_sign_out(client, anna):
    before = client.get("/").content.decode()
    assert "/konto/anmelden/" in before
    assert "/konto/abmelden/" not in before
    client.force_login(anna)
    after = client.get("/").content.decode()
    assert "/konto/abmelden/" in after
    assert "/konto/anmelden/" not in after


@pytest.mark.parametrize(("who", "sees"), [("anna", False), ("moni", True)])
def test_only_staff_see_the_way_to_the_desk(client, cast, who, sees):
    client.force_login(cast[who])
    assert ("/redaktion/" in client.get("/").content.decode()) is sees


def test_the_first_page_is_only_read(client):
    assert client.post("/").status_code == 405


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("/formate/", [("/formate/", "page")]),
        ("/formate/tabelle/", [("/formate/", "true")]),
        ("/methoden/", [("/methoden/", "page")]),
        ("/methoden/tabelle/", [("/methoden/", "true")]),
        ("/formate/merkliste/", [("/formate/merkliste/", "page")]),
        ("/wegweiser/", [("/wegweiser/", "page")]),
        ("/", []),
    ],
)
def test_the_navigation_says_where_one_is(client, address, marked):
    html = client.get(address).content.decode()
    nav = html.split('aria-label="Hauptnavigation"')[1].split("</nav>")[0]
    assert re.findall(r'href="([^"]+)" aria-current="(\w+)"', nav) == marked
