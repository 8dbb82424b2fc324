"""Städte wie unsere: which towns are nearest by structure, and why.

**Formula.** Four numbers describe a town: size (natural logarithm of its inhabitants), density (natural
logarithm of inhabitants per km²), location (0 sehr zentral … 3 sehr peripher, BBSR) and trend (per cent of
inhabitants per year between the first and the last year on record). Each is standardised over all
Kleinstädte: z = (x − mean) / standard deviation. The distance of two towns is

    d = √( Σ wᵢ · (zᵢ(a) − zᵢ(b))² / Σ wᵢ )

over the numbers known of both, with weights wᵢ from 0 to 3 that the reader may set. Without size there is
no distance. A Land is a badge („gleiches Landesrecht“) and no part of the distance (product.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nsmallest
from math import log, sqrt
from statistics import mean, median, pstdev

from foundation.kit.text import german_number
from towns.directory import Entry, Shelf
from towns.models import Figures, Location, Town

SIZE, DENSITY, LOCATION, TREND = "groesse", "dichte", "lage", "entwicklung"
WORDS = {SIZE: "Größe", DENSITY: "Dichte", LOCATION: "Lage", TREND: "Entwicklung"}
DEFAULT_WEIGHTS = {SIZE: 2, DENSITY: 1, LOCATION: 1, TREND: 1}
ALIKE, UNLIKE = 0.35, 1.0  # standard deviations: below one says „ähnlich“, above the other „anders“
_LOCATIONS = {value: float(place) for place, value in enumerate(Location.values)}


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared of one town; None is unknown."""

    inhabitants: int | None
    area_km2: float | None
    density: float | None
    location: str
    trend: float | None  # per cent a year

    @property
    def numbers(self) -> dict[str, float | None]:
        return {
            SIZE: log(self.inhabitants) if self.inhabitants else None,
            DENSITY: log(self.density) if self.density else None,
            LOCATION: _LOCATIONS.get(self.location),
            TREND: self.trend,
        }


@dataclass(frozen=True)
class Structure:
    """The traits of all towns of the register, standardised over the Kleinstädte among them."""

    traits: dict[int, Traits]
    scores: dict[int, dict[str, float]]
    medians: dict[str, float]
    count: int  # of Kleinstädte
    small: list[Entry]


@dataclass(frozen=True)
class Likeness:
    """A town like the one asked about: how far apart, what is alike and what is not, in words."""

    entry: Entry
    distance: float
    alike: list[str]
    unlike: list[str]
    same_land: bool


def structure_of(shelf: Shelf) -> Structure:
    """Worked out once per register (two queries)."""
    if "structure" not in shelf.memo:
        shelf.memo["structure"] = _work_out(shelf)
    return shelf.memo["structure"]


def _work_out(shelf: Shelf) -> Structure:
    areas = dict(Town.objects.current().values_list("pk", "area_km2"))
    trends = yearly_trends(Figures.objects.courses())
    traits = {}
    for entry in shelf.entries:
        area = areas.get(entry.pk)
        density = entry.inhabitants / float(area) if entry.inhabitants and area else None
        traits[entry.pk] = Traits(
            entry.inhabitants,
            float(area) if area else None,
            density,
            entry.answers["lage"],
            trends.get(entry.pk),
        )
    small = [entry for entry in shelf.entries if entry.comes_first]
    numbers = {key: found.numbers for key, found in traits.items()}
    scale = {name: _scale([numbers[entry.pk][name] for entry in small]) for name in WORDS}
    scores = {
        key: {
            name: (value - scale[name][0]) / scale[name][1]
            for name, value in found.items()
            if value is not None and scale[name] is not None
        }
        for key, found in numbers.items()
    }
    own = [traits[entry.pk] for entry in small]
    medians = {}
    for name in ("inhabitants", "area_km2", "density", "trend"):
        known = [value for found in own if (value := getattr(found, name)) is not None]
        if known:
            medians[name] = median(known)
    return Structure(traits, scores, medians, len(small), small)


def _scale(values: list[float | None]) -> tuple[float, float] | None:
    """Mean and standard deviation of the known values; None where they say nothing."""
    known = [value for value in values if value is not None]
    spread = pstdev(known) if len(known) > 1 else 0.0
    return (mean(known), spread) if spread else None


