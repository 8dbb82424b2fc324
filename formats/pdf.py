"""The Steckbrief as PDF: accessible (PDF/UA-1), made by typst from data, never from markup."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils import timezone

from formats.editions import Edition
from formats.models.vocabulary import ESTIMABLE

TEMPLATE = Path(__file__).parent / "typst" / "steckbrief.typ"


def render_pdf(editions: Iterable[Edition], *, mark: str = "") -> bytes:
    """One PDF with a sheet per Steckbrief, in the given order; `mark` stands on every page.

    What editors typed reaches typst as JSON data only, so nothing in it can act as markup.
    """
    return compile_pdf(TEMPLATE, {"mark": mark, "sheets": [_sheet(edition) for edition in editions]})


def compile_pdf(template: Path, data: dict[str, Any]) -> bytes:
    """A PDF/UA of a typst template that reads `data`, with the day of printing added."""
    data = _drawable(data | {"printed": f"{timezone.localdate():%d.%m.%Y}"})
    return typst.compile(
        template,
        root=template.parent,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )


def _drawable(value):
    """The same data without characters that the font of the sheet cannot draw (emoji, other scripts).

    PDF/UA forbids to print a character without its sign; typst stops at the first.
    """
    if isinstance(value, str):
        return "".join(sign for sign in value if _is_drawn(sign))
    if isinstance(value, list):
        return [_drawable(item) for item in value]
    if isinstance(value, dict):
        return {key: _drawable(item) for key, item in value.items()}
    return value


def _is_drawn(sign: str) -> bool:
    """Latin with its accents, Greek, Cyrillic, punctuation, arrows and currency."""
    return (
        sign in "\n\t€→←↔≈≤≥–—…•·"
        or " " <= sign <= "~"
        or "\xa0" <= sign <= "\u04ff"
        or sign in "„“”‚‘’«»‹›‐‑\u202f\u2009"
    )


def _sheet(edition: Edition) -> dict:
    format = edition.format
    return {
        "title": format.title,
        "summary": format.summary,
        "purposes": ", ".join(edition.purposes),
        "facts": [
            {"word": fact.word, "value": fact.value, "estimated": fact.estimated, "level": fact.level}
            for fact in edition.facts
        ],
        "goal": format.goal,
        "result": format.result,
        "lists": {
            name: {
                "label": ESTIMABLE[name],
                "items": getattr(format, name),
                "estimated": name in edition.marks,
            }
            for name in ("occasions", "target_groups", "tools", "tips", "pitfalls", "checklist")
        },
        "marks": {name: name in edition.marks for name in ("goal", "result", "steps", "roles", "variants")},
        "roles": [{"name": role.name, "task": role.task} for role in edition.roles],
        "steps": [
            {
                "title": timed.step.title,
                "minutes": timed.step.minutes,
                "text": timed.step.text,
                "clock": timed.clock,
            }
            for timed in edition.timeline
        ],
        "variants": [
            {
                "title": variant.title,
                "text": ", ".join(filter(None, [variant.duration_text, variant.person_days_text])),
            }
            for variant in edition.sheet.variants
        ],
        "trials": [
            {"title": trial.title, "when": trial.period, "place": trial.place, "by": trial.by}
            for trial in edition.sheet.trials
        ],
        "provenance": edition.provenance,
        "provenance_note": format.provenance_note,
        "as_of": f"{format.as_of:%d.%m.%Y}",
        "sources": [
            {"word": source.word, "title": source.title, "url": source.url, "note": source.note}
            for source in edition.sources
        ],
        "url": settings.SITE_URL + edition.url,
        "revision": edition.number,
    }
