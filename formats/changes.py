"""What changed between two revisions, field by field and word by word, for editors to read.

Pure functions on snapshots: no query, no HTML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from formats.facts import purpose_labels
from formats.models import Cost, Effort, Mode, Provenance, Timing
from formats.models.spans import duration_text, person_days_text
from formats.models.vocabulary import ESTIMABLE
from formats.snapshots import sheet_from

# Below this likeness two lines are told as one taken out and one put in.
ALIKE = 0.4


class Mark(StrEnum):
    """What happened to some words; the value is also the HTML element that says so."""

    SAME = "span"
    OUT = "del"
    IN = "ins"


@dataclass(frozen=True)
class Piece:
    mark: Mark
    text: str


@dataclass(frozen=True)
class Change:
    """One field with its lines; a line is a list of pieces, unchanged lines stand there in full."""

    label: str
    lines: list[list[Piece]]


def changes_between(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """The fields whose readable text differs, in the order of the Steckbrief."""
    before, after = readable(old), readable(new)
    return [
        Change(label, _line_changes(before[label], after[label]))
        for label in after
        if before[label] != after[label]
    ]


def readable(snapshot: dict[str, Any]) -> dict[str, list[str]]:
    """German label → lines, as an editor would read the field; every field is there."""
    sheet = sheet_from(snapshot)
    format = sheet.format
    return {
        "Nummer": _line(format.number and str(format.number)),
        "Titel": _line(format.title),
        "Kurztext": _line(format.summary),
        "Zweck": purpose_labels(format),
        "Ziel": _line(format.goal),
        "Anlässe": format.occasions,
        "Zielgruppen": format.target_groups,
        "Modus": [f"{Mode(format.mode).label}, {Timing(format.timing).label}"],
        "Gruppengröße": _line(format.group_text),
        "Dauer": _line(format.duration_text),
        "Aufwand": [Effort(format.effort).label],
        "Vorbereitung": _line(format.person_days_text),
        "Kosten": _line(format.costs and Cost(format.costs).label),
        "Varianten": [
            ": ".join([variant.title, ", ".join(filter(None, [_duration(variant), _days(variant)]))])
            for variant in sheet.variants
        ],
        "Rollen": format.roles,
        "Ablauf": [_step(step) for step in sheet.steps],
        "Technik und Material": format.tools,
        "Ergebnis": _line(format.result),
        "Tipps": format.tips,
        "Was schiefgehen kann": format.pitfalls,
        "Checkliste": format.checklist,
        "Materialien": [
            _joined(
                material.get_kind_display(),
                material.title,
                material.url or _file(str(material.file)),
                material.licence,
                material.text_alternative,
            )
            for material in sheet.materials
        ],
        "Verwandt": sheet.related,
        "Themen": sheet.topics,
        "Bild": _line(_joined(_file(str(format.picture)), format.picture_alt, format.picture_credit)),
        "Herkunft": [_joined(Provenance(format.provenance).label, format.provenance_note)],
        "Schätzungen": [ESTIMABLE[name] for name in format.estimated],
        "Quellen": [
            _joined(ESTIMABLE.get(source.field, ""), source.title, source.url, source.note)
            for source in sheet.sources
        ],
        "Erprobungen": [
            _joined(trial.title, trial.period, trial.place, trial.by, trial.url) for trial in sheet.trials
        ],
        "Stand": [f"{format.as_of:%d.%m.%Y}"],
        "Wieder prüfen am": _line(format.review_due and f"{format.review_due:%d.%m.%Y}"),
    }


def _line(text: str | None) -> list[str]:
    return [text] if text else []


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _file(name: str) -> str:
    """Stored names tell nothing; the first letters suffice to see that a file is another."""
    return f"Datei {name.partition('/')[2][:6]}" if name else ""


def _duration(row) -> str:
    return duration_text(row.duration_from, row.duration_to, row.duration_unit, row.duration_per)


def _days(row) -> str:
    return person_days_text(row.person_days_from, row.person_days_to, row.person_days_per)


def _step(step) -> str:
    minutes = f"{step.minutes} Min." if step.minutes else ""
    return _joined(step.title, minutes, step.text)


def _line_changes(before: list[str], after: list[str]) -> list[list[Piece]]:
    """Lines side by side: same ones stay, alike ones are told word by word, others go or come."""
    lines: list[list[Piece]] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            lines += [[Piece(Mark.SAME, line)] for line in before[a:b]]
            continue
        out, into = list(before[a:b]), list(after[c:d])
        for line in into:
            likest = max(out, key=lambda other, line=line: _likeness(other, line), default=None)
            if likest is not None and _likeness(likest, line) >= ALIKE:
                lines.append(_word_changes(likest, line))
                out.remove(likest)
            else:
                lines.append([Piece(Mark.IN, line)])
        lines += [[Piece(Mark.OUT, line)] for line in out]
    return lines


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, _words(one), _words(other), autojunk=False).ratio()


def _word_changes(before: str, after: str) -> list[Piece]:
    """Both lines in one: joined, SAME and OUT give the old line, SAME and IN the new one."""
    old, new = _words(before), _words(after)
    pieces: list[Piece] = []
    out = into = ""
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left, came = "".join(old[a:b]), "".join(new[c:d])
        # A blank alone between two changes belongs to both: words are read in a row, not in turns.
        if kind != "equal" or (left.isspace() and (out or into) and b < len(old) and d < len(new)):
            out, into = out + left, into + came
            continue
        pieces += _changed(out, into)
        pieces.append(Piece(Mark.SAME, left))
        out = into = ""
    return pieces + _changed(out, into)


def _changed(out: str, into: str) -> list[Piece]:
    """What went and what came; a blank at the end of both stays."""
    rest = out[len(out.rstrip()) :]
    if not (rest and out.strip() and into.endswith(rest)):
        rest = ""
    out, into = out.removesuffix(rest), into.removesuffix(rest)
    found = [(Mark.OUT, out), (Mark.IN, into), (Mark.SAME, rest)]
    return [Piece(mark, text) for mark, text in found if text]


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)
