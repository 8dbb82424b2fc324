"""The fixed-width form GV100AD: 220 characters a line, domain.md 4.4 b.

Positions count characters, not bytes. Gemeinde stands *before* Verband.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import BinaryIO

from towns.register.problems import BrokenFile
from towns.register.records import LEVELS, Collector
from towns.register.source import text_of_stream
from towns.register.values import date_of

LENGTH = 220
MOST_LINES = 60_000
# Part of a record → first and last position, counted from 1 as the official description does.
FIELDS = {
    "land": (11, 12),
    "rb": (13, 13),
    "kreis": (14, 15),
    "gemeinde": (16, 18),
    "verband": (19, 22),
    "name": (23, 72),
    "seat": (73, 122),
    "kind": (123, 124),
    "ha": (129, 139),
    "inhabitants": (140, 150),
    "male": (151, 161),
    "postcode": (166, 170),
}
PARTS = {
    "10": ("land", "name"),
    "20": ("land", "name"),
    "30": ("land", "name"),
    "40": ("land", "rb", "kreis", "name", "seat", "kind"),
    "50": ("land", "rb", "kreis", "verband", "name", "seat", "kind"),
    "60": (
        "land",
        "rb",
        "kreis",
        "gemeinde",
        "verband",
        "name",
        "kind",
        "ha",
        "inhabitants",
        "male",
        "postcode",
    ),
}
_WORDS = {
    "land": "Land",
    "rb": "Regierungsbezirk",
    "kreis": "Kreis",
    "gemeinde": "Gemeinde",
    "verband": "Gemeindeverband",
    "name": "Name",
    "seat": "Verwaltungssitz",
    "kind": "Textkennzeichen",
    "ha": "Fläche in ha",
    "inhabitants": "Bevölkerung",
    "male": "Bevölkerung männlich",
    "postcode": "Postleitzahl",
}
NAMES = {"level": "Stelle 1–2 (Satzart)", "latitude": "Koordinaten", "longitude": "Koordinaten"} | {
    part: (f"Stelle {first}–{last}" if last > first else f"Stelle {first}") + f" ({_WORDS[part]})"
    for part, (first, last) in FIELDS.items()
}


def read_gv100ad(stream: BinaryIO, *, progress: Callable[[int], None]) -> tuple[Collector, date]:
    """The records and the Gebietsstand. Raises `BrokenFile`."""
    collector = Collector(NAMES)
    as_of: date | None = None
    text = text_of_stream(stream)
    try:
        for number, line in enumerate(text, start=1):
            line = line.rstrip("\n")
            if number > MOST_LINES:
                raise BrokenFile(f"Die Datei hat mehr als {MOST_LINES} Zeilen.")
            if not line.strip(" \x1a"):  # old files end with Ctrl-Z
                continue
            level = line[:2]
            if number == 1 and level not in LEVELS:
                raise BrokenFile("Das ist keine Datei im Festformat GV100AD: Zeile 1 beginnt nicht mit 10.")
            if len(line) != LENGTH:
                collector.problems.add(number, "", f"{len(line)} statt {LENGTH} Zeichen.")
                continue
            as_of = _same_day(collector, number, line[2:10], as_of)
            collector.take(number, level, _cells(level, line))
            if number % 500 == 0:
                progress(number)
    finally:
        text.detach()
    collector.finish()
    if as_of is None:
        raise BrokenFile("Die Datei nennt keinen Gebietsstand.")
    return collector, as_of


def _cells(level: str, line: str) -> dict[str, str]:
    cells = {}
    for part in PARTS.get(level, ()):
        first, last = FIELDS[part]
        cells[part] = line[first - 1 : last].strip()
    return cells


def _same_day(collector: Collector, number: int, digits: str, before: date | None) -> date | None:
    place = "Stelle 3–10 (Gebietsstand)"
    try:
        day = date_of(digits, "ymd")
    except ValueError as error:
        collector.problems.add(number, place, str(error))
        return before
    if before and day != before:
        collector.problems.add(number, place, f"{day:%d.%m.%Y}, in den Zeilen davor {before:%d.%m.%Y}.")
    return before or day
