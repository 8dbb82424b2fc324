"""The Excel excerpt of the Gemeindeverzeichnis (`AuszugGV…Aktuell.xlsx`), domain.md 4.4 a."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import BinaryIO

from towns.register.problems import BrokenFile, Problem
from towns.register.records import Collector
from towns.register.values import Cell, date_in, date_of
from towns.register.workbook import Workbook, open_workbook

SHEET = "Onlineprodukt_Gemeinden"
FIRST_ROW = 7
COLUMNS = {
    "level": 0,
    "kind": 1,
    "land": 2,
    "rb": 3,
    "kreis": 4,
    "verband": 5,
    "gemeinde": 6,
    "name": 7,
    "area": 8,
    "inhabitants": 9,
    "male": 10,
    "postcode": 13,
    "longitude": 14,
    "latitude": 15,
}
WIDTH = 20
NAMES = {
    "level": "Spalte A (Satzart)",
    "kind": "Spalte B (Textkennzeichen)",
    "land": "Spalte C (Land)",
    "rb": "Spalte D (Regierungsbezirk)",
    "kreis": "Spalte E (Kreis)",
    "verband": "Spalte F (Verband)",
    "gemeinde": "Spalte G (Gemeinde)",
    "name": "Spalte H (Gemeindename)",
    "area": "Spalte I (Fläche)",
    "inhabitants": "Spalte J (Bevölkerung)",
    "male": "Spalte K (männlich)",
    "postcode": "Spalte N (Postleitzahl)",
    "longitude": "Spalte O (Längengrad)",
    "latitude": "Spalte P (Breitengrad)",
}
# A word of the heading that must stand in the column; hyphens and line ends do not count.
HEADINGS = {
    "level": "satzart",
    "name": "gemeindename",
    "area": "fläche",
    "inhabitants": "insgesamt",
    "postcode": "postleitzahl",
    "longitude": "längengrad",
    "latitude": "breitengrad",
}


def read_excerpt(stream: BinaryIO, *, progress: Callable[[int], None]) -> tuple[Collector, date, date | None]:
    """The records, the Gebietsstand, and the day of the population if the headings name it.

    `progress` is told the row number now and then. Raises `BrokenFile`.
    """
    with open_workbook(stream) as book:
        sheet = _sheet(book)
        as_of = _as_of(sheet)
        collector = Collector(NAMES)
        population_as_of, checked = None, False
        head: list[tuple[int, tuple[Cell, ...]]] = []
        for number, row in book.rows(sheet, columns=WIDTH):
            if number < FIRST_ROW:
                head.append((number, row))
                continue
            if not checked:
                population_as_of, checked = _read_head(head), True
            if _is_footnote(row):
                continue
            level = str(row[0]).strip() if row[0] is not None else ""
            collector.take(number, level, {part: row[place] for part, place in COLUMNS.items()})
            if number % 500 == 0:
                progress(number)
    collector.finish()
    return collector, as_of, population_as_of


def _sheet(book: Workbook) -> str:
    found = [name for name in book.names if name.startswith(SHEET)]
    if len(found) != 1:
        names = ", ".join(f"„{name}“" for name in book.names[:8])
        raise BrokenFile(f"Ein Blatt, dessen Name mit „{SHEET}“ beginnt, wird erwartet. Da sind: {names}.")
    return found[0]


def _as_of(sheet: str) -> date:
    try:
        return date_of(re.sub(r"^_", "", sheet.removeprefix(SHEET)), "dmy")
    except ValueError as error:
        raise BrokenFile(f"Der Name des Blatts „{sheet}“ nennt keinen Gebietsstand.") from error


def _read_head(head: list[tuple[int, tuple[Cell, ...]]]) -> date | None:
    """Check that the columns are where they belong; the day of the population stands above it."""
    columns = ["" for _ in range(WIDTH)]
    for _, row in head[1:]:
        for place, cell in enumerate(row):
            columns[place] += f" {cell}" if cell is not None else ""
    for part, word in HEADINGS.items():
        said = re.sub(r"[-\s]", "", columns[COLUMNS[part]]).lower()
        if word not in said:
            raise BrokenFile(
                Problem(
                    3,
                    NAMES[part],
                    f"Die Überschrift „{word.capitalize()}“ fehlt hier. Sind die Spalten verschoben?",
                )
            )
    return date_in(columns[COLUMNS["inhabitants"]])


def _is_footnote(row: tuple[Cell, ...]) -> bool:
    """Footnotes fill the first column only, and are no numbers."""
    first, *rest = row
    return isinstance(first, str) and not first.strip().isdigit() and all(cell is None for cell in rest)
