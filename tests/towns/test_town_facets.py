"""Facets over bit sets give the counts that counting by hand gives."""

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from towns.directory import Haystack
from towns.facets import Facet, bits_of, chips_of, narrow, places_of, without

SIZE = 40
SETS = st.fixed_dictionaries(
    {
        name: st.fixed_dictionaries({value: st.sets(st.integers(0, SIZE - 1)) for value in "xy"})
        for name in "ab"
    }
)
CHOSEN = st.fixed_dictionaries({name: st.lists(st.sampled_from("xy"), unique=True) for name in "ab"})


def facets(sets):
    return [
        Facet(
            name,
            name.upper(),
            (("x", "X"), ("y", "Y")),
            {value: bits_of(places, SIZE) for value, places in values.items()},
        )
        for name, values in sets.items()
    ]


def by_hand(sets, chosen):
    return {
        place
        for place in range(SIZE)
        if all(
            any(place in sets[name][value] for value in values) for name, values in chosen.items() if values
        )
    }


@given(st.sets(st.integers(0, SIZE - 1)))
def test_a_set_survives_being_a_number(places):
    assert places_of(bits_of(places, SIZE), SIZE) == sorted(places)
    backwards = list(range(SIZE))[::-1]
    assert places_of(bits_of(places, SIZE), SIZE, backwards) == sorted(places, reverse=True)


@given(SETS, CHOSEN)
def test_what_remains_and_each_count_are_exact(sets, chosen):
    found, counted = narrow((1 << SIZE) - 1, facets(sets), chosen)
    assert set(places_of(found, SIZE)) == by_hand(sets, chosen)
    for entry in counted:
        for option in entry.options:
            alone = chosen | {entry.facet.name: [option.value]}
            assert option.count == len(by_hand(sets, alone))
            assert option.chosen is (option.value in chosen[entry.facet.name])


def test_values_are_escaped():
    facet = Facet("a", "A", (('"><b>', "<i>"),), {})
    option = narrow(1, [facet], {})[1][0].options[0]
    assert "<b>" not in option.html
    assert "<i>" not in option.html


def test_a_chip_takes_away_its_value_and_the_page_number():
    query = QueryDict("a=x&a=y&seite=3&q=markt")
    _, counted = narrow(1, facets({"a": {"x": {0}, "y": set()}}), {"a": ["x", "y"]})
    assert [(chip.label, chip.query) for chip in chips_of(counted, query)] == [
        ("A: X", "a=y&q=markt"),
        ("A: Y", "a=x&q=markt"),
    ]
    assert without(query, "q") == "a=x&a=y"


@given(st.lists(st.text("ab1", max_size=4)), st.text("ab1", min_size=1, max_size=3))
def test_looking_in_all_texts_at_once_finds_what_looking_in_each_finds(texts, word):
    haystack = Haystack(texts)
    assert haystack.holding(word) == [n for n, text in enumerate(texts) if word in text]
    assert haystack.beginning_with(word) == [n for n, text in enumerate(texts) if text.startswith(word)]
