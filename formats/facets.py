"""Facets of the catalogue: which Steckbriefe remain, and how many each further choice would leave.

Pure functions over the published editions of one catalogue, so that every count is exact and
costs no query.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from formats.editions import Edition, catalogue_of
from formats.models import Effort, Format, FormatQuerySet, Mode, Provenance, Purpose
from foundation.kit.text import german_slug
from foundation.topics.models import TaggedItem

# Choices kept per catalogue; the next one lets go of all.
MOST_CHOICES = 500

# Working time somebody has, in minutes; a Steckbrief fits if its shortest form fits.
TIMES = {
    "30-minuten": ("bis 30 Minuten", 30),
    "2-stunden": ("bis 2 Stunden", 120),
    "halber-tag": ("bis einen halben Tag", 240),
    "ein-tag": ("bis einen Tag", 480),
    "mehrere-tage": ("mehrere Tage oder länger", None),
}
# People who take part, from–to; a Steckbrief fits if the spans meet.
GROUPS = {
    "allein": ("1 Person", 1, 1),
    "klein": ("2 bis 8 Personen", 2, 8),
    "mittel": ("9 bis 25 Personen", 9, 25),
    "gross": ("26 bis 80 Personen", 26, 80),
    "sehr-gross": ("über 80 Personen", 81, None),
}


def times_that_fit(edition: Edition) -> set[str]:
    span = edition.format.duration_minutes
    if span is None:
        return set()
    shortest, longest = span
    return {
        value
        for value, (_, available) in TIMES.items()
        if (longest > 480 if available is None else shortest <= available)
    }


def groups_that_fit(edition: Edition) -> set[str]:
    least, most = edition.format.group_from, edition.format.group_to
    if least is None:
        return set()
    return {
        value
        for value, (_, start, end) in GROUPS.items()
        if (end is None or least <= end) and (most is None or most >= start)
    }


@dataclass(frozen=True)
class Facet:
    """One question of the filter; several values are joined by "or", otherwise there is one choice."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    several: bool = True


@dataclass(frozen=True)
class Entry:
    """One Steckbrief of the catalogue with the values it answers each facet with."""

    edition: Edition
    answers: dict[str, set[str]]


@dataclass(frozen=True)
class Option:
    """One value of a facet with the number of Steckbriefe it would leave, all else unchanged."""

    facet: Facet
    value: str
    label: str
    count: int
    chosen: bool

    @property
    def html(self) -> SafeString:
        """Its check box or radio button with label and count; a page shows some seventy of them."""
        start, middle = _pieces(self.facet.name, self.facet.several, self.value, self.label)
        quiet = "" if self.count or self.chosen else " facet__option--empty"
        checked = " checked" if self.chosen else ""
        # The pieces are escaped, the rest is ours or a number.
        whole = f'<label class="facet__option{quiet}">{start}{checked}{middle}{self.count}</span></label>'
        return mark_safe(whole)  # noqa: S308


@lru_cache(2_000)
def _pieces(name: str, several: bool, value: str, label: str) -> tuple[SafeString, SafeString]:
    kind = "checkbox" if several else "radio"
    return (
        format_html('<input type="{}" name="{}" id="{}-{}" value="{}"', kind, name, name, value, value),
        format_html('> <span>{}</span> <span class="facet__count">', label),
    )


@dataclass(frozen=True)
class CountedFacet:
    """A facet with its options, each counted."""

    facet: Facet
    options: list[Option]

    @property
    def html(self) -> SafeString:
        return mark_safe("\n".join(option.html for option in self.options))  # noqa: S308

    @property
    def is_open(self) -> bool:
        """Whether nothing is chosen: then „egal“ is."""
        return not any(option.chosen for option in self.options)


@dataclass(frozen=True)
class Finding:
    """What one choice leaves: the editions that fit, and every facet with its counted options."""

    editions: list[Edition]
    counted: list[CountedFacet]

    @cached_property
    def facets(self) -> SafeString:
        """The field sets of the filter, laid out."""
        return render_to_string("formats/_facets.html", {"counted": self.counted})


@dataclass(frozen=True)
class Chip:
    """A chosen value and the query string of the page without it."""

    label: str
    query: str


@dataclass(frozen=True, eq=False)
class Catalogue:
    """One catalogue as it is now: its entries in order, and the facets they can be narrowed by."""

    entries: list[Entry]
    facets: list[Facet]
    found: dict[Any, Finding] = field(default_factory=dict)

    def narrow(self, chosen: dict[str, list[str]], text: str = "") -> Finding:
        """What this choice leaves; the usual choices are worked out once per process."""
        key = (tuple((name, tuple(values)) for name, values in chosen.items()), text)
        if key not in self.found:
            if len(self.found) >= MOST_CHOICES:
                self.found.clear()
            self.found[key] = narrow(self.entries, self.facets, chosen, text)
        return self.found[key]


