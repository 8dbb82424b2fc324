"""Single values of official files: properties over all texts, and the cases that bite."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from towns.register.values import (
    association_name,
    coordinate,
    date_in,
    date_of,
    decimal_number,
    key_of,
    postcode,
    split_name,
    text_of,
    whole_number,
)

CELLS = st.none() | st.text(max_size=40) | st.integers(-(10**12), 10**12) | st.floats() | st.booleans()
PARSERS = [
    lambda cell: key_of(cell, 4),
    whole_number,
    decimal_number,
    postcode,
    text_of,
    lambda cell: coordinate(cell, "Breitengrad"),
    lambda cell: coordinate(cell, "Längengrad"),
]


def sentence_of(parse, cell) -> str:
    """What the parser says of a cell that it refuses; empty if it does not."""
    try:
        parse(cell)
    except ValueError as error:
        return str(error)
    return ""


@given(cell=CELLS, parse=st.sampled_from(PARSERS))
def test_any_cell_is_understood_or_refused_with_a_sentence(cell, parse):
    assert sentence_of(parse, cell)[-1:] in ("", ".", "“")


@given(number=st.integers(0, 9999), width=st.integers(4, 12))
def test_keys_get_back_their_zeros(number, width):
    assert key_of(number, width) == key_of(str(number), width) == key_of(float(number), width)
    assert key_of(number, width) == str(number).zfill(width)


@given(st.integers(0, 10_000_000))
def test_numbers_of_people_are_read_as_written(number):
    assert whole_number(number) == whole_number(str(number)) == whole_number(f"{number:011}") == number


@given(st.integers(1_000, 9_999_999), st.sampled_from(".,' \u202f\u00a0’"))
def test_thousands_marks_are_refused_not_guessed(number, mark):
    text = f"{number:,}".replace(",", mark)
    with pytest.raises(ValueError, match="Tausendertrennzeichen"):
        whole_number(text)
    with pytest.raises(ValueError, match="nicht eindeutig"):
        decimal_number(text)


@given(st.decimals(0, 9_999, places=2), st.sampled_from(",."))
def test_areas_are_read_with_comma_and_point(area, mark):
    assert decimal_number(f"{area}".replace(".", mark)) == area
    assert decimal_number(float(area)) == Decimal(repr(float(area)))


@given(st.floats(47, 55.2), st.sampled_from(",."))
def test_latitudes_are_read_with_comma_and_point(degrees, mark):
    text = f"{degrees:.6f}"
    assert coordinate(text.replace(".", mark), "Breitengrad") == float(text)


@given(st.floats(allow_nan=False).filter(lambda degrees: not 47 <= round(degrees, 6) <= 55.2))
def test_places_outside_are_refused(degrees):
    with pytest.raises(ValueError, match=r"liegt nicht in Deutschland|ist kein Breitengrad|keine Zahl"):
        coordinate(f"{degrees:.6f}", "Breitengrad")


@given(st.dates(date(1990, 1, 1), date(2089, 12, 31)))
def test_days_are_read_in_all_three_spellings(day):
    assert date_of(f"{day:%d%m%Y}", "dmy") == date_of(f"{day:%Y%m%d}", "ymd") == day
    assert date_of(f"{day:%d%m%y}", "dmy") == day
    assert date_in(f"am {day:%d.%m.%Y} (Jahr)") == day


@given(st.text(st.characters(exclude_characters=",", categories=["L"]), min_size=1), st.text(max_size=20))
def test_a_name_ends_at_its_first_comma(name, addition):
    assert split_name(f"{name}, {addition}")[0] == name
    assert split_name(name) == (name, "")


@pytest.mark.parametrize(
    ("official", "parts"),
    [
        ("Kelheim, St", ("Kelheim", "Stadt")),
        ("Reichenberg, M", ("Reichenberg", "Markt")),
        ("Ahaus, GKSt", ("Ahaus", "Große Kreisstadt")),
        ("Demmin, Hansestadt", ("Demmin", "Hansestadt")),
        ("Loreley, Loreleystadt, Stadt", ("Loreley", "Loreleystadt, Stadt")),
        ("Wald (Forstgutsbez.),gemfr.Geb.", ("Wald (Forstgutsbez.)", "gemeindefreies Gebiet")),
    ],
)
def test_additions_are_written_out(official, parts):
    assert split_name(official) == parts


def test_commas_in_the_name_of_an_association_list_its_members():
    assert association_name("Oelsnitz, Bösenbrunn und Triebel") == "Oelsnitz, Bösenbrunn und Triebel"
    assert association_name("Stadtroda, Stadt") == "Stadtroda"
    assert association_name("Halfing (VGem)") == "Halfing"


@pytest.mark.parametrize(
    ("parse", "cell"),
    [
        (whole_number, "12a"),
        (whole_number, "-5"),
        (whole_number, 12.5),
        (whole_number, "10000001"),
        (whole_number, "²"),
        (whole_number, "١٢"),
        (decimal_number, "1,2,3"),
        (decimal_number, "1e3"),
        (decimal_number, "10001"),
        (postcode, "123"),
        (postcode, "0123"),
        (postcode, "123456"),
        (text_of, "a\u202eb"),
        (text_of, "x" * 201),
    ],
)
def test_what_is_no_value_is_refused(parse, cell):
    with pytest.raises(ValueError, match=r".+"):
        parse(cell)
