"""What pages need around an edition: finding it, what is live beside it, and the comparison."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.safestring import SafeString, mark_safe

from formats.editions import Edition, catalogue_of
from formats.models import Format, Kind
from formats.models.vocabulary import ESTIMABLE
from foundation.topics.models import TaggedItem


class Gone(Http404):
    """Once public, now withdrawn: the address leads to the successor or answers 410 with a sentence."""

    def __init__(self, format: Format):
        self.note = format.withdrawal_note
        published = format.successor_id and format.successor.published_id
        self.successor = format.successor if published else None
        super().__init__("withdrawn")


def catalogue_name(kind: str) -> str:
    return "Methoden" if kind == Kind.METHOD else "Formate"


def cards_of(editions: Iterable[Edition], *, to_pick: bool) -> SafeString:
    """The cards of a list, with check boxes for the comparison if wanted; laid out once each."""
    cards = (edition.card_to_pick if to_pick else edition.card for edition in editions)
    return mark_safe("".join(cards))  # noqa: S308


def find_edition(user, kind: str, slug: str) -> Edition:
    """The published edition; raises `Gone` if it was withdrawn, otherwise `Http404`."""
    return find_among(published_editions(user), kind, slug)


def published_editions(user) -> dict[str, Edition]:
    """Slug → edition of everything this reader may open, in the order of the catalogue (one query)."""
    return {edition.slug: edition for edition in catalogue_of(Format.objects.visible_to(user))}


def find_among(editions: dict[str, Edition], kind: str, slug: str) -> Edition:
    edition = editions.get(slug)
    if edition is None or edition.kind != kind:
        gone = Format.objects.withdrawn().of_kind(kind).select_related("successor")
        raise Gone(get_object_or_404(gone, slug=slug))
    return edition


def find_published(user, kind: str, slug: str) -> Format:
    """The published row with its revision, for acting on it; raises like `find_edition`."""
    find_edition(user, kind, slug)
    return Format.objects.visible_to(user).with_revision().get(slug=slug)


def sheet_page(user, kind: str, slug: str) -> dict[str, Any]:
    """The context of a page: the edition, and what is live around it (two queries)."""
    editions = published_editions(user)
    edition = find_among(editions, kind, slug)
    return {
        "edition": edition,
        "format": edition.format,
        "related": [editions[other] for other in edition.sheet.related if other in editions],
        "topics": TaggedItem.objects.on(Format).filter(object_id=edition.pk).by_thing().get(edition.pk, []),
        "catalogue": catalogue_name(edition.kind),
    }


@dataclass(frozen=True)
class Cell:
    """One field of the comparison; `title` names its Steckbrief for narrow screens."""

    title: str
    text: str = ""
    items: tuple[str, ...] = ()
    estimated: bool = False


def comparison_of(editions: list[Edition]) -> list[tuple[str, list[Cell]]]:
    """Rows of the comparison: a word, and one cell per Steckbrief."""

    def texts(read, field: str = "") -> list[Cell]:
        return [Cell(e.title, text=read(e), estimated=field in e.marks) for e in editions]

    def lists(field: str) -> list[Cell]:
        return [
            Cell(e.title, items=tuple(getattr(e.format, field)), estimated=field in e.marks) for e in editions
        ]

    def facts(word: str) -> list[Cell]:
        found = [(e.title, next((fact for fact in e.facts if fact.word == word), None)) for e in editions]
        return [
            Cell(title, text=fact.value, estimated=fact.estimated) if fact else Cell(title)
            for title, fact in found
        ]

    return [
        ("Kurztext", texts(lambda e: e.format.summary, "summary")),
        ("Zweck", texts(lambda e: ", ".join(e.purposes))),
        *((word, facts(word)) for word in ("Modus", "Gruppe", "Dauer", "Aufwand", "Kosten")),
        (ESTIMABLE["goal"], texts(lambda e: e.format.goal, "goal")),
        *((ESTIMABLE[field], lists(field)) for field in ("occasions", "target_groups")),
        (ESTIMABLE["result"], texts(lambda e: e.format.result, "result")),
        *((ESTIMABLE[field], lists(field)) for field in ("tips", "pitfalls")),
        ("Herkunft", texts(lambda e: e.provenance)),
    ]