def yearly_trends(courses) -> dict[int, float]:
    """Town key → per cent a year between its first and its last known year.

    From (town key, year, inhabitants), years of each town upwards; one year alone is no trend.
    """
    first: dict[int, tuple[int, int]] = {}
    last: dict[int, tuple[int, int]] = {}
    for key, year, inhabitants in courses:
        if inhabitants:
            first.setdefault(key, (year, inhabitants))
            last[key] = year, inhabitants
    found = {}
    for key, (year, inhabitants) in last.items():
        begun, before = first[key]
        if year > begun:
            found[key] = ((inhabitants / before) ** (1 / (year - begun)) - 1) * 100
    return found


def apart(one: Mapping[str, float], other: Mapping[str, float], weights: Mapping[str, int]) -> float | None:
    """The distance of the formula; None where size is unknown or nothing counts."""
    if SIZE not in one or SIZE not in other:
        return None
    total = weight = 0.0
    for name, counts in weights.items():
        if counts and name in one and name in other:
            total += counts * (one[name] - other[name]) ** 2
            weight += counts
    return sqrt(total / weight) if weight else None


def nearest(
    shelf: Shelf,
    key: int,
    *,
    count: int,
    weights: Mapping[str, int] = DEFAULT_WEIGHTS,
    only: set[int] | None = None,
) -> list[Likeness]:
    """The towns most like this one, nearest first: Kleinstädte, or those of `only` (town keys)."""
    structure = structure_of(shelf)
    own = structure.scores.get(key)
    if own is None:
        return []
    entries = structure.small
    if only is not None:
        entries = [shelf.entries[shelf.place_of[other]] for other in only if other in shelf.place_of]
    found = (
        (distance, entry.slug, entry)
        for entry in entries
        if entry.pk != key and (distance := apart(own, structure.scores[entry.pk], weights)) is not None
    )
    return [
        _likeness(shelf, structure, key, entry, distance, weights)
        for distance, _, entry in nsmallest(count, found)
    ]


def _likeness(shelf, structure, key: int, entry: Entry, distance: float, weights) -> Likeness:
    one, other = structure.scores[key], structure.scores[entry.pk]
    mine, theirs = structure.traits[key], structure.traits[entry.pk]
    alike, unlike = [], []
    for name in WORDS:
        if not weights.get(name) or name not in one or name not in other:
            continue
        difference = other[name] - one[name]
        if abs(difference) <= ALIKE and (name != LOCATION or mine.location == theirs.location):
            alike.append(_alike(name, theirs))
        elif abs(difference) >= UNLIKE:
            unlike.append(_unlike(name, difference > 0, theirs))
    own_land = shelf.entries[shelf.place_of[key]].answers["land"]
    return Likeness(entry, distance, alike, unlike, entry.answers["land"] == own_land)


def _alike(name: str, theirs: Traits) -> str:
    return {
        SIZE: lambda: "ähnlich groß",
        DENSITY: lambda: f"ähnlich dicht besiedelt ({german_number(round(theirs.density or 0))} je km²)",
        LOCATION: lambda: f"gleiche Lage: {Location(theirs.location).label}",
        TREND: lambda: f"ähnliche Entwicklung ({per_cent(theirs.trend)} im Jahr)",
    }[name]()


def _unlike(name: str, more: bool, theirs: Traits) -> str:
    return {
        SIZE: lambda: "größer" if more else "kleiner",
        DENSITY: lambda: "dichter besiedelt" if more else "dünner besiedelt",
        LOCATION: lambda: f"andere Lage: {Location(theirs.location).label}",
        TREND: lambda: f"andere Entwicklung ({per_cent(theirs.trend)} im Jahr)",
    }[name]()


def per_cent(value: float | None) -> str:
    """`-0.42` → `−0,4 %`, `0.3` → `+0,3 %`."""
    rounded = round(value or 0, 1)
    sign = "−" if rounded < 0 else "+" if rounded > 0 else "±"
    return f"{sign}{german_number(abs(rounded))}\u00a0%"
