"""The directory of towns: what remains, in which order, in how many queries, and as data."""

import json
import re
from datetime import UTC, date, datetime

import pytest

from tests.builders import (
    LONG_AGO,
    make_association,
    make_district,
    make_participating_town,
    make_register,
    make_town,
)
from towns.directory import shelf
from towns.models import Direction, Offer, SizeClass, Town, TownKind

pytestmark = pytest.mark.django_db

WITTENBERGE = {"latitude": 52.99, "longitude": 11.75, "ags": "12070424", "postcode": "19322"}
PERLEBERG = {"latitude": 53.07, "longitude": 11.86, "ags": "12070296", "postcode": "19348"}
MUENCHEN = {"latitude": 48.14, "longitude": 11.58, "ags": "09162000", "postcode": "80331"}


@pytest.fixture
def towns():
    prignitz = make_district("12070", "Prignitz")
    make_town("Wittenberge", inhabitants=16_700, district=prignitz, **WITTENBERGE)
    make_town("Perleberg", inhabitants=12_100, district=prignitz, **PERLEBERG)
    make_town("München", inhabitants=1_487_000, **MUENCHEN)
    zwoenitz = make_participating_town("Zwönitz", ags="14521710", inhabitants=11_800)
    zwoenitz.topics.add("Innenstadt")
    Offer.objects.create(town=zwoenitz, direction=Direction.OFFERS, text="Wie man Läden füllt")
    return {town.slug: town for town in Town.objects.all()}


def names(client, query=""):
    html = client.get(f"/staedte/{query}").content.decode()
    return re.findall(r'<h3 class="town-row__name"><a href="[^"]+">([^<]+)</a>', html)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Zwönitz", "Perleberg", "Wittenberge", "München"]),
        ("?q=witten", ["Wittenberge"]),
        ("?q=MUENCHEN", ["München"]),
        ("?q=zwoe", ["Zwönitz"]),
        ("?q=12070", ["Perleberg", "Wittenberge"]),
        ("?q=19322", ["Wittenberge"]),
        ("?q=9322", []),
        ("?land=brandenburg", ["Perleberg", "Wittenberge"]),
        ("?land=bayern&land=sachsen", ["Zwönitz", "München"]),
        ("?land=brandenburg&kreis=12070&q=perle", ["Perleberg"]),
        ("?groesse=11", ["München"]),
        ("?kleinstadt=nein", ["München"]),
        ("?teilnehmend=ja", ["Zwönitz"]),
        ("?teilnehmend=nein&kleinstadt=ja", ["Perleberg", "Wittenberge"]),
        ("?angebot=bietet", ["Zwönitz"]),
        ("?angebot=sucht", []),
        ("?thema=innenstadt", ["Zwönitz"]),
        ("?thema=innenstadt&land=bayern", []),
        ("?sortierung=name", ["München", "Perleberg", "Wittenberge", "Zwönitz"]),
        ("?sortierung=-einwohner", ["München", "Wittenberge", "Perleberg", "Zwönitz"]),
        ("?sortierung=einwohner", ["Zwönitz", "Perleberg", "Wittenberge", "München"]),
        ("?von=wittenberge&sortierung=entfernung", ["Wittenberge", "Perleberg"]),
        ("?von=wittenberge&umkreis=25&land=bayern", []),
        ("?kreis=", ["Zwönitz", "Perleberg", "Wittenberge", "München"]),
    ],
)
def test_the_address_says_what_remains(client, towns, query, found):
    assert names(client, query) == found


def test_participants_come_first_then_small_towns_then_the_villages_of_a_verband(client):
    verband = make_association()
    make_town("Aadorf", association=verband, kind=TownKind.GEMEINDE, inhabitants=300, size_class=40)
    make_town("Großstadt", inhabitants=600_000)
    make_town("Bad Wilsnack", association=verband, inhabitants=2_500, size_class=40)
    make_town("Zuletzt", inhabitants=9_000)
    make_participating_town("Zypresse", inhabitants=9_000)
    assert names(client) == ["Zypresse", "Bad Wilsnack", "Zuletzt", "Aadorf", "Großstadt"]


