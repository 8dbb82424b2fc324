"""The form of a Steckbrief in the order of its public page: sections, marks, sources, hints beside fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin import helpers
from django.forms import FileField

from formats.models import Format
from formats.models.fields import MAX_ITEMS, LinesField
from formats.models.vocabulary import ESTIMABLE
from formats.readability import reading_of


@dataclass(frozen=True)
class Plan:
    """A section: anchor, heading, lines of fields, and the parts that stand in it, by prefix."""

    anchor: str
    title: str
    lines: list[str | tuple[str, ...]] = field(default_factory=list)
    parts: tuple[str, ...] = ()


PLAN = [
    Plan("kopf", "Kopf", [("kind", "number"), "slug", "purposes", "title", "summary"]),
    Plan(
        "auf-einen-blick",
        "Auf einen Blick",
        [
            ("mode", "timing"),
            ("group_from", "group_to"),
            ("duration_from", "duration_to", "duration_unit", "duration_per"),
            "effort",
            ("person_days_from", "person_days_to", "person_days_per"),
            "costs",
        ],
    ),
    Plan("bild", "Bild", ["picture", "picture_alt", "picture_credit"]),
    Plan("wozu", "Ziel, Anlässe, Zielgruppen", ["goal", "occasions", "target_groups"]),
    Plan("ablauf", "Ablauf", parts=("steps",)),
    Plan("durchfuehrung", "Rollen, Technik, Ergebnis", ["roles", "tools", "result"]),
    Plan("varianten", "Varianten", parts=("variants",)),
    Plan("tipps", "Tipps und Checkliste", ["tips", "pitfalls", "checklist"]),
    Plan("erprobt", "Erprobt", parts=("trials",)),
    Plan("material", "Material", parts=("materials",)),
    Plan("verwandt", "Verwandt und Themen", ["draft_topics"], parts=("relations",)),
    Plan(
        "herkunft",
        "Herkunft, Stand, Quellen",
        ["provenance", "provenance_note", "as_of", "review_due"],
        parts=("sources",),
    ),
    Plan("aenderung", "Diese Änderung", ["reason", "revision"]),
]
# What the form holds but `PLAN` does not name: the marks stand beside the fields they speak of.
FIELDSETS = [(plan.title, {"fields": plan.lines}) for plan in PLAN if plan.lines]
FIELDSETS[-1][1]["fields"] = ["estimated", *PLAN[-1].lines]

# Which statement the first field of a line, or a kind of part, belongs to.
_STATEMENT = {"group_from": "group", "duration_from": "duration", "person_days_from": "person_days"}
WORTH_COUNTING = 100  # letters: shorter fields show by themselves when they are full
READ = ("summary", "goal", "result", "tips", "pitfalls", "checklist")


@dataclass(frozen=True)
class Mark:
    """The mark „Schätzung“ beside a statement, and how many sources carry it. `box` is its check box."""

    key: str
    word: str
    box: Any
    is_set: bool
    sources: int


@dataclass(frozen=True)
class Line:
    fields: list[Any]
    errors: Callable[[], str]
    is_hidden: bool
    mark: Mark | None
    hints: list[dict[str, Any]]


@dataclass(frozen=True)
class Parts:
    """One kind of part, with the mark beside it and how its texts read."""

    group: helpers.InlineAdminFormSet
    mark: Mark | None
    reading: str


@dataclass(frozen=True)
class Section:
    anchor: str
    title: str
    lines: list[Line]
    parts: list[Parts]
    has_errors: bool


def sections_of(adminform, groups, format: Format | None) -> list[Section]:
    """The sections with everything the template shows. `groups` are the inline formsets of the page."""
    form = adminform.form
    by_prefix = {group.formset.prefix: group for group in groups}
    marks = _marks(form, by_prefix.get("sources"), format)
    reading = reading_notes(form_values(form, by_prefix.get("steps")))
    found = []
    for plan in PLAN:
        names = [name for line in plan.lines for name in ([line] if isinstance(line, str) else line)]
        parts = [by_prefix[prefix] for prefix in plan.parts if prefix in by_prefix]
        broken = any(name in form.errors for name in names) or any(
            any(group.formset.errors) or group.formset.non_form_errors() for group in parts
        )
        lines = [_line(adminform, line, marks, reading) for line in plan.lines]
        beside = [
            Parts(group, marks.get(group.formset.prefix), reading.get(group.formset.prefix, ""))
            for group in parts
        ]
        found.append(Section(plan.anchor, plan.title, lines, beside, bool(broken)))
    return found


def _line(adminform, names, marks, reading) -> Line:
    line = helpers.Fieldline(
        adminform.form, names, adminform.readonly_fields, model_admin=adminform.model_admin
    )
    fields = list(line)
    first = names if isinstance(names, str) else names[0]
    hints = [hint for field in fields if not field.is_readonly and (hint := _hint(field.field, reading))]
    mark = marks.get(_STATEMENT.get(first, first))
    return Line(fields, line.errors, not line.has_visible_field, mark, hints)


def _hint(bound, reading: dict[str, str]) -> dict[str, Any] | None:
    """How much room is left in a text, and how it reads."""
    value, room = bound.value() or "", getattr(bound.field, "max_length", None) or 0
    if isinstance(bound.field, LinesField):
        count = len(LinesField.entries(value if isinstance(value, str) else "\n".join(value)))
        unit, most = "Einträgen", MAX_ITEMS
    elif room >= WORTH_COUNTING and not isinstance(bound.field, FileField):
        count, unit, most = len(str(value)), "Zeichen", room
    else:
        return None
    return {
        "id": bound.id_for_label,
        "name": bound.name,
        "label": bound.label,
        "count": count,
        "most": most,
        "unit": unit,
        "reads": bound.name in READ,
        "reading": reading.get(bound.name, ""),
    }


def _marks(form, sources, format: Format | None) -> dict[str, Mark]:
    counted = Counter(
        row["field"].value() for row in (sources.formset.forms if sources else []) if "field" in row.fields
    )
    if "estimated" in form.fields:
        chosen = form["estimated"].value() or []
        boxes = {str(box.data["value"]): box for box in form["estimated"].subwidgets}
    else:
        chosen, boxes = (format.estimated if format else []), {}
    return {
        key: Mark(key, word, boxes.get(key), key in chosen, counted[key]) for key, word in ESTIMABLE.items()
    }


def form_values(form, steps) -> Callable[[str], str]:
    """Name → what the form holds; `steps` is the text of all steps together."""

    def value(name: str) -> str:
        if name != "steps":
            held = form[name].value() if name in form.fields else ""
            return held if isinstance(held, str) else "\n".join(held or [])
        rows = steps.formset.forms if steps else []
        return "\n".join(str(row["text"].value() or "") for row in rows if "text" in row.fields)

    return value


def typed_values(typed: dict[str, list[str]]) -> Callable[[str], str]:
    """The same for the fields of a form as they came."""

    def value(name: str) -> str:
        if name != "steps":
            return (typed.get(name) or [""])[-1]
        rows = (values for key, values in typed.items() if re.fullmatch(r"steps-\d+-text", key))
        return "\n".join(values[-1] for values in rows if values)

    return value


def reading_notes(value: Callable[[str], str]) -> dict[str, str]:
    """How each text reads, in one sentence; empty for those too short to judge."""
    return {name: reading_of(value(name)).sentence for name in (*READ, "steps")}
