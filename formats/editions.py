"""Edition: all that follows from one revision, worked out once per process.

A revision never changes, so neither does what is parsed, phrased or laid out from it. Whoever may
read which Steckbrief is asked in the database each time (`visible_to`); only then is its edition
taken from the shelf.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from math import inf
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from formats.facts import Fact, facts_of, purpose_labels
from formats.models import Format, FormatQuerySet, Provenance, Revision, Step
from formats.models.vocabulary import ESTIMABLE
from formats.sheets import Sheet, snapshot_of
from formats.snapshots import sheet_from
from foundation.kit.text import german_slug

MOST_KEPT = 2_000


@dataclass(frozen=True)
class TimedStep:
    """A step with the running clock („0:25“) and its block height in steps of five minutes."""

    step: Step
    clock: str
    size: int


@dataclass(frozen=True)
class RoleLine:
    name: str
    task: str


@dataclass(frozen=True)
class SourceLine:
    """A source with the word of the statement it carries; empty for the whole entry."""

    word: str
    title: str
    url: str
    note: str


class Edition:
    """A Steckbrief as one revision says it; `pk` is the row it belongs to.

    `format` is an unsaved row that carries the columns. A draft, or a revision that is not stored
    yet, gives a preview in the same clothes; its `published_at` is None.
    """

    def __init__(self, revision: Revision, published_at: datetime | None = None):
        self.pk, self.number, self.published_at = revision.format_id, revision.number, published_at
        self.snapshot: dict[str, Any] = revision.snapshot
        self.sheet: Sheet = sheet_from(self.snapshot)
        self.format: Format = self.sheet.format
        self.slug, self.kind, self.title = self.format.slug, self.format.kind, self.format.title
        self.url = self.format.get_absolute_url()

    @cached_property
    def place(self) -> tuple[str, float, str, int]:
        """Its place in the catalogues: formats first, by number, then title."""
        return self.kind, self.format.number or inf, german_slug(self.title), self.pk

    @cached_property
    def facts(self) -> list[Fact]:
        return facts_of(self.format)

    @cached_property
    def purposes(self) -> list[str]:
        return purpose_labels(self.format)

    @cached_property
    def pictogram(self) -> str:
        return self.format.purposes[0]

    @cached_property
    def provenance(self) -> str:
        return Provenance(self.format.provenance).label

    @cached_property
    def marks(self) -> dict[str, bool]:
        """Name of a statement → True, for the estimated ones only."""
        return dict.fromkeys(self.format.estimated, True)

    @cached_property
    def estimated_words(self) -> list[str]:
        return [word for name, word in ESTIMABLE.items() if name in self.marks]

    @cached_property
    def is_tried(self) -> bool:
        return bool(self.sheet.trials)

    @cached_property
    def timeline(self) -> list[TimedStep]:
        """The clock starts with the first step that has minutes and stops at the next that has none."""
        timed, minute, running = [], 0, None
        for step in self.sheet.steps:
            if running is not False:
                running = None if running is None and not step.minutes else bool(step.minutes)
            size = min(120, max(5, round(step.minutes / 5) * 5)) if step.minutes else 0
            timed.append(TimedStep(step, f"{minute // 60}:{minute % 60:02}" if running else "", size))
            minute += step.minutes or 0
        return timed

    @cached_property
    def roles(self) -> list[RoleLine]:
        # A colon and a space: „Impulsgeber:in: berichtet“ has the task behind the second one.
        parted = (text.partition(": ") for text in self.format.roles)
        return [RoleLine(name.strip(), task.strip()) for name, _, task in parted]

    @cached_property
    def sources(self) -> list[SourceLine]:
        return [
            SourceLine(ESTIMABLE.get(source.field, ""), source.title, source.url, source.note)
            for source in self.sheet.sources
        ]

    @cached_property
    def search_text(self) -> str:
        """All words the plain filter looks at, folded by `german_slug`."""
        format = self.format
        words = [format.title, format.summary, format.goal, format.result, *format.occasions]
        words += [*format.target_groups, *format.tools, *self.sheet.topics]
        return german_slug(" ".join(words))

    @cached_property
    def card(self) -> SafeString:
        """The card of the lists, laid out."""
        return render_to_string("formats/_card.html", {"edition": self})

    @cached_property
    def card_to_pick(self) -> SafeString:
        """The card with its check box for the comparison."""
        return render_to_string("formats/_card.html", {"edition": self, "compare": True})

    @cached_property
    def head(self) -> SafeString:
        """Title, sentence, facts and what can be done with it, laid out."""
        return render_to_string("formats/_head.html", {"edition": self, "format": self.format})

    @cached_property
    def body(self) -> SafeString:
        """The part of the page that only the revision decides, laid out."""
        return render_to_string("formats/_steckbrief.html", {"edition": self, "format": self.format})

    @cached_property
    def evidence(self) -> SafeString:
        """Where it comes from, what is estimated, and the sources, laid out."""
        return render_to_string("formats/_evidence.html", {"edition": self, "format": self.format})

    def public_data(self) -> dict[str, Any]:
        """The snapshot with its address, number and moment, for `/formate.json`."""
        # Written anew: PostgreSQL keeps the keys of a snapshot in an order of its own.
        return snapshot_of(self.sheet) | {
            "url": settings.SITE_URL + self.url,
            "revision": self.number,
            "published_at": self.published_at.isoformat(timespec="seconds"),
        }


_shelf: dict[UUID, Edition] = {}


def editions_of(formats: FormatQuerySet) -> list[Edition]:
    """The editions of published Steckbriefe in the order of the query set.

    One query for what is live; a second one only for revisions this process has not seen yet.
    """
    keys = list(formats.values_list("published_id", flat=True))
    missing = [key for key in keys if key not in _shelf]
    if not missing:
        return [_shelf[key] for key in keys]
    new = Revision.objects.filter(pk__in=missing).select_related("live_in")
    found = {revision.pk: Edition(revision, revision.live_in.published_at) for revision in new}
    if len(_shelf) + len(found) > MOST_KEPT:
        _shelf.clear()
    _shelf.update(found)
    every = _shelf | found
    return [every[key] for key in keys if key in every]


def catalogue_of(formats: FormatQuerySet, kind: str = "") -> list[Edition]:
    """The editions of published Steckbriefe, of one kind if named, in the order of the catalogues.

    Formats first, by number, then title; sorted here, because the rows may already say otherwise.
    """
    editions = (edition for edition in editions_of(formats.order_by()) if kind in ("", edition.kind))
    return sorted(editions, key=attrgetter("place"))


def quickest(editions: list[Edition], count: int) -> list[Edition]:
    """The `count` with the least preparation, as far as it is known."""
    known = [edition for edition in editions if edition.format.person_days_to is not None]
    known.sort(
        key=lambda edition: (edition.format.person_days_to, edition.format.person_days_from, edition.place)
    )
    return known[:count]
