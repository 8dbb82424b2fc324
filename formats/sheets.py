"""Sheet: a whole Steckbrief in one value, between rows, snapshot (JSON) and pages.

The snapshot has the schema of the content files (`docs/steckbrief-dateien.md`). Rules about values
stand in the models; here is only the shape.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.files.storage import default_storage
from django.db import transaction

from formats.models import Format, Material, Relation, Source, Step, Trial, Variant

# Snapshot key → model field, for keys that hold one plain value or a list of texts.
_TEXTS = ["kind", "title", "summary", "goal", "mode", "timing", "effort", "costs", "result"]
_LATE_TEXTS = ["provenance", "provenance_note"]
_LISTS = [
    "purposes",
    "occasions",
    "target_groups",
    "roles",
    "tools",
    "tips",
    "pitfalls",
    "checklist",
    "estimated",
]
_PARTS = {"steps": Step, "variants": Variant, "materials": Material, "sources": Source, "trials": Trial}
_PART_TEXTS = {
    "steps": ["title", "text"],
    "variants": ["title"],
    "materials": ["kind", "title", "url", "file", "licence", "text_alternative"],
    "sources": ["field", "title", "url", "note"],
    "trials": ["title", "period", "place", "by", "url"],
}


@dataclass(frozen=True)
class Problem:
    """Something wrong in a snapshot: a path such as `("steps", 1, "minutes")` and a German sentence."""

    path: tuple[str | int, ...]
    sentence: str


@dataclass
class Sheet:
    """A Steckbrief with its parts. `format` may be an unsaved row that only carries the columns."""

    format: Format
    steps: list[Step] = field(default_factory=list)
    variants: list[Variant] = field(default_factory=list)
    materials: list[Material] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    trials: list[Trial] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)


def sheet_of(format: Format) -> Sheet:
    """The Steckbrief as its rows say (seven queries); `sheet_from` reads a revision instead."""
    return Sheet(
        format=format,
        steps=list(format.steps.all()),
        variants=list(format.variants.all()),
        materials=list(format.materials.all()),
        sources=list(format.sources.all()),
        trials=list(format.trials.all()),
        related=[relation.target.slug for relation in format.relations.select_related("target")],
        topics=sorted(topic.name for topic in format.topics.all()),
    )


def snapshot_of(sheet: Sheet) -> dict[str, Any]:
    """The sheet as plain JSON values; every key is there, in the order of the content file."""
    format = sheet.format
    snapshot: dict[str, Any] = {"slug": format.slug, "number": format.number}
    snapshot |= {key: getattr(format, key) for key in _TEXTS[:3]}
    snapshot["purposes"] = list(format.purposes)
    snapshot["goal"] = format.goal
    snapshot |= {key: list(getattr(format, key)) for key in ("occasions", "target_groups")}
    snapshot |= {"mode": format.mode, "timing": format.timing}
    snapshot["group"] = {"from": format.group_from, "to": format.group_to}
    snapshot["duration"] = _duration(format)
    snapshot["effort"] = format.effort
    snapshot["person_days"] = _person_days(format)
    snapshot["costs"] = format.costs
    snapshot["variants"] = [
        {"title": variant.title, "duration": _duration(variant), "person_days": _person_days(variant)}
        for variant in sheet.variants
    ]
    snapshot["roles"] = list(format.roles)
    snapshot["steps"] = [
        {"title": step.title, "minutes": step.minutes, "text": step.text} for step in sheet.steps
    ]
    snapshot["tools"] = list(format.tools)
    snapshot["result"] = format.result
    snapshot |= {key: list(getattr(format, key)) for key in ("tips", "pitfalls", "checklist")}
    snapshot["materials"] = [
        {key: str(getattr(material, key)) for key in _PART_TEXTS["materials"]} for material in sheet.materials
    ]
    snapshot["related"] = list(sheet.related)
    snapshot["topics"] = sorted(sheet.topics)
    snapshot["picture"] = {
        "file": str(format.picture),
        "alt": format.picture_alt,
        "credit": format.picture_credit,
    }
    snapshot |= {key: getattr(format, key) for key in _LATE_TEXTS}
    snapshot["estimated"] = list(format.estimated)
    snapshot["sources"] = [
        {key: getattr(source, key) for key in _PART_TEXTS["sources"]} for source in sheet.sources
    ]
    snapshot["trials"] = [{key: getattr(trial, key) for key in _PART_TEXTS["trials"]} for trial in sheet.trials]
    snapshot["as_of"] = format.as_of.isoformat() if format.as_of else None
    snapshot["review_due"] = format.review_due.isoformat() if format.review_due else None
    return snapshot


def sheet_from(snapshot: dict[str, Any]) -> Sheet:
    """The sheet of a snapshot that `problems_of` found sound. Its rows are unsaved."""
    sheet, problems = _read(snapshot)
    if problems:
        raise ValueError(f"Snapshot is not sound: {problems[0]}")
    return sheet


def problems_of(
    snapshot: dict[str, Any], has_file: Callable[[str], bool] = default_storage.exists
) -> list[Problem]:
    """All that is wrong with a snapshot: shape first, then the rules of the models."""
    sheet, problems = _read(snapshot)
    if problems:
        return problems
    problems += _model_problems(sheet.format, (), exclude={"published", "slug"})
    for key in _PARTS:
        for index, part in enumerate(getattr(sheet, key)):
            problems += _model_problems(part, (key, index), exclude={"format", "position"})
    for path, name in files_of(sheet):
        if not has_file(name):
            problems.append(Problem(path, f"Die Datei „{name}“ fehlt."))
    return problems


def files_of(sheet: Sheet) -> list[tuple[tuple[str | int, ...], str]]:
    """The stored files a sheet names: path in the snapshot and name in the storage."""
    found: list[tuple[tuple[str | int, ...], str]] = [
        (("materials", index, "file"), str(material.file))
        for index, material in enumerate(sheet.materials)
        if material.file
    ]
    if sheet.format.picture:
        found.append((("picture", "file"), str(sheet.format.picture)))
    return found


@transaction.atomic
def write_rows(format: Format, sheet: Sheet) -> None:
    """Make the rows of `format` say what the sheet says. Related slugs nobody knows are left out.

    Keeps key, slug and publication; replaces parts, relations and topics.
    """
    for name in _COLUMNS:
        setattr(format, name, getattr(sheet.format, name))
    format.save()
    for key, model in _PARTS.items():
        getattr(format, key).all().delete()
        rows = getattr(sheet, key)
        for position, row in enumerate(rows, start=1):
            row.pk, row.format, row.position = None, format, position
        model.objects.bulk_create(rows)
    format.topics.set(sheet.topics)
    write_relations(format, sheet.related)


def write_relations(format: Format, slugs: list[str]) -> None:
    """Point `format` at the Steckbriefe with these slugs, in this order."""
    known = {other.slug: other for other in Format.objects.with_slugs(slugs)}
    format.relations.all().delete()
    Relation.objects.bulk_create(
        Relation(origin=format, target=known[slug], position=position)
        for position, slug in enumerate(slugs, start=1)
        if slug in known and slug != format.slug
    )


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Top-level keys whose values differ, in the order of the content file."""
    return [key for key in new if old.get(key) != new[key]]


