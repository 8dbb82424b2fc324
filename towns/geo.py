"""Places on the globe: distances, boxes around them, and where they lie on the house's map of Germany."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

EARTH_KM = 6371.0
KM_PER_DEGREE = 111.2

# The map: kilometres east of WEST and south of NORTH, narrowed for the latitude of its middle.
NORTH, WEST, MIDDLE = 55.15, 5.75, 51.2
WIDTH, HEIGHT = 656, 880


class Box(NamedTuple):
    """Degrees: what `TownQuerySet.within` takes."""

    south: float
    north: float
    west: float
    east: float


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """As the crow flies, by the haversine formula on a sphere (wrong by at most half a per cent)."""
    north, other_north = radians(latitude), radians(other_latitude)
    up = sin((other_north - north) / 2) ** 2
    across = sin(radians(other_longitude - longitude) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(up + cos(north) * cos(other_north) * across))


def box_around(latitude: float, longitude: float, km: float) -> Box:
    """The smallest box of degrees that holds everything within `km`; its corners lie further away."""
    up = km / KM_PER_DEGREE * 1.01
    across = up / cos(radians(min(abs(latitude) + up, 89)))
    return Box(latitude - up, latitude + up, longitude - across, longitude + across)


def place_on_map(latitude: float, longitude: float) -> tuple[float, float]:
    """Kilometres from the left and the upper edge of the map."""
    x = (longitude - WEST) * KM_PER_DEGREE * cos(radians(MIDDLE))
    return x, (NORTH - latitude) * KM_PER_DEGREE


def spot_of(latitude: float, longitude: float) -> tuple[int, int]:
    """The place on the map in whole kilometres."""
    x, y = place_on_map(latitude, longitude)
    return round(x), round(y)