def test_a_hand_decision_moves_a_town_at_once(client, moni):
    town = make_town("Penkun", inhabitants=1_200)
    make_town("Adorf", inhabitants=9_000)
    assert names(client, "?kleinstadt=ja") == ["Adorf"]
    Town.objects.filter(pk=town.pk).update(
        small_town_decision=True,
        small_town_reason="grundzentrale Funktion",
        small_town_decided_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert names(client, "?kleinstadt=ja") == ["Adorf", "Penkun"]


def test_who_is_called_exactly_so_comes_before_those_who_only_contain_it(client):
    make_participating_town("Heidelberg-Neu")
    make_town("Berg", inhabitants=400, kind=TownKind.GEMEINDE)
    make_town("Bergen")
    assert names(client, "?q=berg") == ["Berg", "Bergen", "Heidelberg-Neu"]


def test_unknown_numbers_come_last_in_both_directions(client):
    make_town("Ahausen", inhabitants=None)
    make_town("Bedorf", inhabitants=7_000)
    assert names(client, "?sortierung=einwohner") == ["Bedorf", "Ahausen"]
    assert names(client, "?sortierung=-einwohner") == ["Bedorf", "Ahausen"]


def test_counts_say_what_a_further_choice_would_leave(client, towns):
    html = client.get("/staedte/?land=brandenburg").content.decode()

    def count(box):
        return int(html.split(f'id="{box}"')[1].split('facet__count">')[1].split("<")[0])

    assert (count("land-brandenburg"), count("land-bayern"), count("land-sachsen")) == (2, 1, 1)
    assert (count("groesse-30"), count("groesse-11")) == (2, 0)
    assert (count("teilnehmend-ja"), count("teilnehmend-nein")) == (0, 2)
    assert "Landkreis Prignitz (2)" in html


def test_kreise_are_offered_once_a_land_is_chosen(client, towns):
    assert "Prignitz" not in client.get("/staedte/").content.decode()
    assert "Prignitz" in client.get("/staedte/?land=brandenburg").content.decode()


def test_namesakes_carry_their_kreis_and_the_reader_chooses_whom_to_measure_from(client):
    make_town("Berg", slug="berg-starnberg", distinction="Landkreis Starnberg", latitude=47.9, longitude=11.3)
    make_town(
        "Berg", slug="berg-ravensburg", distinction="Landkreis Ravensburg", latitude=47.8, longitude=9.6
    )
    html = client.get("/staedte/?von=Berg").content.decode()
    assert "Welche Stadt meinen Sie" in html
    assert 'href="?von=berg-starnberg">Berg, Landkreis Starnberg</a>' in html
    near = client.get("/staedte/?von=berg-starnberg").content.decode()
    assert "bis 100 km um Berg, Landkreis Starnberg" in near
    assert "Berg, Landkreis Ravensburg</a>" not in near


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?von=Nirgendwo", "kennen wir nicht"),
        ("?von=ohne-ort", "keine Koordinaten bekannt"),
        ("?q=gibtesnicht", "Dazu passt keine Stadt."),
    ],
)
def test_what_cannot_be_found_or_measured_says_so(client, query, sentence):
    make_town("Ohne Ort")
    assert sentence in client.get(f"/staedte/{query}").content.decode()


def test_the_map_beside_a_filtered_list_shows_its_part_of_the_country(client, towns):
    whole = client.get("/staedte/").content.decode()
    assert 'viewBox="0 0 656 880"' in whole
    part = client.get("/staedte/?land=brandenburg").content.decode()
    assert 'viewBox="332 115 180 241"' in part
    assert set(re.findall(r'<circle class="map__point" [^>]*r="([^"]+)"', part)) == {"2.2"}
    assert re.findall(r'<a href="([^"]+)" aria-label="Perleberg">', part) == ["/staedte/perleberg/"]


def test_dissolved_towns_and_empty_woods_stand_in_no_list(client, towns):
    make_town("Altdorf", valid_until=date(2023, 6, 1))
    make_town("Forst", kind=TownKind.FREE_EMPTY)
    assert "Altdorf" not in names(client)
    assert "Forst" not in names(client)
    assert shelf().named("Altdorf") == []


@pytest.mark.parametrize(
    "query",
    ["land=x", "kreis=99999", "groesse=99", "sortierung=x", "umkreis=7", "seite=0", "seite=x", "q=%00"],
)
def test_unknown_values_are_refused_with_a_page(client, towns, query):
    for address in ("/staedte/", "/staedte.csv", "/staedte.json"):
        response = client.get(f"{address}?{query}")
        assert response.status_code == 400, address
        assert "<h1" in response.content.decode()


def test_pages_have_twenty_four_towns_and_the_last_ends_the_list(client):
    for number in range(25):
        make_town(f"Ort {number:02}")
    assert len(names(client)) == 24
    assert names(client, "?seite=2") == ["Ort 24"]
    assert client.get("/staedte/?seite=3").status_code == 404


def test_chips_take_one_choice_away_and_keep_the_others(client, towns):
    html = client.get("/staedte/?land=brandenburg&kleinstadt=ja&seite=1").content.decode()
    chips = html.split('aria-label="Gewählte Filter"')[1].split("</ul>")[0]
    assert 'href="?kleinstadt=ja"' in chips
    assert 'href="?land=brandenburg"' in chips


