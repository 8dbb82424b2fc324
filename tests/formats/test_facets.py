"""Facets: what remains, and counts that say what a further choice would leave."""

import pytest
from django.http import QueryDict

from formats.facets import Facet, Option, catalogue_now, chips_of, narrow
from formats.models import Format
from tests.builders import make_format

pytestmark = pytest.mark.django_db


@pytest.fixture
def formats():
    make_format(
        "kurz",
        purposes=["lernen"],
        duration={"from": 20, "to": 30, "unit": "minuten"},
        group={"from": 1, "to": 3},
        topics=["Innenstadt"],
    )
    make_format(
        "abend",
        purposes=["lernen", "austauschen"],
        mode="hybrid",
        duration={"from": 2, "to": 3, "unit": "stunden"},
        group={"from": 9, "to": 30},
        topics=["Innenstadt", "Leerstand"],
    )
    make_format(
        "jahr",
        purposes=["beraten"],
        mode="praesenz",
        effort="hoch",
        person_days={"from": 9, "to": 12},
        duration={"from": 6, "to": 9, "unit": "monate"},
        group={"from": 1},
        trials=[{"title": "T", "period": "2021", "url": "https://example.org/"}],
    )
    make_format("unbekannt", purposes=["anregen"])
    return Format.objects.published()


def found(formats, text="", **chosen):
    result = catalogue_now(formats, "format").narrow(chosen, text).editions
    return {edition.slug for edition in result}


@pytest.mark.parametrize(
    ("chosen", "slugs"),
    [
        ({}, "kurz abend jahr unbekannt"),
        ({"zweck": ["lernen"]}, "kurz abend"),
        ({"zweck": ["lernen", "beraten"]}, "kurz abend jahr"),
        ({"zweck": ["lernen"], "modus": ["hybrid"]}, "abend"),
        ({"zeit": ["30-minuten"]}, "kurz"),
        ({"zeit": ["2-stunden"]}, "kurz abend"),
        ({"zeit": ["mehrere-tage"]}, "jahr"),
        ({"gruppe": ["allein"]}, "kurz jahr"),
        ({"gruppe": ["mittel"]}, "abend jahr"),
        ({"gruppe": ["sehr-gross"]}, "jahr"),
        ({"aufwand": ["hoch"]}, "jahr"),
        ({"thema": ["leerstand"]}, "abend"),
        ({"erprobt": ["ja"]}, "jahr"),
        ({"erprobt": ["nein"]}, "kurz abend unbekannt"),
        ({"zweck": ["beraten"], "modus": ["digital"]}, ""),
    ],
)
def test_choices_join_by_or_inside_a_facet_and_by_and_between(formats, chosen, slugs):
    assert found(formats, **chosen) == set(slugs.split())


@pytest.mark.parametrize(
    ("text", "slugs"), [("LEERSTAND", "abend"), ("abend leerstand", "abend"), ("xyz", "")]
)
def test_all_words_of_the_text_must_be_there(formats, text, slugs):
    assert found(formats, text) == set(slugs.split())


def test_a_count_is_what_choosing_that_value_alone_would_leave(formats):
    catalogue = catalogue_now(formats, "format")
    entries, facets = catalogue.entries, catalogue.facets
    chosen = {"modus": ["hybrid"], "zweck": ["lernen"]}
    counted = narrow(entries, facets, chosen).counted
    assert sum(len(entry.options) for entry in counted) > 25
    for entry in counted:
        for option in entry.options:
            alone = chosen | {entry.facet.name: [option.value]}
            left = len(narrow(entries, facets, alone).editions)
            assert option.count == left, (entry.facet.name, option.value)


def test_a_chip_leads_to_the_page_without_its_value(formats):
    query = QueryDict("zweck=lernen&zweck=beraten&q=abend&seite=2")
    counted = catalogue_now(formats, "format").narrow({"zweck": ["lernen", "beraten"]}, "abend").counted
    chips = chips_of(counted, "abend", query)
    assert [(chip.label, chip.query) for chip in chips] == [
        ("„abend“", "zweck=lernen&zweck=beraten"),
        ("Zweck: lernen", "zweck=beraten&q=abend"),
        ("Zweck: beraten", "zweck=lernen&q=abend"),
    ]


def test_an_option_is_escaped_and_says_its_state():
    facet = Facet("thema", "Thema", (("x", "<b>"),))
    assert Option(facet, "x", "<b>", 2, True).html == (
        '<label class="facet__option"><input type="checkbox" name="thema" id="thema-x" value="x" checked>'
        ' <span>&lt;b&gt;</span> <span class="facet__count">2</span></label>'
    )
    assert "facet__option--empty" in Option(facet, "x", "<b>", 0, False).html
