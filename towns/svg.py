"""The map of Germany: outlines of the Länder, quiet dots, and the places a page points out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from towns.geo import HEIGHT, WIDTH, place_on_map
from towns.models import Town

OUTLINES = Path(__file__).resolve().parent / "laender.json"
VIEW_BOX = f"0 0 {WIDTH} {HEIGHT}"


@dataclass(frozen=True)
class Point:
    """A town on the map: where, how it is called, whether it takes part."""

    x: int
    y: int
    url: str
    label: str
    takes_part: bool = True


@dataclass(frozen=True)
class Outlines:
    """Land key → path data, with source and date of what they were drawn from."""

    paths: dict[str, str]
    source: str
    as_of: date
    method: str

    @property
    def whole(self) -> str:
        """All Länder as one path."""
        return "".join(self.paths.values())


@cache
def outlines() -> Outlines:
    data = json.loads(OUTLINES.read_text())
    as_of = date.fromisoformat(data["as_of"])
    return Outlines(data["laender"], data["source"], as_of, data["method"])


def points_of(towns: Iterable[Town]) -> list[Point]:
    """A point per town whose place is known."""
    found = []
    for town in towns:
        if town.latitude is not None and town.longitude is not None:
            x, y = place_on_map(town.latitude, town.longitude)
            url = town.get_absolute_url()
            found.append(Point(round(x), round(y), url, town.label, town.is_participating))
    return found


def dots(places: Iterable[tuple[float, float]], step: int = 2) -> str:
    """One path with a dot per (latitude, longitude): drawn with round line ends.

    Places in the same square of `step` kilometres share a dot; small relative steps keep it light.
    """
    squares = {(round(x / step), round(y / step)) for x, y in (place_on_map(*place) for place in places)}
    out, at_x, at_y = [], 0, 0
    for y, x in sorted((y, x) for x, y in squares):
        out.append(f"m{(x - at_x) * step} {(y - at_y) * step}h0".replace(" -", "-"))
        at_x, at_y = x, y
    return "".join(out)
