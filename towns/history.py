"""The history of a town's page: who changed which part, and line by line what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from towns.models import Town, TownRevision
from towns.snapshots import PARTS, readable


@dataclass(frozen=True)
class Change:
    """One part with its lines: (`del`, `ins` or empty, text)."""

    label: str
    lines: list[tuple[str, str]]


@dataclass(frozen=True)
class HistoryEntry:
    revision: TownRevision
    parts: list[str]  # what it changed; of the first one, nothing


def entries_of(town: Town) -> list[HistoryEntry]:
    """All revisions, the newest first, each with the parts it changed (one query)."""
    revisions = list(TownRevision.objects.of_town(town).newest_first().with_author())
    before = [*revisions[1:], None][: len(revisions)]
    return [
        HistoryEntry(
            revision,
            [
                label
                for name, label in PARTS.items()
                if older and older.snapshot.get(name) != revision.snapshot.get(name)
            ],
        )
        for revision, older in zip(revisions, before, strict=True)
    ]


def changes_of(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """The parts whose readable lines differ."""
    found = []
    for name, label in PARTS.items():
        before, after = readable(old, name), readable(new, name)
        if before != after:
            found.append(Change(label, _lines(before, after)))
    return found


def _lines(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            lines += [("", line) for line in before[a:b]]
        else:
            lines += [("del", line) for line in before[a:b]]
            lines += [("ins", line) for line in after[c:d]]
    return lines