def catalogue_now(formats: FormatQuerySet, kind: str) -> Catalogue:
    """The catalogue of one kind of these Steckbriefe (two queries: what is public, and its topics).

    Topics are asked live, because they may be renamed without a new revision. The rest follows from
    the two answers alone, and is worked out once for equal ones.
    """
    editions = catalogue_of(formats, kind)
    return _catalogue(tuple(editions), tuple(TaggedItem.objects.on(Format).named_on_things()))


@lru_cache(16)
def _catalogue(editions: tuple[Edition, ...], tagged: tuple[tuple[int, str, str], ...]) -> Catalogue:
    topics: dict[int, set[str]] = {}
    names: dict[str, str] = {}
    for key, slug, name in tagged:
        topics.setdefault(key, set()).add(slug)
        names[slug] = name
    entries = [Entry(edition, _answers(edition, topics.get(edition.pk, set()))) for edition in editions]
    used = {slug for entry in entries for slug in entry.answers["thema"]}
    return Catalogue(
        entries,
        [
            Facet("zweck", "Zweck", tuple(Purpose.choices)),
            Facet("modus", "Modus", tuple(Mode.choices)),
            Facet("zeit", "Zeit, die Sie haben", _labels(TIMES), several=False),
            Facet("gruppe", "Gruppengröße", _labels(GROUPS), several=False),
            Facet("aufwand", "Aufwand", tuple(Effort.choices)),
            Facet("thema", "Thema", tuple((slug, names[slug]) for slug in sorted(used))),
            Facet("herkunft", "Herkunft", tuple(Provenance.choices)),
            Facet("erprobt", "Erprobung", (("ja", "erprobt, mit Beleg"), ("nein", "ohne Beleg"))),
        ],
    )


def _answers(edition: Edition, topics: set[str]) -> dict[str, set[str]]:
    format = edition.format
    return {
        "zweck": set(format.purposes),
        "modus": {format.mode},
        "zeit": times_that_fit(edition),
        "gruppe": groups_that_fit(edition),
        "aufwand": {format.effort},
        "thema": topics,
        "herkunft": {format.provenance},
        "erprobt": {"ja" if edition.is_tried else "nein"},
    }


def _labels(spans: dict[str, tuple]) -> tuple[tuple[str, str], ...]:
    return tuple((key, entry[0]) for key, entry in spans.items())


def narrow(
    entries: list[Entry], facets: list[Facet], chosen: dict[str, list[str]], text: str = ""
) -> Finding:
    """The editions that fit, and each facet with its counted options.

    Within a facet any chosen value suffices, between facets all must hold. A count answers: how
    many would remain if this value alone were chosen in its facet?
    """
    words = german_slug(text).split("-") if text else []
    readable = [entry for entry in entries if all(word in entry.edition.search_text for word in words)]
    wanted = {facet.name: set(chosen.get(facet.name, ())) for facet in facets}
    # How many facets an entry fails; a count of a facet may overlook that facet's own failure.
    failed = [
        [name for name, values in wanted.items() if values and values.isdisjoint(entry.answers[name])]
        for entry in readable
    ]
    counted = []
    for facet in facets:
        tally: dict[str, int] = {}
        for entry, names in zip(readable, failed, strict=True):
            if not names or names == [facet.name]:
                for value in entry.answers[facet.name]:
                    tally[value] = tally.get(value, 0) + 1
        options = [
            Option(facet, value, label, tally.get(value, 0), value in wanted[facet.name])
            for value, label in facet.choices
        ]
        counted.append(CountedFacet(facet, options))
    found = [entry.edition for entry, names in zip(readable, failed, strict=True) if not names]
    return Finding(found, counted)


def chips_of(counted, text: str, query: QueryDict) -> list[Chip]:
    """One removable chip per chosen value and one for the text."""
    chips = []
    if text:
        chips.append(Chip(f"„{text}“", _without(query, "q", text)))
    for entry in counted:
        chips += [
            Chip(f"{entry.facet.label}: {option.label}", _without(query, entry.facet.name, option.value))
            for option in entry.options
            if option.chosen
        ]
    return chips


def _without(query: QueryDict, name: str, value: str) -> str:
    rest = query.copy()
    rest.pop("seite", None)
    rest.setlist(name, [item for item in rest.getlist(name) if item.strip() != value])
    return rest.urlencode()
