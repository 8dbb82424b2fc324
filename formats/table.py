"""The table of all Steckbriefe: its columns, how each reads and how it sorts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from foundation.kit.text import german_slug
from formats.facts import ESTIMATE, purpose_labels
from formats.models import Cost, Effort, Format, Mode, Provenance, Timing


@dataclass(frozen=True)
class Column:
    """One attribute. `key` sorts upwards; None goes last in both directions."""

    name: str
    label: str
    text: Callable[[Format], str]
    key: Callable[[Format], Any]
    mark: str = ""  # the field whose mark "(Schätzung)" belongs here
    number: bool = False


def _minutes(format: Format):
    return format.duration_minutes


def _group(format: Format):
    if format.group_from is None:
        return None
    return format.group_from, 100_000 if format.group_to is None else format.group_to


def _days(format: Format):
    return format.person_days_from and (format.person_days_from, format.person_days_to)


COLUMNS = [
    Column("nr", "Nr.", lambda f: str(f.number or ""), lambda f: f.number, number=True),
    Column("titel", "Titel", lambda f: f.title, lambda f: german_slug(f.title)),
    Column("zweck", "Zweck", lambda f: ", ".join(purpose_labels(f)), lambda f: f.purposes),
    Column("modus", "Modus", lambda f: Mode(f.mode).label, lambda f: f.mode, "mode"),
    Column("zeitlich", "Zeitlich", lambda f: Timing(f.timing).label, lambda f: f.timing),
    Column("gruppe", "Gruppe", lambda f: f.group_text, _group, "group"),
    Column("dauer", "Dauer", lambda f: f.duration_text, _minutes, "duration"),
    Column("aufwand", "Aufwand", lambda f: Effort(f.effort).label, lambda f: Effort(f.effort).level),
    Column("vorbereitung", "Vorbereitung", lambda f: f.person_days_text, _days, "person_days"),
    Column(
        "kosten",
        "Kosten",
        lambda f: Cost(f.costs).label if f.costs else "",
        lambda f: Effort(f.costs).level if f.costs else None,
        "costs",
    ),
    Column("herkunft", "Herkunft", lambda f: Provenance(f.provenance).label, lambda f: f.provenance),
    Column("erprobt", "Erprobt", lambda f: "ja" if f.trial_count else "nein", lambda f: -f.trial_count),
    Column("stand", "Stand", lambda f: f"{f.as_of:%d.%m.%Y}", lambda f: f.as_of),
]
_BY_NAME = {column.name: column for column in COLUMNS}


def sort_formats(formats: Iterable[Format], order: str) -> list[Format]:
    """Sorted by a column name, downwards with a minus in front; equal ones keep the catalogue's order."""
    formats = list(formats)
    if not order:
        return formats
    key = _BY_NAME[order.removeprefix("-")].key
    known = [format for format in formats if key(format) is not None]
    unknown = [format for format in formats if key(format) is None]
    return sorted(known, key=key, reverse=order.startswith("-")) + unknown


def cells_of(format: Format) -> list[tuple[Column, str, bool]]:
    """Column, text and whether the text is an estimate, for one row."""
    return [(column, column.text(format), column.mark in format.estimated) for column in COLUMNS]


def csv_rows(formats: Iterable[Format]):
    """The table as rows of text, with headings, estimates marked, and the page's address last."""
    yield [*(column.label for column in COLUMNS), "Kurztext", "Adresse"]
    for format in formats:
        texts = [f"{text} {ESTIMATE}" if text and mark else text for _, text, mark in cells_of(format)]
        yield [*texts, format.summary, format.get_absolute_url()]
