"""German text: slugs, numbers and spans as people in a town hall write them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ẞ": "SS"}
)


def german_slug(text: str) -> str:
    """`Straße & Märkte` → `strasse-maerkte`: only a–z, 0–9 and single hyphens, possibly empty.

    Umlauts are written out (Django's `slugify` gives `strae`); decomposed umlauts count too;
    other accents are dropped.
    """
    composed = unicodedata.normalize("NFC", text).translate(_GERMAN)
    plain = unicodedata.normalize("NFKD", composed).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def german_number(value: Decimal | int | float) -> str:
    """`Decimal("0.50")` → `0,5`; thousands are parted by a narrow no-break space from 10.000 on."""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    if len(whole) > 4:
        whole = re.sub(r"(?<=\d)(?=(\d{3})+$)", "\u202f", whole)
    return f"{whole},{fraction}" if fraction else whole


def german_span(start: Decimal | int | None, end: Decimal | int | None) -> str:
    """`(15, 150)` → `15–150`, `(1, None)` → `ab 1`, `(None, 3)` → `bis 3`, equal ends → one number."""
    if start is None and end is None:
        return ""
    if end is None:
        return f"ab {german_number(start)}"
    if start is None:
        return f"bis {german_number(end)}"
    if start == end:
        return german_number(start)
    return f"{german_number(start)}–{german_number(end)}"