_COLUMNS = [
    *_TEXTS,
    *_LATE_TEXTS,
    *_LISTS,
    "number",
    "group_from",
    "group_to",
    "duration_from",
    "duration_to",
    "duration_unit",
    "duration_per",
    "person_days_from",
    "person_days_to",
    "person_days_per",
    "picture",
    "picture_alt",
    "picture_credit",
    "as_of",
    "review_due",
]
_RENAMED = {
    "group_from": ("group", "from"),
    "group_to": ("group", "to"),
    "duration_unit": ("duration", "unit"),
    "duration_per": ("duration", "per"),
    "person_days_per": ("person_days", "per"),
    "picture_alt": ("picture", "alt"),
    "picture_credit": ("picture", "credit"),
}


def _number(value: Decimal | None) -> str | None:
    """Decimals travel as text (`"0.5"`), without trailing zeros, so that no digit is invented."""
    if value is None:
        return None
    text = f"{Decimal(value).normalize():f}"
    return text


def _duration(row) -> dict[str, Any]:
    return {
        "from": _number(row.duration_from),
        "to": _number(row.duration_to),
        "unit": row.duration_unit,
        "per": row.duration_per,
    }


def _person_days(row) -> dict[str, Any]:
    return {
        "from": _number(row.person_days_from),
        "to": _number(row.person_days_to),
        "per": row.person_days_per,
    }


class _Reader:
    """Takes values out of a mapping and notes what has the wrong shape or is unknown."""

    def __init__(self, value: Any, path: tuple, problems: list[Problem]):
        self.path, self.problems = path, problems
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
        if isinstance(value, bool) or not str(value).isascii() or not str(value).isdigit() or len(str(value)) > 5:
            self.problem((key,), f"„{value}“ ist keine ganze Zahl von 0 bis 99999.")
            return None
        return int(value)

    def decimal(self, key: str) -> Decimal | None:
        value = self.rest.pop(key, None)
        if value in (None, ""):
            return None
        try:
            number = Decimal(str(value).replace(",", "."))
            if isinstance(value, bool) or not number.is_finite():
                raise InvalidOperation
        except InvalidOperation:
            self.problem((key,), f"„{value}“ ist keine Zahl.")
            return None
        return number

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
        return _Reader(self.rest.pop(key, None) or {}, (*self.path, key), self.problems)

    def parts(self, key: str) -> list[_Reader]:
        value = self.rest.pop(key, None) or []
        if not isinstance(value, list):
            self.problem((key,), "Hier wird eine Liste erwartet.")
            return []
        return [_Reader(item, (*self.path, key, index), self.problems) for index, item in enumerate(value)]

    def close(self) -> None:
        for key in self.rest:
            self.problem((key,), f"Die Angabe „{key}“ ist unbekannt.")


def _read(snapshot: dict[str, Any]) -> tuple[Sheet, list[Problem]]:
    problems: list[Problem] = []
    reader = _Reader(snapshot, (), problems)
    columns: dict[str, Any] = {key: reader.text(key) for key in (*_TEXTS, *_LATE_TEXTS)}
    columns["kind"] = columns["kind"] or "format"
    columns["timing"] = columns["timing"] or "live"
    columns |= {key: reader.texts(key) for key in _LISTS}
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
    for key, model in _PARTS.items():
        rows = getattr(sheet, key)
        for position, part in enumerate(reader.parts(key), start=1):
            values: dict[str, Any] = {name: part.text(name) for name in _PART_TEXTS[key]}
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
