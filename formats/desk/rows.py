"""Rows of the parts as a form sends them: brought in line with what is stored now.

While a form was open, a colleague may have deleted a part, and scripts may have moved rows about.
Django expects stored rows first and complains about unknown ones.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from django.utils.datastructures import MultiValueDict

from formats.models import Format

PREFIXES = ["steps", "variants", "relations", "materials", "sources", "trials"]


def stored_rows(format: Format | None) -> dict[str, set[int]]:
    """Prefix of each kind of part → keys of the rows that are stored now."""
    if format is None:
        return {prefix: set() for prefix in PREFIXES}
    return {prefix: set(getattr(format, prefix).values_list("pk", flat=True)) for prefix in PREFIXES}


def settle_rows(data: MultiValueDict, stored: Mapping[str, Collection[int]]) -> dict[str, dict[int, int]]:
    """Number the rows in `data` anew, stored ones first; a row whose part is gone becomes a new one.

    Changes `data` in place. Returns prefix → old place → new place, for the files of the form.
    """
    moves = {}
    for prefix, keys in stored.items():
        total = number_in(data, f"{prefix}-TOTAL_FORMS")
        if total is None:
            continue
        kept: dict[int, int] = {}
        new: list[int] = []
        # A total that promises more than was sent would only cost time.
        sent = max((int(match[1]) for _, match in _rows(data, prefix)), default=-1) + 1
        for place in range(min(total, sent)):
            key = number_in(data, f"{prefix}-{place}-id")
            if key in keys and key not in kept.values():
                kept[place] = key
            else:
                new.append(place)
                data.pop(f"{prefix}-{place}-id", None)
        moves[prefix] = {old: place for place, old in enumerate([*kept, *new])}
        _rename(data, prefix, moves[prefix])
        data[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
        data[f"{prefix}-TOTAL_FORMS"] = str(len(kept) + len(new))
    return moves


def move_files(files: MultiValueDict, moves: Mapping[str, Mapping[int, int]]) -> MultiValueDict:
    """The files of the form under the new numbers of their rows."""
    moved = files.copy()
    for prefix, places in moves.items():
        _rename(moved, prefix, places)
    return moved


def add_blank_rows(data: MultiValueDict, prefix: str, count: int = 3) -> None:
    """More empty rows at the end of one kind of part, for forms without scripts."""
    total = number_in(data, f"{prefix}-TOTAL_FORMS")
    if prefix in PREFIXES and total is not None:
        data[f"{prefix}-TOTAL_FORMS"] = str(total + count)


def number_in(data: MultiValueDict, name: str) -> int | None:
    """The whole number a field holds; None for anything else."""
    text = data.get(name) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _rename(data: MultiValueDict, prefix: str, places: Mapping[int, int]) -> None:
    if all(old == new for old, new in places.items()):
        return
    found = _rows(data, prefix)
    values = [(match, data.pop(name)) for name, match in found]
    for match, texts in values:
        place = places.get(int(match[1]))
        if place is not None:
            data.setlist(f"{prefix}-{place}-{match[2]}", texts)


def _rows(data: MultiValueDict, prefix: str) -> list[tuple[str, re.Match]]:
    """The fields of all rows of one kind: name, and its parts (place, field)."""
    row = re.compile(rf"{prefix}-([0-9]{{1,4}})-(.+)", re.DOTALL)
    return [(name, match) for name in data if (match := row.fullmatch(name))]
