"""German text: slugs, numbers and spans."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.kit.text import german_number, german_slug, german_span


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Straße & Märkte", "strasse-maerkte"),
        ("Öffentlichkeitsarbeit", "oeffentlichkeitsarbeit"),
        (unicodedata.normalize("NFD", "Grün"), "gruen"),
        ("Café – Élan", "cafe-elan"),
        ("  ", ""),
        ("日本", ""),
    ],
)
def test_slugs_write_umlauts_out(text, slug):
    assert german_slug(text) == slug


@given(st.text())
def test_slugs_hold_only_letters_digits_and_single_hyphens(text):
    slug = german_slug(text)
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert "--" not in slug
    assert slug == slug.strip("-")
    assert german_slug(slug) == slug


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("0.50"), "0,5"),
        (Decimal("2.00"), "2"),
        (Decimal("100"), "100"),
        (1500, "1500"),
        (24400000, "24\u202f400\u202f000"),
    ],
)
def test_numbers_are_written_the_german_way(value, text):
    assert german_number(value) == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [(15, 150, "15–150"), (60, 60, "60"), (1, None, "ab 1"), (None, 3, "bis 3"), (None, None, "")],
)
def test_spans(start, end, text):
    assert german_span(start, end) == text
