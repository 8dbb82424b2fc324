"""The change file: which municipality took the place of which, for the register does not say it.

Lines of `alt;neu;seit;art;anmerkung` with a heading. `art` is `nachfolge` (merged into, or taken over
by, another municipality) or `schluessel` (the same municipality under a new key).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from towns.register.problems import BrokenFile, ProblemList
from towns.register.source import open_source, text_of_stream
from towns.register.values import date_of, key_of, text_of

HEADING = ["alt", "neu", "seit", "art", "anmerkung"]
SUCCESSION, SAME = "nachfolge", "schluessel"
MOST_LINES = 20_000


@dataclass(frozen=True, slots=True)
class Change:
    line: int
    old: str
    new: str
    since: date
    kind: str
    note: str


def read_changes(path: Path) -> list[Change]:
    """The changes in this file. Raises `BrokenFile`."""
    with open_source(path) as (form, stream):
        if form != "text":
            raise BrokenFile("Die Änderungsdatei ist eine Textdatei (CSV mit Semikolon), kein Excel.")
        text = text_of_stream(stream)
        try:
            return _read(csv.reader(text, delimiter=";", strict=True))
        except csv.Error as error:
            raise BrokenFile("Die Änderungsdatei ist keine CSV-Datei mit Semikolon.") from error
        finally:
            text.detach()


def _read(rows) -> list[Change]:
    heading = [cell.strip().lower() for cell in next(rows, [])]
    if heading != HEADING:
        raise BrokenFile(f"Die erste Zeile der Änderungsdatei muss heißen: {';'.join(HEADING)}")
    problems, found, seen = ProblemList(), [], set()
    for row in rows:
        line = rows.line_num
        if line > MOST_LINES:
            raise BrokenFile(f"Die Änderungsdatei hat mehr als {MOST_LINES} Zeilen.")
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(HEADING):
            problems.add(line, "", f"{len(row)} statt {len(HEADING)} Felder.")
            continue
        values, place = [], ""
        try:
            for place, parse in zip(HEADING, (_ags, _ags, _day, _kind, text_of), strict=True):
                values.append(parse(row[HEADING.index(place)]))
        except ValueError as error:
            problems.add(line, f"Feld „{place}“", str(error))
            continue
        change = Change(line, *values)
        if change.old == change.new:
            problems.add(line, "Feld „neu“", "Alter und neuer Schlüssel sind gleich.")
        elif (change.old, change.new) in seen:
            problems.add(line, "", f"{change.old} → {change.new} steht doppelt.")
        seen.add((change.old, change.new))
        found.append(change)
    problems.raise_if_any()
    return found


def _ags(cell: str) -> str:
    key = key_of(cell, 8)
    if not "01" <= key[:2] <= "16":
        raise ValueError(f"„{key}“ ist kein AGS: Er beginnt mit 01 bis 16.")
    return key


def _day(cell: str) -> date:
    return date_of(cell.replace(".", ""), "dmy")


def _kind(cell: str) -> str:
    kind = cell.strip().lower() or SUCCESSION
    if kind not in (SUCCESSION, SAME):
        raise ValueError(f"„{cell[:30]}“ gibt es nicht. Möglich sind: {SUCCESSION}, {SAME}.")
    return kind
