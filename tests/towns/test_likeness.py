"""Städte wie unsere: the formula, its reasons, and the weights in the address."""

from datetime import date

import pytest

from tests.builders import make_participating_town, make_register, make_town
from towns.directory import shelf
from towns.likeness import apart, nearest, per_cent, structure_of, yearly_trends
from towns.models import Figures, Location

pytestmark = pytest.mark.django_db


@pytest.fixture
def towns():
    made = [
        make_town("Mitte", inhabitants=8_000, area_km2=50, location=Location.PERIPHERAL),
        make_town("Zwilling", inhabitants=8_100, area_km2=51, location=Location.PERIPHERAL),
        make_town("Dicht", inhabitants=8_000, area_km2=10, location=Location.PERIPHERAL),
        make_town("Gross", inhabitants=19_000, area_km2=118, location=Location.PERIPHERAL),
        make_participating_town("Zentral", inhabitants=8_000, area_km2=50, location=Location.VERY_CENTRAL),
        make_town("Fremdland", inhabitants=7_900, area_km2=50, ags="09172114", location="peripher"),
    ]
    return {town.name: town for town in made}


def order(towns, **kwargs):
    found = nearest(shelf(), towns["Mitte"].pk, count=10, **kwargs)
    return [likeness.entry.name for likeness in found]


@pytest.mark.parametrize(
    ("one", "other", "weights", "distance"),
    [
        ({"groesse": 0.0}, {"groesse": 2.0}, {"groesse": 1}, 2.0),
        ({"groesse": 0.0}, {"groesse": 2.0}, {"groesse": 3}, 2.0),
        (
            {"groesse": 0.0, "dichte": 0.0},
            {"groesse": 3.0, "dichte": 4.0},
            {"groesse": 1, "dichte": 1},
            12.5**0.5,
        ),
        ({"groesse": 0.0, "dichte": 0.0}, {"groesse": 0.0, "dichte": 2.0}, {"groesse": 3, "dichte": 1}, 1.0),
        ({"groesse": 0.0, "dichte": 0.0}, {"groesse": 1.0}, {"groesse": 1, "dichte": 3}, 1.0),
        ({"groesse": 0.0}, {"groesse": 1.0}, {"groesse": 0}, None),
        ({"dichte": 0.0}, {"groesse": 1.0, "dichte": 0.0}, {"groesse": 1, "dichte": 1}, None),
    ],
)
def test_the_distance_is_the_one_of_the_formula(one, other, weights, distance):
    expected = distance if distance is None else pytest.approx(distance)
    assert apart(one, other, weights) == expected


def test_the_nearest_comes_first_and_a_town_is_not_like_itself(towns):
    found = order(towns)
    assert found[:2] == ["Zwilling", "Fremdland"]
    assert set(found) == {"Zwilling", "Fremdland", "Dicht", "Gross", "Zentral"}


@pytest.mark.parametrize(
    ("weights", "last"),
    [({"groesse": 3, "dichte": 0, "lage": 0}, "Gross"), ({"dichte": 3}, "Dicht"), ({"lage": 3}, "Zentral")],
)
def test_what_counts_more_decides_who_is_farthest(towns, weights, last):
    assert order(towns, weights=weights)[-1] == last


def test_only_participants_if_the_reader_wants_so(towns):
    assert order(towns, only={towns["Zentral"].pk}) == ["Zentral"]


def test_reasons_say_what_is_alike_and_what_is_not(towns):
    found = {one.entry.name: one for one in nearest(shelf(), towns["Mitte"].pk, count=10)}
    assert found["Zwilling"].alike == [
        "ähnlich groß",
        "ähnlich dicht besiedelt (159 je km²)",
        "gleiche Lage: peripher",
    ]
    assert found["Dicht"].unlike == ["dichter besiedelt"]
    assert found["Gross"].unlike == ["größer"]
    assert found["Zentral"].unlike == ["andere Lage: sehr zentral"]
    assert (found["Zwilling"].same_land, found["Fremdland"].same_land) == (True, False)


def test_who_has_no_inhabitants_on_record_has_no_likeness(towns):
    unknown = make_town("Unbekannt", inhabitants=None)
    assert nearest(shelf(), unknown.pk, count=5) == []
    assert "Unbekannt" not in order(towns)


def test_trends_are_yearly_and_need_two_years():
    courses = [(1, 2019, 1000), (1, 2021, 1210), (2, 2021, 500), (3, 2020, None), (3, 2021, 80)]
    assert yearly_trends(courses) == {1: pytest.approx(10.0)}


def test_trends_between_imports_count_and_are_told(towns):
    register = make_register()
    growth = {"Mitte": 1.00, "Zwilling": 1.21, "Dicht": 1.01, "Gross": 1.0, "Zentral": 1.0, "Fremdland": 1.0}
    for name, factor in growth.items():
        for year, number in ((2019, 8_000), (2021, round(8_000 * factor))):
            Figures.objects.create(
                town=towns[name], year=year, as_of=date(year, 12, 31), inhabitants=number, register=register
            )
    assert order(towns)[0] == "Fremdland"
    found = {one.entry.name: one for one in nearest(shelf(), towns["Mitte"].pk, count=10)}
    assert "andere Entwicklung (+10\u00a0% im Jahr)" in found["Zwilling"].unlike


@pytest.mark.parametrize(("value", "text"), [(-0.42, "−0,4"), (0.3, "+0,3"), (0.01, "±0"), (12, "+12")])
def test_per_cents_carry_their_sign(value, text):
    assert per_cent(value) == f"{text}\u00a0%"


def test_medians_are_those_of_small_towns(towns):
    make_town("Metropolis", inhabitants=3_000_000, area_km2=900)
    structure = structure_of(shelf())
    assert structure.count == 6
    assert structure.medians["inhabitants"] == 8_000
    assert structure.medians["area_km2"] == 50


def test_the_page_shows_reasons_badges_and_the_formula_in_words(client, towns):
    html = client.get("/staedte/mitte/aehnliche/").content.decode()
    assert html.index("/staedte/zwilling/") < html.index("/staedte/gross/")
    assert "gleiches Landesrecht" in html
    assert "z-Werte" in html
    only = client.get("/staedte/mitte/aehnliche/?nur=teilnehmend&lage=3").content.decode()
    assert "/staedte/zentral/" in only
    assert "/staedte/zwilling/" not in only
    assert '<option value="3" selected>zählt dreifach</option>' in only


@pytest.mark.parametrize("query", ["groesse=4", "groesse=", "nur=x", "lage=-1"])
def test_weights_nobody_offers_are_refused(client, towns, query):
    assert client.get(f"/staedte/mitte/aehnliche/?{query}").status_code == 400


def test_where_nothing_counts_the_page_says_so(client, towns):
    html = client.get("/staedte/mitte/aehnliche/?groesse=0&dichte=0&lage=0&entwicklung=0").content.decode()
    assert "Keine Stadt lässt sich so vergleichen." in html


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_a_fixed_number_of_queries(client, django_assert_num_queries, towns, count):
    make_register()
    for number in range(count):
        make_town(f"Noch eine {number}")
    client.get("/staedte/mitte/aehnliche/")
    with django_assert_num_queries(6):
        client.get("/staedte/mitte/aehnliche/")
