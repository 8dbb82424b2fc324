"""The map of Germany: outlines of the Länder, quiet dots, and the places a page points out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from towns.geo import HEIGHT, WIDTH, spot_of
from towns.models import Town

OUTLINES = Path(__file__).resolve().parent / "laender.json"


@dataclass(frozen=True)
class Point:
    """A town on the map: where, how it is called, whether it takes part."""

    x: int
    y: int
    url: str
    label: str
    takes_part: bool = True


@dataclass(frozen=True)
class Frame:
    """The part of the map that is shown, in kilometres; points keep their size on the page."""

    x: int = 0
    y: int = 0
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def view_box(self) -> str:
        return f"{self.x} {self.y} {self.width} {self.height}"

    @property
    def radius(self) -> str:
        """Of a point, so that it looks the same in every frame; with a point, for drawings know no comma."""
        return f"{self.width / 80:.1f}"


WHOLE = Frame()


def frame_around(spots: Iterable[tuple[int, int]], least: int = 180) -> Frame:
    """The smallest frame in the shape of Germany that shows these spots of the map, with a margin."""
    found = list(spots)
    if not found:
        return WHOLE
    rows = [y for _, y in found]
    left, right, top, bottom = min(found)[0], max(found)[0], min(rows), max(rows)
    width = min(WIDTH, max(least, 1.2 * (right - left), 1.2 * (bottom - top) * WIDTH / HEIGHT))
    height = width * HEIGHT / WIDTH
    x = min(max(0, (left + right - width) / 2), WIDTH - width)
    y = min(max(0, (top + bottom - height) / 2), HEIGHT - height)
    return Frame(round(x), round(y), round(width), round(height))


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
            x, y = spot_of(town.latitude, town.longitude)
            found.append(Point(x, y, town.get_absolute_url(), town.label, town.is_participating))
    return found


def dots(spots: Iterable[tuple[int, int]], step: int = 2) -> str:
    """One path with a dot per spot of the map: drawn with round line ends.

    Spots in the same square of `step` kilometres share a dot; small relative steps keep it light.
    """
    squares = {(y // step, x // step) for x, y in spots}
    out, at_x, at_y = [], 0, 0
    for y, x in sorted(squares):
        out.append(f"m{(x - at_x) * step} {(y - at_y) * step}h0")
        at_x, at_y = x, y
    return "".join(out).replace(" -", "-")
