"""The search page and the suggestions."""

import re

import pytest

from foundation.search.models import Entry, MissedQuery
from tests.builders import make_format

pytestmark = pytest.mark.django_db


def page(client, address="/suche/", **asked):
    response = client.get(address, asked)
    assert response.status_code == 200
    return response.content.decode()


def make(slug, title, **values):
    return make_format(slug, title=title, **values)


def titles(html):
    return [re.sub("<[^>]+>", "", title) for title in re.findall(r'class="hit__title">(.*?)</h3>', html)]


def test_the_field_stands_on_every_page(client):
    make("eins", "Markt")
    for address in ("/", "/formate/", "/formate/eins/", "/themen/", "/konto/anmelden/", "/suche/"):
        html = page(client, address)
        assert len(re.findall(r'<form[^>]*action="/suche/"[^>]*role="search"', html)) == 1
        assert html.count('data-suggestions="/suche/vorschlaege/"') == 1


def test_hits_are_grouped_by_type_with_their_numbers(client):
    for number in range(7):
        make(f"markt-{number}", f"Wochenmarkt {number}")
    make("rundgang", "Rundgang über den Markt", kind="methode")
    html = page(client, q="Markt")
    assert "8 Treffer für <strong>Markt</strong>" in html
    assert re.search(r'Formate <span class="results__number">\(7\)', html)
    assert re.search(r'Methoden <span class="results__number">\(1\)', html)
    assert len(titles(html)) == 6
    assert "Alle 7 Formate" in html
    assert len(titles(page(client, q="Markt", art="formate"))) == 7
    assert titles(page(client, q="Markt", art="methoden")) == ["Rundgang über den Markt"]


def test_one_type_is_turned_page_by_page(client):
    for number in range(23):
        make(f"markt-{number}", f"Wochenmarkt {number}")
    assert len(titles(page(client, q="Markt", art="formate"))) == 20
    assert len(titles(page(client, q="Markt", art="formate", seite=2))) == 3
    assert client.get("/suche/", {"q": "Markt", "art": "formate", "seite": 3}).status_code == 404


def test_topics_narrow_and_keep_their_place_in_the_address(client):
    make("eins", "Markt am Fluss", topics=["Leerstand"])
    make("zwei", "Markt am Berg")
    html = page(client, q="Markt")
    assert 'href="?q=Markt&amp;thema=leerstand"' in html
    assert titles(page(client, q="Markt", thema="leerstand")) == ["Markt am Fluss"]
    assert titles(page(client, q="Markt", thema="gibt-es-nicht")) == []


def test_old_things_can_be_left_out(client):
    make("eins", "Markt am Fluss")
    make("zwei", "Markt am Berg")
    Entry.objects.filter(title="Markt am Fluss").update(changed_at="2020-01-01T00:00Z")
    assert sorted(titles(page(client, q="Markt"))) == ["Markt am Berg", "Markt am Fluss"]
    assert titles(page(client, q="Markt", seit="jahr")) == ["Markt am Berg"]


def test_words_and_parts_of_compounds_are_marked(client):
    make("eins", "Wochenmärkte", goal="Ein Markt & mehr <b>Leben</b>.")
    html = page(client, q="Markt")
    assert "Wochen<mark>märkte</mark>" in html
    assert "Ein <mark>Markt</mark> &amp; mehr &lt;b&gt;Leben&lt;/b&gt;." in html


