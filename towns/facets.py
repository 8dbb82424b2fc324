"""Facets over bit sets: which towns remain, and how many each further choice would leave.

A set of towns is one whole number, bit n standing for the town at place n of the shelf. Intersecting and
counting eleven thousand of them takes microseconds, so every count is exact and costs no query.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def bits_of(places: Iterable[int], size: int) -> int:
    """The set of these places as one number."""
    packed = bytearray(size // 8 + 1)
    for place in places:
        packed[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(packed, "little")


_FLAGS = bytes.maketrans(b"01", b"\x00\x01")


def places_of(bits: int, size: int, order: Sequence[int] | None = None) -> list[int]:
    """The places in the set, in the order given, else upwards."""
    flags = f"{bits:0{size}b}"[::-1].encode().translate(_FLAGS)
    if order is None:
        return list(compress(range(size), flags))
    return list(compress(order, map(flags.__getitem__, order)))


@dataclass(frozen=True)
class Facet:
    """One question of the filter; several values are joined by "or", otherwise there is one choice."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    sets: Mapping[str, int]
    several: bool = True


@dataclass(frozen=True)
class Option:
    """One value of a facet with the number of towns it would leave, all else unchanged."""

    facet: Facet
    value: str
    label: str
    count: int
    chosen: bool

    @property
    def html(self) -> SafeString:
        """Its check box, or its line of a select, with label and count."""
        if not self.facet.several:
            chosen = " selected" if self.chosen else ""
            start, end = _line(self.value, self.label)
            return mark_safe(f"{start}{chosen}{end} ({self.count})</option>")  # noqa: S308
        start, middle = _box(self.facet.name, self.value, self.label)
        quiet = "" if self.count or self.chosen else " facet__option--empty"
        checked = " checked" if self.chosen else ""
        # The pieces are escaped, the rest is ours or a number.
        whole = f'<label class="facet__option{quiet}">{start}{checked}{middle}{self.count}</span></label>'
        return mark_safe(whole)  # noqa: S308


@lru_cache(2_000)
def _box(name: str, value: str, label: str) -> tuple[SafeString, SafeString]:
    return (
        format_html('<input type="checkbox" name="{}" id="{}-{}" value="{}"', name, name, value, value),
        format_html('> <span>{}</span> <span class="facet__count">', label),
    )


@lru_cache(2_000)
def _line(value: str, label: str) -> tuple[SafeString, SafeString]:
    return format_html('<option value="{}"', value), format_html(">{}", label)


@dataclass(frozen=True)
class CountedFacet:
    facet: Facet
    options: list[Option]

    @property
    def html(self) -> SafeString:
        return mark_safe("\n".join(option.html for option in self.options))  # noqa: S308


@dataclass(frozen=True)
class Chip:
    """A chosen value and the query string of the page without it."""

    label: str
    query: str


def narrow(
    everything: int, facets: list[Facet], chosen: Mapping[str, list[str]]
) -> tuple[int, list[CountedFacet]]:
    """The set that fits, and each facet with its counted options.

    Within a facet any chosen value suffices, between facets all must hold. A count answers: how many
    would remain if this value alone were chosen in its facet?
    """
    wanted = {}
    for facet in facets:
        if values := chosen.get(facet.name):
            wanted[facet.name] = 0
            for value in values:
                wanted[facet.name] |= facet.sets.get(value, 0)
    found = everything
    for bits in wanted.values():
        found &= bits
    counted = []
    for facet in facets:
        base = found
        if facet.name in wanted:
            base = everything
            for name, bits in wanted.items():
                if name != facet.name:
                    base &= bits
        picked = set(chosen.get(facet.name, ()))
        options = [
            Option(facet, value, label, (base & facet.sets.get(value, 0)).bit_count(), value in picked)
            for value, label in facet.choices
        ]
        counted.append(CountedFacet(facet, options))
    return found, counted


def chips_of(counted: list[CountedFacet], query: QueryDict) -> list[Chip]:
    """One removable chip per chosen value of a facet."""
    return [
        Chip(f"{entry.facet.label}: {option.label}", without(query, entry.facet.name, option.value))
        for entry in counted
        for option in entry.options
        if option.chosen
    ]


def without(query: QueryDict, name: str, value: str | None = None) -> str:
    """The query string without this value (or, without one, this name), back on the first page."""
    rest = query.copy()
    rest.pop("seite", None)
    kept = [item for item in rest.getlist(name) if value is not None and item.strip() != value]
    rest.setlist(name, kept)
    return rest.urlencode()
