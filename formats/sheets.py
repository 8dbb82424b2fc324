"""Sheet: a whole Steckbrief in one value, between rows and the snapshot (JSON) of a revision.

The snapshot has the schema of the content files (`docs/steckbrief-dateien.md`); `formats.snapshots`
reads it back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F

from formats.models import Format, Material, Relation, Source, Step, Trial, Variant
from foundation.topics.models import Topic

# Snapshot key → model field, for keys that hold one plain value or a list of texts.
TEXTS = ["kind", "title", "summary", "goal", "mode", "timing", "effort", "costs", "result"]
LATE_TEXTS = ["provenance", "provenance_note"]
LISTS = [
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
PARTS = {"steps": Step, "variants": Variant, "materials": Material, "sources": Source, "trials": Trial}
PART_TEXTS = {
    "steps": ["title", "text"],
    "variants": ["title"],
    "materials": ["kind", "title", "url", "file", "licence", "text_alternative"],
    "sources": ["field", "title", "url", "note"],
    "trials": ["title", "period", "place", "by", "url"],
}


COLUMNS = [
    *TEXTS,
    *LATE_TEXTS,
    *LISTS,
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
        topics=sorted(topic.name for topic in format.draft_topics.all()),
    )


def snapshot_of(sheet: Sheet) -> dict[str, Any]:
    """The sheet as plain JSON values; every key is there, in the order of the content file."""
    format = sheet.format
    snapshot: dict[str, Any] = {"slug": format.slug, "number": format.number}
    snapshot |= {key: getattr(format, key) for key in TEXTS[:3]}
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
        {key: str(getattr(material, key)) for key in PART_TEXTS["materials"]} for material in sheet.materials
    ]
    snapshot["related"] = list(sheet.related)
    snapshot["topics"] = sorted(sheet.topics)
    snapshot["picture"] = {
        "file": str(format.picture),
        "alt": format.picture_alt,
        "credit": format.picture_credit,
    }
    snapshot |= {key: getattr(format, key) for key in LATE_TEXTS}
    snapshot["estimated"] = list(format.estimated)
    snapshot["sources"] = [
        {key: getattr(source, key) for key in PART_TEXTS["sources"]} for source in sheet.sources
    ]
    snapshot["trials"] = [
        {key: getattr(trial, key) for key in PART_TEXTS["trials"]} for trial in sheet.trials
    ]
    snapshot["as_of"] = format.as_of.isoformat() if format.as_of else None
    snapshot["review_due"] = format.review_due.isoformat() if format.review_due else None
    return snapshot


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

    Keeps key, slug and publication; replaces relations and topics, and the parts in their places
    (a part keeps its key where one stood before, so that open forms still find it).
    """
    for name in COLUMNS:
        setattr(format, name, getattr(sheet.format, name))
    format.save(update_fields=[name for name in COLUMNS if name != "kind"])
    for key, model in PARTS.items():
        old = list(getattr(format, key).values_list("pk", flat=True))
        rows = getattr(sheet, key)
        for position, row in enumerate(rows, start=1):
            row.format, row.position = format, position
            row.pk = old[position - 1] if position <= len(old) else None
        kept = rows[: len(old)]
        model.objects.filter(pk__in=old[len(kept) :]).delete()
        if kept:
            _move_aside(model, old)
            model.objects.bulk_update(kept, [f.name for f in model._meta.concrete_fields if f.name != "id"])
        model.objects.bulk_create(rows[len(old) :])
    format.draft_topics.set(Topic.objects.named(sheet.topics))
    write_relations(format, sheet.related)


def _move_aside(model, keys: list[int]) -> None:
    """Free the places first, so that no two parts ever share one while they are written."""
    model.objects.filter(pk__in=keys).update(position=F("position") + 10_000)


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


def _number(value: Decimal | None) -> str | None:
    """Decimals travel as text (`"0.5"`), without trailing zeros, so that no digit is invented."""
    if value is None:
        return None
    return f"{Decimal(value).normalize():f}"


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