def test_what_was_typed_is_never_markup(client):
    html = page(client, q="<script>alert(1)</script>")
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_no_hits_lead_on(client):
    make("eins", "Sprechstunde", topics=["Leerstand"])
    html = page(client, q="Sprechstunnde")
    assert 'Meinten Sie <a href="?q=Sprechstunde">Sprechstunde</a>?' in html
    assert 'href="/themen/leerstand/"' in html
    assert 'href="/formate/"' in html


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Ein Wort genügt."),
        ("wie ist das", "Diese Wörter stehen fast überall."),
        ("!?", "Darin haben wir kein Wort gefunden."),
        ("🎉", "Darin haben wir kein Wort gefunden."),
        ("שלום", "Darin haben wir kein Wort gefunden."),
        ("-Markt", "Wonach sollen wir suchen?"),
        ('"', "Darin haben wir kein Wort gefunden."),
        ("x AND NOT (y", "haben wir nichts gefunden."),
        ("Markt " * 2000, "Gesucht wurde mit den ersten 200 Zeichen."),
    ],
)
def test_any_input_gets_a_clear_sentence(client, text, sentence):
    assert sentence in page(client, q=text)


@pytest.mark.parametrize(
    "query", ["art=quatsch", "q=a&seite=0", "q=a&seite=x", "q=a&thema=%2F", "q=a&seit=nie", "q=a%00b"]
)
def test_what_no_link_of_ours_says_is_refused(client, query):
    assert client.get(f"/suche/?{query}").status_code == 400


def test_drafts_and_withdrawn_ones_surface_nowhere(client, moni):
    make("eins", "Taubenturm")
    from django.db import connection

    with connection.cursor() as cursor:  # behind the back of the index
        cursor.execute("UPDATE formats_format SET published_id = NULL")
    client.force_login(moni)
    for text in ("Taubenturm", "Taubenturn"):
        html = page(client, q=text).replace(text, "")
        assert "Taubenturm" not in html
    assert "Taubenturm" not in page(client, "/suche/vorschlaege/", q="tau")


def test_suggestions_are_titles_that_begin_so(client):
    make("eins", "Wochenmarkt am Abend")
    make("zwei", "Abendmarkt")
    html = page(client, "/suche/vorschlaege/", q="woch")
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', html) == [("/formate/eins/", "Wochenmarkt am Abend")]
    assert len(re.findall("<a ", page(client, "/suche/vorschlaege/", q="abend"))) == 2
    assert page(client, "/suche/vorschlaege/", q="").strip() == ""


def test_suggestions_are_limited(client):
    codes = {client.get("/suche/vorschlaege/", {"q": "x"}).status_code for _ in range(70)}
    assert codes == {200, 429}


def counted():
    return list(MissedQuery.objects.values_list("text", "times", "hits"))


def test_only_what_finds_little_is_counted(client):
    for number in range(4):
        make(f"markt-{number}", f"Wochenmarkt {number}")
    page(client, q="Markt")
    page(client, q="Seilbahn", art="formate")
    assert counted() == []
    page(client, q="Seilbahn")
    page(client, q="Seilbahn")
    assert counted() == [("seilbahn", 2, 0)]


def test_one_visitor_cannot_flood_the_list(client):
    for number in range(12):
        page(client, q=f"wort{'x' * number}")
    assert 5 <= len(counted()) <= 10


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_database_a_fixed_number_of_times(client, django_assert_num_queries, number):
    for n in range(number):
        make(f"markt-{n}", f"Wochenmarkt {n}")
    page(client, q="Wochenmarkt", seite=1)
    with django_assert_num_queries(QUERIES):
        page(client, q="Wochenmarkt", seite=1)


# Parts of the typed compound, matches, one more round for partial ones, the entries, their compounds.
QUERIES = 5


def test_the_page_is_not_for_search_engines(client):
    assert client.get("/suche/").headers["X-Robots-Tag"] == "noindex"
    assert "Disallow: /suche/" in client.get("/robots.txt").content.decode()


def test_editors_keep_synonyms_and_read_what_was_missed(client, moni, anna):
    page(client, q="Seilbahn")
    client.force_login(moni)
    assert "seilbahn" in page(client, "/redaktion/search/missedquery/")
    answer = client.post("/redaktion/search/synonym/add/", {"words": "Seilbahn\nGondel"})
    assert answer.status_code == 302
    assert client.get("/redaktion/search/missedquery/add/").status_code == 403
    client.force_login(anna)
    assert client.get("/redaktion/search/synonym/").status_code == 302
