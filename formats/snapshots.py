"""Reading a snapshot: is its shape sound, do the rules of the models hold, and where do they not?

Rules about values stand in the models; here is only the shape. Every problem is named by its place,
so that a content file can say line and field.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.files.storage import default_storage

from formats.models import Format
from formats.models.fields import CONTROL
from formats.sheets import LATE_TEXTS, LISTS, PART_TEXTS, PARTS, TEXTS, Sheet, files_of
from foundation.kit.files import is_stored_name

_RENAMED = {
    "group_from": ("group", "from"),
    "group_to": ("group", "to"),
    "duration_unit": ("duration", "unit"),
    "duration_per": ("duration", "per"),
    "person_days_per": ("person_days", "per"),
    "picture_alt": ("picture", "alt"),
    "picture_credit": ("picture", "credit"),
}

TOPIC_LENGTH = 100
DECIMAL = re.compile(r"[0-9]{1,4}([.,][0-9]{1,2})?")


@dataclass(frozen=True)
class Problem:
    """Something wrong in a snapshot: a path such as `("steps", 1, "minutes")` and a German sentence."""

    path: tuple[str | int, ...]
    sentence: str


def sheet_from(snapshot: dict[str, Any]) -> Sheet:
    """The sheet of a snapshot that `problems_of` found sound. Its rows are unsaved.

    Keys that the schema has lost since are passed over: old revisions stay readable for ever.
    """
    sheet, problems = _read(snapshot, strict=False)
    if problems:
        raise ValueError(f"Snapshot is not sound: {problems[0]}")
    return sheet


def problems_of(
    snapshot: dict[str, Any], has_file: Callable[[str], bool] = default_storage.exists
) -> list[Problem]:
    """All that is wrong with a snapshot: shape first, then the rules of the models."""
    sheet, problems = _read(snapshot, strict=True)
    if problems:
        return problems
    problems += _model_problems(sheet.format, (), exclude={"published"})
    for key in PARTS:
        for index, part in enumerate(getattr(sheet, key)):
            problems += _model_problems(part, (key, index), exclude={"format", "position"})
    for index, topic in enumerate(sheet.topics):
        if not topic or len(topic) > TOPIC_LENGTH or CONTROL.search(topic):
            problems.append(
                Problem(("topics", index), f"Ein Thema hat 1 bis {TOPIC_LENGTH} lesbare Zeichen.")
            )
    for path, name in files_of(sheet):
        if not is_stored_name(name):
            problems.append(Problem(path, "Ein Dateiname sieht so aus: materialien/<32 Zeichen 0–9 a–f>.pdf"))
        elif not has_file(name):
            problems.append(Problem(path, f"Die Datei „{name}“ fehlt."))
    return problems


class _Reader:
    """Takes values out of a mapping and notes what has the wrong shape or is unknown."""

    def __init__(self, value: Any, path: tuple, problems: list[Problem], *, strict: bool):
        self.path, self.problems, self.strict = path, problems, strict
        if not isinstance(value, dict):
            self.problem((), "Hier werden benannte Angaben erwartet.")
            value = {}
        self.rest = dict(value)

    def problem(self, path: tuple, sentence: str) -> None:
        self.problems.append(Problem((*self.path, *path), sentence))

    def text(self, key: str, default: str = "") -> str:
        value = self.rest.pop(key, None)
        if value is None:
            return default
        if not isinstance(value, str):
            self.problem((key,), "Hier wird ein Text erwartet.")
            return default
        if "\x00" in value:
            self.problem((key,), "Der Text enthält unlesbare Zeichen.")
        return value.strip()

    def texts(self, key: str) -> list[str]:
        value = self.rest.pop(key, None) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.problem((key,), "Hier wird eine Liste von Texten erwartet.")
            return []
        return [item.strip() for item in value]

    def whole(self, key: str) -> int | None:
        value = self.rest.pop(key, None)
        if value in (None, ""):
            return None
        if (
            isinstance(value, bool)
            or not str(value).isascii()
            or not str(value).isdigit()
            or len(str(value)) > 5
        ):
            self.problem((key,), f"„{value}“ ist keine ganze Zahl von 0 bis 99999.")
            return None
        return int(value)

    def decimal(self, key: str) -> Decimal | None:
        value = self.rest.pop(key, None)
        if value in (None, ""):
            return None
        if isinstance(value, bool) or not DECIMAL.fullmatch(str(value)):
            self.problem((key,), f"„{value}“ ist keine Zahl wie 2 oder 0,5.")
            return None
        return Decimal(str(value).replace(",", "."))

    def day(self, key: str) -> date | None:
        value = self.text(key)
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.problem((key,), f"„{value}“ ist kein Datum der Form 2026-05-12.")
            return None

    def part(self, key: str) -> _Reader:
        return _Reader(self.rest.pop(key, None) or {}, (*self.path, key), self.problems, strict=self.strict)

    def parts(self, key: str) -> list[_Reader]:
        value = self.rest.pop(key, None) or []
        if not isinstance(value, list):
            self.problem((key,), "Hier wird eine Liste erwartet.")
            return []
        return [
            _Reader(item, (*self.path, key, index), self.problems, strict=self.strict)
            for index, item in enumerate(value)
        ]

    def close(self) -> None:
        for key in self.rest if self.strict else ():
            self.problem((key,), f"Die Angabe „{key}“ ist unbekannt.")


def _read(snapshot: dict[str, Any], *, strict: bool) -> tuple[Sheet, list[Problem]]:
    problems: list[Problem] = []
    reader = _Reader(snapshot, (), problems, strict=strict)
    columns: dict[str, Any] = {key: reader.text(key) for key in (*TEXTS, *LATE_TEXTS)}
    columns["kind"] = columns["kind"] or "format"
    columns["timing"] = columns["timing"] or "live"
    columns |= {key: reader.texts(key) for key in LISTS}
    columns["slug"] = reader.text("slug")
    columns["number"] = reader.whole("number")
    group = reader.part("group")
    columns |= {"group_from": group.whole("from"), "group_to": group.whole("to")}
    group.close()
    columns |= _read_spans(reader)
    picture = reader.part("picture")
    columns |= {
        "picture": picture.text("file"),
        "picture_alt": picture.text("alt"),
        "picture_credit": picture.text("credit"),
    }
    picture.close()
    columns |= {"as_of": reader.day("as_of"), "review_due": reader.day("review_due")}
    sheet = Sheet(format=Format(**columns), related=reader.texts("related"), topics=reader.texts("topics"))
    for key, model in PARTS.items():
        rows = getattr(sheet, key)
        for position, part in enumerate(reader.parts(key), start=1):
            values: dict[str, Any] = {name: part.text(name) for name in PART_TEXTS[key]}
            if key == "steps":
                values["minutes"] = part.whole("minutes")
            if key == "variants":
                values |= _read_spans(part)
            part.close()
            rows.append(model(position=position, **values))
    reader.close()
    return sheet, problems


def _read_spans(reader: _Reader) -> dict[str, Any]:
    duration, days = reader.part("duration"), reader.part("person_days")
    columns = {
        "duration_from": duration.decimal("from"),
        "duration_to": duration.decimal("to"),
        "duration_unit": duration.text("unit") or "minuten",
        "duration_per": duration.text("per"),
        "person_days_from": days.decimal("from"),
        "person_days_to": days.decimal("to"),
        "person_days_per": days.text("per"),
    }
    duration.close()
    days.close()
    return columns


def _model_problems(row, path: tuple, exclude: set[str]) -> list[Problem]:
    """What `full_clean` says of an unsaved row, with the paths of the snapshot."""
    try:
        row.full_clean(exclude=exclude, validate_unique=False)
    except ValidationError as error:
        found = []
        for name, sentences in error.message_dict.items():
            if name == NON_FIELD_ERRORS:
                place: tuple = ()
            elif name.startswith("duration_") and name not in _RENAMED:
                place = ("duration", name.removeprefix("duration_"))
            elif name.startswith("person_days_") and name not in _RENAMED:
                place = ("person_days", name.removeprefix("person_days_"))
            else:
                place = _RENAMED.get(name, (name,))
            found += [Problem((*path, *place), sentence) for sentence in sentences]
        return found
    return []
