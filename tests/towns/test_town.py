"""The page of a town and of a Gemeindeverband: figures in words, what it says, and who sees what."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from foundation.topics.models import Topic
from tests.builders import (
    make_actor,
    make_association,
    make_district,
    make_participating_town,
    make_register,
    make_seat,
    make_town,
    make_user,
)
from towns.figures import roofline_of
from towns.models import (
    Association,
    Direction,
    Offer,
    Project,
    SeatRole,
    Succession,
    Town,
    TownLink,
    TownPicture,
    Visibility,
)

pytestmark = pytest.mark.django_db

LONG_NAME = "Hohenstein-Ernstthal-Sankt-Wolfgang am Großen Mühlenbergwald"


@pytest.fixture
def full(auenlinden):
    """Auenlinden with something of everything."""
    topic = Topic.objects.create(name="Innenstadt")
    auenlinden.topics.add(topic)
    Town.objects.filter(pk=auenlinden.pk).update(
        about="Wir bauen um.\n\nSeit 2020.",
        website="https://auenlinden.example/",
        latitude=52.6,
        longitude=12.4,
    )
    Offer.objects.create(town=auenlinden, direction=Direction.OFFERS, text="Leerstandsmelder", topic=topic)
    Offer.objects.create(town=auenlinden, direction=Direction.SEEKS, text="Bahnhof ohne Züge")
    Project.objects.create(
        town=auenlinden, title="Marktplatz", year_from=2021, year_to=2023, source="Stadtrat"
    )
    TownLink.objects.create(town=auenlinden, title="Leitbild", url="https://auenlinden.example/leitbild")
    names = {name: f"{folder}/{'a' * 32}.webp" for name, folder in FOLDERS.items()}
    TownPicture.objects.create(
        town=auenlinden, width=1600, height=900, alt="Der Markt", credit="Anna Ahrens", **names
    )
    return auenlinden


FOLDERS = {"large": "stadtbilder", "medium": "stadtbildermittel", "small": "stadtbilderklein"}


def page(client, slug="auenlinden"):
    response = client.get(f"/staedte/{slug}/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_full_town_shows_all_it_says(client, full):
    html = page(client)
    for text in (
        "<p>Wir bauen um.</p>",
        "<p>Seit 2020.</p>",
        "Leerstandsmelder",
        "Bahnhof ohne Züge",
        "Marktplatz",
        "2021–2023",
        "Quelle: Stadtrat",
        'href="https://auenlinden.example/leitbild"',
        'href="https://auenlinden.example/"',
        'href="/themen/innenstadt/"',
        "Bild: Anna Ahrens",
        'class="map__here"',
        'href="/staedte/?von=auenlinden&amp;sortierung=entfernung"',
    ):
        assert text in html, text
    seeks, offers = html.index('id="sucht"'), html.index('id="bietet"')
    assert seeks < html.index("Bahnhof ohne Züge") < offers < html.index("Leerstandsmelder")


def test_pictures_come_in_three_sizes_with_words(client, full):
    image = re.search(r"<img [^>]*stadtbilder[^>]*>", page(client))[0]
    name = "a" * 32
    assert f'srcset="/dateien/stadtbilderklein/{name}.webp 400w' in image
    assert f"/dateien/stadtbildermittel/{name}.webp 800w" in image
    assert f"/dateien/stadtbilder/{name}.webp 1600w" in image
    assert 'alt="Der Markt"' in image
    assert 'loading="lazy"' in image


def test_a_picture_from_the_desk_shows_in_its_one_size(client, full):
    TownPicture.objects.update(medium="", small="")
    image = re.search(r"<img [^>]*stadtbilder[^>]*>", page(client))[0]
    assert f'src="/dateien/stadtbilder/{"a" * 32}.webp"' in image
    assert "srcset" not in image


def test_the_contact_of_the_town_is_named_as_long_as_one_may_see_them(client, auenlinden):
    actor = make_actor("Ines Institut", town=auenlinden)
    assert "Ansprechperson" not in page(client)
    Town.objects.update(contact=actor)
    assert "Ansprechperson" in page(client)
    actor.visibility = Visibility.NETWORK
    actor.save()
    assert "Ansprechperson" not in page(client)


def test_what_people_type_is_escaped(client, full):
    Town.objects.update(about="<script>alert(1)</script>")
    html = page(client)
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_a_town_that_does_not_take_part_shows_figures_and_the_way_in(client):
    town = make_town("Nebenan")
    Offer.objects.create(town=town, direction=Direction.SEEKS, text="Altes Gesuch")
    html = page(client, "nebenan")
    assert "Noch nicht dabei" in html
    assert 'href="/staedte/sitz/nebenan/"' in html
    assert "Altes Gesuch" not in html


def test_figures_are_told_against_the_median_in_words(client):
    make_participating_town("Auenlinden", inhabitants=16_000, area_km2=25)
    make_town("Mitte", inhabitants=8_000, area_km2=50)
    make_town("Klein", inhabitants=6_000, area_km2=100)
    figures = page(client).split('<dl class="figures">')[1].split("</dl>")[0]
    words = re.findall(r'figures__value">([^<]+)<.*?figures__words">([^<]+)<', figures)
    assert words[:3] == [
        ("16\u202f000", "das 2-Fache des Medians (8000)"),
        ("25 km²", "50\u00a0% des Medians (50)"),
        ("640 je km²", "das 4-Fache des Medians (160)"),
    ]
    assert re.findall(r'figures__fill" y="3" width="(\d+)"', figures) == ["200", "50", "200"]


def test_unknown_inhabitants_and_places_say_so(client):
    make_town("Ahausen", inhabitants=None, area_km2=None)
    html = page(client, "ahausen")
    assert html.count("nicht bekannt") == 4  # inhabitants, area, density, size class
    assert "keine Koordinaten bekannt" in html
    assert "town__roofline" not in html
    assert "Städte wie" not in html


def test_sixty_characters_of_name_are_a_title(client):
    make_town(LONG_NAME, slug="lang", distinction="Landkreis Nordwestmecklenburg")
    assert f"<title>{LONG_NAME}, Landkreis Nordwestmecklenburg" in page(client, "lang")


def test_a_dissolved_town_leads_to_its_successor(client, auenlinden):
    old = make_town("Altdorf", valid_until=date(2024, 1, 1))
    Succession.objects.create(predecessor=old, successor=auenlinden, since=date(2024, 1, 1), note="Fusion")
    html = page(client, "altdorf")
    assert "gibt es seit dem 01.01.2024 nicht mehr" in html
    assert 'href="/staedte/auenlinden/"' in html
    assert "Sitz anfragen" not in html
    assert 'href="/staedte/altdorf/">Altdorf</a>' in page(client)


def test_a_pausing_town_says_until_when(client, auenlinden):
    assert "macht bis" not in page(client)
    day = timezone.localdate() + timedelta(days=3)
    Town.objects.update(paused_until=day)
    assert f"macht bis {day:%d.%m.%Y} Pause" in page(client)


def test_an_invented_town_says_so(client, auenlinden):
    html = page(client)
    assert "erfunden, nur zum Ausprobieren" in html
    assert "Amtliche Angaben" not in html


@pytest.mark.parametrize(
    ("who", "sees"),
    [("anna", True), ("bernd", True), ("clara", False), ("nina", False), ("moni", True), ("gast", False)],
)
def test_only_who_may_edit_sees_the_way_to_it(client, cast, who, sees):
    if who != "gast":
        client.force_login(cast[who])
    assert ('href="/staedte/auenlinden/bearbeiten/"' in page(client)) is sees


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        (Visibility.PUBLIC, "anna clara moni gast"),
        (Visibility.NETWORK, "anna clara moni"),
        (Visibility.HIDDEN, "moni"),
    ],
)
def test_people_are_shown_to_whom_they_want(client, cast, auenlinden, visibility, readers):
    make_actor("Ines Institut", town=auenlinden, visibility=visibility)
    found = set()
    for who in ("anna", "clara", "moni", "gast"):
        client.logout()
        if who != "gast":
            client.force_login(cast[who])
        if "Ines Institut" in page(client):
            found.add(who)
    assert found == set(readers.split())


def test_seats_are_shown_to_those_beside_them_and_to_staff_only(client, cast):
    seen = {}
    for who in ("anna", "clara", "moni"):
        client.force_login(cast[who])
        seen[who] = "Bernd Blum" in page(client)
    client.logout()
    seen["gast"] = "Bernd Blum" in page(client)
    assert seen == {"anna": True, "clara": False, "moni": True, "gast": False}


def test_the_roofline_has_a_house_per_five_hundred_and_never_changes():
    town = Town(slug="auenlinden", inhabitants=8_400)
    assert roofline_of(town) == roofline_of(town)
    assert roofline_of(town).houses == 17
    assert roofline_of(Town(slug="x", inhabitants=3_000_000)).houses == 90
    assert roofline_of(Town(slug="x", inhabitants=12)).houses == 2
    assert roofline_of(Town(slug="x")) is None


@pytest.mark.parametrize(("who", "queries"), [("gast", 13), ("anna", 18)])
@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_a_fixed_number_of_queries(
    client, django_assert_num_queries, full, anna, count, who, queries
):
    make_register()
    for number in range(count):
        make_town(f"Ort {number}", inhabitants=9_000 + number)
        make_actor(f"Profil {number}", town=full)
        Offer.objects.create(town=full, direction=Direction.SEEKS, text=f"Rat {number}")
        make_seat(make_user(f"rat{number}@auenlinden.example"), full, SeatRole.COUNCIL)
    if who == "anna":
        client.force_login(anna)
    page(client)
    with django_assert_num_queries(queries):
        page(client)


@pytest.fixture
def amt():
    make_register()
    verband = make_association("120705003", "Bad Wilsnack/Weisen", inhabitants=6_000)
    make_town("Bad Wilsnack", association=verband, inhabitants=2_500)
    make_town("Weisen", association=verband, inhabitants=900)
    return verband


def test_a_verband_names_its_municipalities(client, amt):
    html = client.get("/verbaende/amt-bad-wilsnack-weisen-120705003/").content.decode()
    assert "<h1>Amt Bad Wilsnack/Weisen</h1>" in html
    assert re.findall(r'town-badge__name" href="([^"]+)"', html) == [
        "/staedte/bad-wilsnack/",
        "/staedte/weisen/",
    ]
    assert 'href="/verbaende/amt-bad-wilsnack-weisen-120705003/"' in page(client, "weisen")


def test_the_key_leads_to_the_verband_whatever_stands_before_it(client, amt):
    response = client.get("/verbaende/irgendwie-120705003/")
    assert response.status_code == 301
    assert response.url == "/verbaende/amt-bad-wilsnack-weisen-120705003/"
    assert client.get("/verbaende/amt-999999999/").status_code == 404


def test_a_key_given_again_leads_to_the_verband_of_today(client, amt):
    Association.objects.update(valid_until=date(2024, 1, 1))
    district = make_district("12071", "Neukreis")
    Association.objects.create(
        key="120705003",
        name="Nachfolge",
        official_name="Nachfolge",
        kind="51",
        district=district,
        valid_from=date(2024, 1, 1),
    )
    assert client.get("/verbaende/x-120705003/").url == "/verbaende/amt-nachfolge-120705003/"


@pytest.mark.parametrize("count", [1, 3])
def test_the_verband_takes_a_fixed_number_of_queries(client, django_assert_num_queries, amt, count):
    for number in range(count):
        make_town(f"Ort {number}", association=amt)
    with django_assert_num_queries(3):
        assert client.get("/verbaende/amt-bad-wilsnack-weisen-120705003/").status_code == 200
