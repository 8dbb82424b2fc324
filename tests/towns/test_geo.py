"""Distances and boxes on the globe, and places on the map."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from towns.geo import HEIGHT, WIDTH, box_around, distance_km, place_on_map

LATITUDES = st.floats(47.27, 55.1)
LONGITUDES = st.floats(5.8, 15.1)
BERLIN, MUENCHEN, AACHEN = (52.5200, 13.4050), (48.1372, 11.5755), (50.7753, 6.0839)


@pytest.mark.parametrize(("one", "other", "km"), [(BERLIN, MUENCHEN, 504.4), (AACHEN, BERLIN, 541.4)])
def test_distances_are_those_of_the_great_circle(one, other, km):
    """Checked against the spherical law of cosines, another way to the same number."""
    (a, b), (c, d) = ([math.radians(x) for x in place] for place in (one, other))
    cosines = 6371 * math.acos(math.sin(a) * math.sin(c) + math.cos(a) * math.cos(c) * math.cos(b - d))
    assert distance_km(*one, *other) == pytest.approx(cosines, abs=0.01)
    assert distance_km(*one, *other) == pytest.approx(km, abs=1.0)


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_a_distance_is_the_same_both_ways_and_never_negative(a, b, c, d):
    assert distance_km(a, b, c, d) == pytest.approx(distance_km(c, d, a, b), abs=1e-6)
    assert distance_km(a, b, c, d) >= 0
    assert distance_km(a, b, a, b) == 0


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES, st.sampled_from([25, 50, 100, 200]))
def test_whatever_is_within_lies_in_the_box(a, b, c, d, km):
    box = box_around(a, b, km)
    if distance_km(a, b, c, d) <= km:
        assert box.south <= c <= box.north
        assert box.west <= d <= box.east


@given(LATITUDES, LONGITUDES)
def test_all_of_germany_is_on_the_map(latitude, longitude):
    x, y = place_on_map(latitude, longitude)
    assert 0 <= x <= WIDTH
    assert 0 <= y <= HEIGHT


def test_north_is_up_and_east_is_right():
    assert place_on_map(*BERLIN)[1] < place_on_map(*MUENCHEN)[1]
    assert place_on_map(*AACHEN)[0] < place_on_map(*BERLIN)[0]
