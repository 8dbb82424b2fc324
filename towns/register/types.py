"""BBSR types and RegioStaR from their reference files, as CSV or xlsx.

What these files have in common: a heading somewhere above, a key column with numbers that lost their
leading zero, one or two columns of types. BBSR types belong to the Gemeindeverband (an Einheitsgemeinde
counts as one), RegioStaR to the municipality.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from foundation.kit.pagecache import content_changed
from foundation.kit.text import german_slug
from towns.models import Land, Location, Regiostar, RegisterImport, SizeClass, Town
from towns.register.problems import BrokenFile, ProblemList
from towns.register.source import digest_of, open_source, text_of_stream
from towns.register.values import Cell, key_of, text_of, whole_number
from towns.register.workbook import open_workbook
from towns.register.write import update_rows

WIDTH = 60
HEAD_ROWS = 30
MOST_ROWS = 60_000


@dataclass(frozen=True)
class Columns:
    """How the headings of the columns begin, as slugs; `places` is None where there is no such column.

    The defaults are our own proposal; the command takes the names of the file at hand.
    """

    key: tuple[str, ...]
    type: tuple[str, ...]
    location: tuple[str, ...] = ()


COLUMNS = {
    RegisterImport.Kind.BBSR: Columns(
        ("gvb", "vbg", "verband", "gemeindeverband", "schluessel"),
        ("stadt-und-gemeindetyp", "stadt-gemeindetyp", "gemeindetyp", "sgt"),
        ("lage", "raumtyp-lage"),
    ),
    RegisterImport.Kind.REGIOSTAR: Columns(("ags", "gem", "schluessel"), ("regiostar7", "regiostar-7")),
}
# Digits of a key: AGS, or the part of the ARS that names the Gemeindeverband.
LEVELS = {"gemeinde": 8, "verband": 9}


@dataclass
class TypeTable:
    """Key → (type, location) as a file gives them, all keys of one width."""

    kind: str
    source: str
    file_name: str
    digest: str
    as_of: date
    width: int
    rows: dict[str, tuple[int | None, str]]


@dataclass(frozen=True)
class TypeResult:
    changed: int
    matched: int
    unknown: list[str]
    source: RegisterImport | None


def read_types(
    path: Path, *, kind: str, source: str, as_of: date, level: str, columns: Columns, sheet: str = ""
) -> TypeTable:
    """The types in this file. Raises `BrokenFile`, naming line and column."""
    width, problems = LEVELS[level], ProblemList()
    found: dict[str, tuple[int | None, str]] = {}
    lines: dict[str, int] = {}
    with _rows(path, sheet) as rows:
        places, names = _heading(rows, columns)
        for line, row in rows:
            if line > MOST_ROWS:
                raise BrokenFile(f"Die Datei hat mehr als {MOST_ROWS} Zeilen.")
            cells = [row[place] if place is not None and place < len(row) else None for place in places]
            if cells[0] in (None, ""):
                continue
            values: list = []
            parsers: list[Callable] = [lambda cell: key_of(cell, width), _type_of(kind), _location_of]
            for place, (cell, parse) in enumerate(zip(cells, parsers, strict=True)):
                try:
                    values.append(parse(cell))
                except ValueError as error:
                    problems.add(line, f"Spalte „{names[place]}“", str(error))
            if len(values) < len(parsers):
                continue
            key = values[0]
            if key in lines:
                problems.add(
                    line, f"Spalte „{names[0]}“", f"{key} steht doppelt: schon in Zeile {lines[key]}."
                )
            lines[key], found[key] = line, (values[1], values[2])
    problems.raise_if_any()
    if not found:
        raise BrokenFile("Unter den Überschriften steht keine einzige Zeile.")
    return TypeTable(kind, source, path.name[:200], digest_of(path), as_of, width, found)


@transaction.atomic
def import_types(table: TypeTable, *, dry_run: bool = False) -> TypeResult:
    """Write the types to the current municipalities; the same table again writes nothing.

    Towns that the table does not name keep what they have. Raises `BrokenFile` if nothing fits, or
    the file is older than what is stored.
    """
    is_bbsr = table.kind == RegisterImport.Kind.BBSR
    list(Land.objects.select_for_update().order_by("pk"))
    newest = RegisterImport.objects.filter(kind=table.kind).newest_first().first()
    if newest and table.as_of < newest.as_of:
        raise BrokenFile(f"Diese Datei ist älter als die eingelesene ({newest.as_of:%d.%m.%Y}).")
    used: set[str] = set()
    rows = []
    for town in Town.objects.current().of_the_register():
        key = town.ags if table.width == LEVELS["gemeinde"] else town.ars[: table.width]
        if key not in table.rows:
            continue
        used.add(key)
        number, location = table.rows[key]
        values = {"bbsr_type": number, "location": location} if is_bbsr else {"regiostar": number}
        if any(getattr(town, name) != value for name, value in values.items()):
            rows.append((town.pk, values))
    unknown = sorted(table.rows.keys() - used)
    if not used:
        raise BrokenFile("Kein Schlüssel der Datei passt zu einer Gemeinde. Stimmt die Ebene (--level)?")
    result = TypeResult(len(rows), len(used), unknown, None)
    if dry_run or not rows:
        return result
    source = RegisterImport.objects.create(
        kind=table.kind,
        source=table.source,
        file_name=table.file_name,
        digest=table.digest,
        as_of=table.as_of,
        counts={"geändert": len(rows), "ohne Gemeinde": len(unknown)},
    )
    column = "bbsr_source_id" if is_bbsr else "regiostar_source_id"
    update_rows(Town, [(key, values | {column: source.pk}) for key, values in rows], lambda number: None)
    content_changed()
    return TypeResult(len(rows), len(used), unknown, source)


def _type_of(kind: str) -> Callable[[Cell], int | None]:
    known = SizeClass.values if kind == RegisterImport.Kind.BBSR else Regiostar.values

    def parse(cell: Cell) -> int | None:
        number = whole_number(cell)
        if number is not None and number not in known:
            raise ValueError(f"Den Typ {number} gibt es nicht. Möglich sind: {', '.join(map(str, known))}.")
        return number

    return parse


def _location_of(cell: Cell) -> str:
    text = text_of(cell, longest=40).lower()
    if text and german_slug(text) not in Location.values:
        raise ValueError(f"„{text}“ ist keine Lage. Möglich sind: {', '.join(Location.labels)}.")
    return german_slug(text)


def _heading(rows: Iterator, columns: Columns) -> tuple[list[int | None], list[str]]:
    """Places and names of key, type and location: the first row that has key and type."""
    for line, row in rows:
        if line > HEAD_ROWS:
            break
        slugs = [german_slug(str(cell)) if cell is not None else "" for cell in row]
        places = [_place(slugs, wanted) for wanted in (columns.key, columns.type, columns.location)]
        if places[0] is not None and places[1] is not None:
            return places, [str(row[place]) if place is not None else "" for place in places]
    raise BrokenFile(
        f"In den ersten {HEAD_ROWS} Zeilen stehen keine Überschriften „{columns.key[0]} …“ und "
        f"„{columns.type[0]} …“. Bitte nennen Sie die Spalten: --key-column, --type-column"
    )


def _place(slugs: list[str], wanted: tuple[str, ...]) -> int | None:
    for word in wanted:
        for place, slug in enumerate(slugs):
            if re.match(rf"{re.escape(word)}(?![a-z])", slug):
                return place
    return None


@contextmanager
def _rows(path: Path, sheet: str) -> Iterator[Iterator[tuple[int, tuple[Cell, ...]]]]:
    with open_source(path) as (form, stream):
        if form == "workbook":
            with open_workbook(stream) as book:
                if sheet and sheet not in book.names:
                    raise BrokenFile(f"Das Blatt „{sheet}“ gibt es nicht, da sind: {', '.join(book.names)}.")
                yield book.rows(sheet or book.names[0], columns=WIDTH)
            return
        text = text_of_stream(stream)
        try:
            start = text.readline()
            stream.seek(0)
            text.seek(0)
            delimiter = max(";,\t", key=start.count)
            reader = csv.reader(text, delimiter=delimiter)
            yield ((reader.line_num, tuple(row)) for row in reader if any(row))
        except csv.Error as error:
            raise BrokenFile("Das ist keine lesbare CSV-Datei.") from error
        finally:
            text.detach()
