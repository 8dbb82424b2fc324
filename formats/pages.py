"""What the pages of a Steckbrief show, made ready so that templates only lay it out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.shortcuts import get_object_or_404

from formats.facts import Fact, facts_of, purpose_labels
from formats.models import Format, Kind, Provenance, Revision, Step
from formats.models.format import ESTIMABLE
from formats.sheets import Sheet, sheet_from


class Gone(Http404):
    """Once public, now withdrawn: the address answers 410 with a sentence."""


def catalogue_name(kind: str) -> str:
    return "Methoden" if kind == Kind.METHOD else "Formate"


def find_published(user, kind: str, slug: str) -> Format:
    """The published Steckbrief with its revision; `Gone` if it was withdrawn, otherwise 404."""
    visible = Format.objects.visible_to(user).of_kind(kind).with_revision()
    try:
        return visible.get(slug=slug)
    except ObjectDoesNotExist:
        get_object_or_404(Format.objects.withdrawn().of_kind(kind), slug=slug)
        raise Gone from None


@dataclass(frozen=True, slots=True)
class Card:
    """A Steckbrief in a list: cheap to lay out, some dozens to a page."""

    format: Format
    url: str
    pictogram: str
    purposes: str
    facts: list[Fact]
    is_tried: bool


def card_of(format: Format) -> Card:
    """Needs `with_list_details`."""
    return Card(
        format=format,
        url=format.get_absolute_url(),
        pictogram=format.purposes[0],
        purposes=", ".join(purpose_labels(format)),
        facts=facts_of(format),
        is_tried=format.trial_count > 0,
    )


@dataclass
class TimedStep:
    """A step with the running clock („0:25“) and its block height in steps of five minutes."""

    step: Step
    clock: str
    size: int


def timeline_of(steps: list[Step]) -> list[TimedStep]:
    """The clock runs as long as every step before has its minutes; afterwards it is left empty."""
    timed, minute, running = [], 0, any(step.minutes for step in steps)
    for step in steps:
        running = running and step.minutes is not None
        size = min(120, max(5, round((step.minutes or 0) / 5) * 5)) if step.minutes else 0
        timed.append(TimedStep(step, f"{minute // 60}:{minute % 60:02}" if running else "", size))
        minute += step.minutes or 0
    return timed


@dataclass
class Role:
    name: str
    task: str


def roles_of(format: Format) -> list[Role]:
    parted = (text.partition(":") for text in format.roles)
    return [Role(name.strip(), task.strip()) for name, _, task in parted]


@dataclass
class SourceLine:
    """A source with the word of the statement it carries; empty for the whole entry."""

    word: str
    title: str
    url: str
    note: str


@dataclass
class SheetPage:
    """Everything the page, the print sheet and the PDF say of one Steckbrief."""

    sheet: Sheet
    revision: Revision
    facts: list[Fact]
    purposes: list[str]
    timeline: list[TimedStep]
    roles: list[Role]
    sources: list[SourceLine]
    provenance: str
    url: str
    marks: dict[str, bool] = field(default_factory=dict)
    estimated_words: list[str] = field(default_factory=list)


def page_of(format: Format) -> SheetPage:
    """The page of the published revision: no query but for what `find_published` has loaded."""
    sheet = sheet_from(format.published.snapshot)
    live = sheet.format
    live.pk, live.slug = format.pk, format.slug
    sources = [
        SourceLine(ESTIMABLE.get(source.field, ""), source.title, source.url, source.note)
        for source in sheet.sources
    ]
    return SheetPage(
        sheet=sheet,
        revision=format.published,
        facts=facts_of(live),
        purposes=purpose_labels(live),
        timeline=timeline_of(sheet.steps),
        roles=roles_of(live),
        sources=sources,
        provenance=Provenance(live.provenance).label,
        url=format.get_absolute_url(),
        marks=dict.fromkeys(live.estimated, True),
        estimated_words=[word for name, word in ESTIMABLE.items() if name in live.estimated],
    )


def sheet_page(format: Format, user) -> dict[str, Any]:
    """The context of the page: the revision, and what is live around it (two queries)."""
    page = page_of(format)
    related = Format.objects.visible_to(user).with_slugs(page.sheet.related).in_order_of(page.sheet.related)
    return {
        "format": page.sheet.format,
        "page": page,
        "related": related,
        "topics": list(format.topics.all()),
        "catalogue": catalogue_name(format.kind),
    }


@dataclass(frozen=True)
class Cell:
    """One field of the comparison; `title` names its Steckbrief for narrow screens."""

    title: str
    text: str = ""
    items: tuple[str, ...] = ()
    estimated: bool = False


def comparison_of(formats: list[Format]) -> list[tuple[str, list[Cell]]]:
    """Rows of the comparison: a word, and one cell per Steckbrief."""

    def texts(read, field: str = ""):
        return [Cell(f.title, text=read(f), estimated=field in f.estimated) for f in formats]

    def lists(field: str):
        return [Cell(f.title, items=tuple(getattr(f, field)), estimated=field in f.estimated) for f in formats]

    def facts(word: str):
        found = [(f, next((fact for fact in facts_of(f) if fact.word == word), None)) for f in formats]
        return [
            Cell(f.title, text=fact.value, estimated=fact.estimated) if fact else Cell(f.title)
            for f, fact in found
        ]

    return [
        ("Kurztext", texts(lambda f: f.summary, "summary")),
        ("Zweck", texts(lambda f: ", ".join(purpose_labels(f)))),
        *((word, facts(word)) for word in ("Modus", "Gruppe", "Dauer", "Aufwand", "Kosten")),
        (ESTIMABLE["goal"], texts(lambda f: f.goal, "goal")),
        *((ESTIMABLE[field], lists(field)) for field in ("occasions", "target_groups")),
        (ESTIMABLE["result"], texts(lambda f: f.result, "result")),
        *((ESTIMABLE[field], lists(field)) for field in ("tips", "pitfalls")),
        ("Herkunft", texts(lambda f: Provenance(f.provenance).label)),
    ]


def public_snapshot(format: Format) -> dict[str, Any]:
    """The published snapshot with its address, revision and day, for `/formate.json`."""
    return format.published.snapshot | {
        "url": settings.SITE_URL + format.get_absolute_url(),
        "revision": format.published.number,
        "published_at": format.published.created_at.isoformat(timespec="seconds"),
    }