@pytest.mark.parametrize("count", [1, 3, 100])
@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/staedte/", 8),
        ("/staedte/?land=brandenburg&q=ort", 8),
        ("/staedte/?von=ort-0&sortierung=entfernung", 9),
        ("/staedte.csv", 6),
        ("/staedte.json", 7),
        ("/staedte/karte/", 5),
        ("/staedte/neues/", 2),
        ("/staedte/daten/", 1),
    ],
)
def test_lists_take_a_fixed_number_of_queries(client, django_assert_num_queries, count, address, queries):
    make_register()
    for number in range(count):
        town = make_participating_town(f"Ort {number}", latitude=52.0, longitude=11 + number / 100)
        town.topics.add("Innenstadt")
        Offer.objects.create(town=town, direction=Direction.SEEKS, text="Rat")
    client.get(address)  # the register is on the shelf from now on
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def test_the_whole_list_as_csv_and_json_says_the_same_and_keeps_the_filter(client, towns):
    rows = client.get("/staedte.csv?teilnehmend=ja").content.decode("utf-8-sig").splitlines()
    head, row = (line.split(";") for line in rows)
    said = dict(zip(head, row, strict=True))
    assert said == {
        "name": "Zwönitz",
        "ags": "14521710",
        "plz": "",
        "land": "Sachsen",
        "kreis": "",
        "einwohner": "11800",
        "breitengrad": "",
        "laengengrad": "",
        "groessenklasse": "Größere Kleinstadt",
        "kleinstadt": "ja",
        "teilnehmend_seit": "2024-05-01",
        "bietet": "1",
        "sucht": "0",
        "themen": "Innenstadt",
        "entfernung_km": "",
        "adresse": "http://127.0.0.1:8000/staedte/zwoenitz/",
    }
    data = json.loads(client.get("/staedte.json?teilnehmend=ja").content)
    assert [town["name"] for town in data["staedte"]] == ["Zwönitz"]
    assert data["staedte"][0]["themen"] == ["Innenstadt"]
    assert list(data["staedte"][0]) == head


def test_official_figures_name_their_source_and_date(client, towns):
    make_register(source="Statistisches Bundesamt (Destatis), GV-ISys")
    words = "Statistisches Bundesamt (Destatis), GV-ISys; Gebietsstand 31.03.2023, Bevölkerung vom 31.12.2021"
    for address in ("/staedte/", "/staedte/karte/", "/staedte/wittenberge/", "/staedte/daten/"):
        assert words in client.get(address).content.decode(), address
    assert json.loads(client.get("/staedte.json").content)["quelle"] == words


def test_htmx_gets_the_list_without_the_house(client, towns):
    fragment = client.get("/staedte/", headers={"HX-Request": "true"})
    whole = client.get("/staedte/")
    assert "<html" not in fragment.content.decode()
    assert 'id="staedte"' in fragment.content.decode()
    assert 'hx-swap-oob="true">4 von 4 ' in fragment.content.decode()
    assert "<html" in whole.content.decode()
    assert "HX-Request" in whole.headers["Vary"]


def test_the_feed_tells_who_joined_and_what_is_offered_newest_first(client):
    make_participating_town("Altstadt", participating_since=LONG_AGO)
    new = make_participating_town("Neustadt", participating_since=datetime(2026, 3, 1, tzinfo=UTC))
    make_town("Nebenan")
    offer = Offer.objects.create(town=new, direction=Direction.SEEKS, text="Ideen für den Bahnhof")
    Offer.objects.filter(pk=offer.pk).update(created_at=datetime(2026, 4, 1, tzinfo=UTC))
    feed = client.get("/staedte/neues/").content.decode()
    titles = [piece.split("</title>")[0] for piece in feed.split("<title>")[2:]]
    assert titles == [
        "Neustadt sucht: Ideen für den Bahnhof",
        "Neustadt macht mit",
        "Altstadt macht mit",
    ]


def test_offers_of_towns_that_left_are_no_news(client):
    town = make_participating_town("Altstadt")
    Offer.objects.create(town=town, direction=Direction.SEEKS, text="Rat")
    assert "Altstadt sucht" in client.get("/staedte/neues/").content.decode()
    Town.objects.update(participating_since=None)
    assert "Altstadt" not in client.get("/staedte/neues/").content.decode()


def test_the_sitemap_names_participating_towns(client, towns):
    text = client.get("/sitemap.xml").content.decode()
    assert "/staedte/zwoenitz/</loc>" in text
    assert "/staedte/karte/</loc>" in text
    assert "/staedte/wittenberge/</loc>" not in text


def test_the_first_page_and_topic_pages_show_participating_towns(client, towns):
    home = client.get("/").content.decode()
    assert '<a href="/staedte/zwoenitz/" aria-label="Zwönitz">' not in home  # it has no coordinates
    assert 'href="/staedte/zwoenitz/">Zwönitz</a>' in home
    assert "Wittenberge" not in home
    topic = client.get("/themen/innenstadt/").content.decode()
    assert 'href="/staedte/zwoenitz/">Zwönitz</a>' in topic


def test_size_classes_come_from_the_bbsr_where_it_has_spoken(client, towns):
    Town.objects.filter(slug="muenchen").update(bbsr_type=SizeClass.SMALL)
    shelf_before = shelf()
    make_register(kind="bbsr")
    assert shelf() is not shelf_before
    assert names(client, "?groesse=40") == ["München"]
