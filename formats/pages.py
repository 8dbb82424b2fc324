"""What pages need around an edition: finding it, what is live beside it, and the comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from foundation.topics.models import TaggedItem
from formats.editions import Edition, editions_of
from formats.models import Format, Kind
from formats.models.format import ESTIMABLE


class Gone(Http404):
    """Once public, now withdrawn: the address answers 410 with a sentence."""


def catalogue_name(kind: str) -> str:
    return "Methoden" if kind == Kind.METHOD else "Formate"


def find_edition(user, kind: str, slug: str) -> Edition:
    """The published edition; raises `Gone` if it was withdrawn, otherwise `Http404`."""
    found = editions_of(Format.objects.visible_to(user).of_kind(kind).with_slugs([slug]))
    if not found:
        get_object_or_404(Format.objects.withdrawn().of_kind(kind), slug=slug)
        raise Gone
    return found[0]


def find_published(user, kind: str, slug: str) -> Format:
    """The published row with its revision, for acting on it; raises like `find_edition`."""
    find_edition(user, kind, slug)
    return Format.objects.visible_to(user).with_revision().get(slug=slug)


def editions_by_slug(user, slugs: list[str]) -> list[Edition]:
    """The editions with these slugs that the reader may see, in the order of the slugs."""
    found = {edition.slug: edition for edition in editions_of(Format.objects.visible_to(user).with_slugs(slugs))}
    return [found[slug] for slug in slugs if slug in found]


def sheet_page(edition: Edition, user) -> dict[str, Any]:
    """The context of a page: the edition, and what is live around it (two queries)."""
    return {
        "edition": edition,
        "format": edition.format,
        "related": editions_by_slug(user, edition.sheet.related),
        "topics": TaggedItem.objects.of(Format.objects.with_slugs([edition.slug])).get(edition.pk, []),
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
        return [Cell(e.title, items=tuple(getattr(e.format, field)), estimated=field in e.marks) for e in editions]

    def facts(word: str) -> list[Cell]:
        found = [(e.title, next((fact for fact in e.facts if fact.word == word), None)) for e in editions]
        return [Cell(title, text=fact.value, estimated=fact.estimated) if fact else Cell(title) for title, fact in found]

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
