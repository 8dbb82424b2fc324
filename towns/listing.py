"""One reading of the directory: what was asked in the address, and which towns answer to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.urls import reverse

from foundation.kit.text import german_number, german_slug
from towns.directory import (
    DEFAULT_RADIUS,
    Entry,
    Shelf,
    Voices,
    facets_of,
    in_order,
    near,
    shelf,
    taking_part,
    voices,
)
from towns.facets import Chip, CountedFacet, bits_of, chips_of, narrow, places_of, without
from towns.forms.directory import DirectoryForm
from towns.models import LAENDER, Direction, SizeClass, Town
from towns.svg import WHOLE, Frame, Outlines, Point, dots, frame_around

MOST_CANDIDATES = 12
MOST_POINTS = 300  # links on a map; the others are dots
MOST_DOTS = 2_500  # of a filtered list; all dots of Germany stand on the map's own page


@dataclass(frozen=True)
class Row:
    """A town of the list with what it says of itself, and how far it lies from the place asked for."""

    town: Town
    takes_part: bool
    distance: str
    topics: list[str]
    offers: int
    seeks: int


@dataclass(frozen=True)
class Listing:
    """All towns that answer to the address, in order, with the filter as it stands."""

    shelf: Shelf
    voices: Voices
    text: str
    order: str
    counted: list[CountedFacet]
    chips: list[Chip]
    found: int  # the answer as a set, and in order
    places: list[int]
    origin: Entry | None
    candidates: list[Entry]  # who may be meant by „Entfernung von“, if several may
    asked_from: str
    radius: str
    away: dict[int, float]

    @property
    def total(self) -> int:
        return len(self.shelf)

    @property
    def is_filtered(self) -> bool:
        return bool(self.chips)

    def rows(self, places: Iterable[int], user) -> list[Row]:
        """The rows of one page of the list (one query)."""
        entries = [(place, self.shelf.entries[place]) for place in places]
        towns = Town.objects.visible_to(user).with_list_details().in_bulk([entry.pk for _, entry in entries])
        return [self._row(place, towns[entry.pk]) for place, entry in entries if entry.pk in towns]

    def _row(self, place: int, town: Town) -> Row:
        offers = self.voices.offers.get(town.pk, {})
        return Row(
            town,
            town.pk in self.voices.since,
            kilometres(self.away[place]) if place in self.away else "",
            [name for _, name in self.voices.topics.get(town.pk, ())],
            offers.get(Direction.OFFERS, 0),
            offers.get(Direction.SEEKS, 0),
        )

    def points(self, places: Iterable[int]) -> list[Point]:
        """These places, and as many teilnehmende Städte of the whole list as a map can bear, as links."""
        part = places_of(self.found & taking_part(self.shelf, self.voices), len(self.shelf))
        wanted = dict.fromkeys([*places, *part[:MOST_POINTS]])
        found = [point for place in wanted if (point := self._point(place))]
        return sorted(found, key=lambda point: point.takes_part)  # what is drawn last lies on top

    def _point(self, place: int) -> Point | None:
        spot, entry = self.shelf.spots[place], self.shelf.entries[place]
        return spot and Point(*spot, town_url(entry), entry.label, entry.pk in self.voices.since)

    @cached_property
    def _spots(self) -> list[tuple[int, int]]:
        spots = self.shelf.spots
        return [spots[place] for place in self.places if spots[place]]

    def frame(self) -> Frame:
        """The part of the map where the whole filtered list lies."""
        return frame_around(self._spots) if self.is_filtered else WHOLE

    def quiet_dots(self) -> str:
        """The rest of a filtered list as one path; empty where it would weigh too much."""
        return dots(self._spots) if self.is_filtered and len(self.places) <= MOST_DOTS else ""

    def data(self) -> Iterator[dict[str, Any]]:
        """The whole list as plain values, for CSV and JSON; names are German, as in the addresses."""
        for place in self.places:
            entry = self.shelf.entries[place]
            offers = self.voices.offers.get(entry.pk, {})
            size, answers = entry.answers["groesse"], entry.answers
            yield {
                "name": entry.label,
                "ags": entry.ags,
                "plz": entry.postcode,
                "land": self.shelf.laender[answers["land"]],
                "kreis": self.shelf.districts.get(answers["kreis"], ("",))[0],
                "einwohner": entry.inhabitants,
                "breitengrad": entry.place[0] if entry.place else None,
                "laengengrad": entry.place[1] if entry.place else None,
                "groessenklasse": SizeClass(int(size)).label if size.isdecimal() else None,
                "kleinstadt": answers["kleinstadt"] == "ja",
                "teilnehmend_seit": self.voices.since.get(entry.pk),
                "bietet": offers.get(Direction.OFFERS, 0),
                "sucht": offers.get(Direction.SEEKS, 0),
                "themen": [name for _, name in self.voices.topics.get(entry.pk, ())],
                "entfernung_km": round(self.away[place], 1) if place in self.away else None,
                "adresse": settings.SITE_URL + town_url(entry),
            }


def listing_of(query: QueryDict) -> Listing:
    """The directory as the address asks for it; raises `BadRequest` for values that nobody offers."""
    shelf_, voices_ = shelf(), voices()
    facets = facets_of(shelf_, voices_, query.getlist("land"), query.getlist("kreis"))
    form = DirectoryForm(query, facets=facets)
    if not form.is_valid():
        raise BadRequest("Unknown filter value")
    text, asked = form.cleaned_data["q"], form.cleaned_data["von"]
    meant = shelf_.named(asked)
    origin = meant[0] if len(meant) == 1 else None
    radius = form.cleaned_data["umkreis"] or (DEFAULT_RADIUS if origin else "")
    away = near(shelf_, origin, float(radius)) if origin else {}
    everything = shelf_.matching(text)
    if origin:
        everything &= bits_of(away, len(shelf_))
    found, counted = narrow(everything, facets, form.chosen())
    order = form.cleaned_data["sortierung"]
    chips = chips_of(counted, query)
    if origin:
        label = f"bis {radius} km um {origin.label}"
        chips.insert(0, Chip(label, _without_origin(query)))
    if text:
        chips.insert(0, Chip(f"„{text}“", without(query, "q")))
    return Listing(
        shelf_,
        voices_,
        text,
        order,
        counted,
        chips,
        found,
        in_order(shelf_, voices_, found, order, text, away),
        origin,
        meant[:MOST_CANDIDATES] if origin is None else [],
        asked,
        radius,
        away,
    )


@dataclass(frozen=True)
class LandMark:
    """A Land of the map with its outline, and how many towns it has and how many of them take part."""

    name: str
    url: str
    outline: str
    count: int
    taking_part: int


def land_marks(shelf: Shelf, participants: Iterable[Town], outlines: Outlines) -> list[LandMark]:
    """The Länder of the register by alphabet, as links into the directory."""
    here = Counter(town.land.slug for town in participants)
    keys = {german_slug(name): key for key, (name, _) in LAENDER.items()}
    return [
        LandMark(
            name,
            f"{_base()}?land={slug}",
            outlines.paths.get(keys.get(slug, ""), ""),
            shelf.sets["land"][slug].bit_count(),
            here[slug],
        )
        for slug, name in shelf.laender.items()
    ]


def all_dots(shelf: Shelf) -> str:
    """All of the register as one path, worked out once per register."""
    if "dots" not in shelf.memo:
        shelf.memo["dots"] = dots(spot for spot in shelf.spots if spot)
    return shelf.memo["dots"]


def _without_origin(query: QueryDict) -> str:
    rest = query.copy()
    for name in ("von", "umkreis", "seite"):
        rest.pop(name, None)
    if rest.get("sortierung") == "entfernung":
        rest.pop("sortierung")
    return rest.urlencode()


def town_url(entry: Entry) -> str:
    return _base() + entry.slug + "/"


def _base() -> str:
    return reverse("towns:town_list")


def kilometres(km: float) -> str:
    """`12 km`, below ten with one decimal."""
    return f"{german_number(round(km, 1) if km < 10 else round(km))} km"
