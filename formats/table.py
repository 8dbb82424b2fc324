"""The table of all Steckbriefe: its columns, how each reads and how it sorts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from formats.editions import MOST_KEPT, Edition
from formats.facts import ESTIMATE
from formats.models import Cost, Effort, Mode, Timing
from foundation.kit.text import german_slug


@dataclass(frozen=True)
class Column:
    """One attribute. `key` sorts upwards; None goes last in both directions."""

    name: str
    label: str
    text: Callable[[Edition], str]
    key: Callable[[Edition], Any]
    mark: str = ""  # the field whose mark "(Schätzung)" belongs here
    number: bool = False


def _group(edition: Edition):
    least, most = edition.format.group_from, edition.format.group_to
    return None if least is None else (least, 100_000 if most is None else most)


def _days(edition: Edition):
    least, most = edition.format.person_days_from, edition.format.person_days_to
    return None if least is None else (least, most)


COLUMNS = [
    Column("nr", "Nr.", lambda e: str(e.format.number or ""), lambda e: e.format.number, number=True),
    Column("titel", "Titel", lambda e: e.title, lambda e: german_slug(e.title)),
    Column("zweck", "Zweck", lambda e: ", ".join(e.purposes), lambda e: e.purposes),
    Column("modus", "Modus", lambda e: Mode(e.format.mode).label, lambda e: e.format.mode, "mode"),
    Column("zeitlich", "Zeitlich", lambda e: Timing(e.format.timing).label, lambda e: e.format.timing),
    Column("gruppe", "Gruppe", lambda e: e.format.group_text, _group, "group"),
    Column(
        "dauer", "Dauer", lambda e: e.format.duration_text, lambda e: e.format.duration_minutes, "duration"
    ),
    Column(
        "aufwand", "Aufwand", lambda e: Effort(e.format.effort).label, lambda e: Effort(e.format.effort).level
    ),
    Column("vorbereitung", "Vorbereitung", lambda e: e.format.person_days_text, _days, "person_days"),
    Column(
        "kosten",
        "Kosten",
        lambda e: Cost(e.format.costs).label if e.format.costs else "",
        lambda e: Cost(e.format.costs).level if e.format.costs else None,
        "costs",
    ),
    Column("herkunft", "Herkunft", lambda e: e.provenance, lambda e: e.provenance),
    Column("erprobt", "Erprobt", lambda e: "ja" if e.is_tried else "nein", lambda e: not e.is_tried),
    Column("stand", "Stand", lambda e: f"{e.format.as_of:%d.%m.%Y}", lambda e: e.format.as_of),
]
_BY_NAME = {column.name: column for column in COLUMNS}


def sort_editions(editions: Iterable[Edition], order: str) -> list[Edition]:
    """Sorted by a column name, downwards with a minus in front; equal ones keep the catalogue's order."""
    editions = list(editions)
    if not order:
        return editions
    key = _BY_NAME[order.removeprefix("-")].key
    known = [edition for edition in editions if key(edition) is not None]
    unknown = [edition for edition in editions if key(edition) is None]
    return sorted(known, key=key, reverse=order.startswith("-")) + unknown


def cells_of(edition: Edition) -> list[tuple[Column, str, bool]]:
    """Column, text and whether the text is an estimate, for one row."""
    return [(column, column.text(edition), column.mark in edition.marks) for column in COLUMNS]


@lru_cache(MOST_KEPT)
def row_of(edition: Edition) -> SafeString:
    """The row of the table, laid out once per edition."""
    return render_to_string("formats/_row.html", {"edition": edition, "cells": cells_of(edition)})


@lru_cache
def head_of(order: str) -> SafeString:
    """The headings as links that sort, laid out once per order."""
    return render_to_string("formats/_table_head.html", {"columns": COLUMNS, "order": order})


def csv_rows(editions: Iterable[Edition]):
    """The table as rows of text, with headings, estimates marked, and the page's address last."""
    yield [*(column.label for column in COLUMNS), "Kurztext", "Adresse"]
    for edition in editions:
        texts = [f"{text} {ESTIMATE}" if text and mark else text for _, text, mark in cells_of(edition)]
        yield [*texts, edition.format.summary, settings.SITE_URL + edition.url]
