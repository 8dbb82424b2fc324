"""The map: outlines computed from municipalities, quiet dots, and towns as links beside an equal list."""

import gzip
import json
import random
import re

import pytest
from django.core.management import CommandError, call_command

from tests.builders import make_participating_town, make_register, make_town
from towns.geo import place_on_map, spot_of
from towns.models import LAENDER, Town
from towns.outlines import outlines_of
from towns.svg import OUTLINES, dots, frame_around, outlines

# Two invented Länder side by side, each of sixteen discs of 20 km across.
WEST = [("01", 52 + 0.15 * n, 9 + 0.2 * m, 400.0) for n in range(4) for m in range(4)]
EAST = [("02", 52 + 0.15 * n, 9.8 + 0.2 * m, 400.0) for n in range(4) for m in range(4)]


def corners(path):
    """The points of a path with relative steps."""
    for ring in path.split("M")[1:]:
        start, steps = ring.rstrip("z").split("l")
        x, y = map(int, start.split())
        yield x, y
        numbers = [int(n) for n in re.findall(r"-?\d+", steps)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            yield x, y


def test_neighbours_share_their_border():
    drawn = outlines_of(WEST + EAST)
    west, east = set(corners(drawn["01"])), set(corners(drawn["02"]))
    assert len(west & east) >= 3
    assert max(x for x, _ in west) < max(x for x, _ in east)


def test_a_land_is_where_its_municipalities_are():
    alone = set(corners(outlines_of(WEST)["01"]))
    moved = set(corners(outlines_of([(land, a + 1, b, c) for land, a, b, c in WEST])["01"]))
    up = min(y for _, y in alone) - min(y for _, y in moved)
    assert up == pytest.approx(111, abs=4)


def test_specks_are_not_drawn():
    speck = ("03", 54.5, 7.0, 3.0)
    assert outlines_of([*WEST, speck]).keys() == {"01"}


def test_the_file_draws_all_sixteen_with_source_and_date():
    data = json.loads(OUTLINES.read_text())
    assert data["laender"].keys() == LAENDER.keys()
    assert "Destatis" in data["source"]
    assert data["as_of"] == "2023-03-31"
    assert OUTLINES.stat().st_size < 20_000
    for path in outlines().paths.values():
        assert all(0 <= x <= 656 and 0 <= y <= 880 for x, y in corners(path))


@pytest.mark.django_db
def test_drawing_needs_a_register_with_all_laender():
    with pytest.raises(CommandError, match="importtowns"):
        call_command("drawlaender")
    make_register()
    make_town("Adorf", ags="01001000", latitude=54.0, longitude=9.0)
    with pytest.raises(CommandError, match="16"):
        call_command("drawlaender")


def test_dots_in_one_square_are_one_and_the_path_leads_back_to_them():
    places = [(52.0, 10.0), (52.0, 10.001), (50.0, 8.0)]
    path = dots(spot_of(*place) for place in places)
    assert path.count("h0") == 2
    at, found = [0, 0], []
    for dx, dy in re.findall(r"m(-?\d+) ?(-?\d+)h0", path):
        at = [at[0] + int(dx), at[1] + int(dy)]
        found.append(tuple(at))
    assert found == [(296, 350), (156, 572)]


def test_no_places_are_an_empty_path():
    assert dots([]) == ""


@pytest.mark.django_db
def test_participants_are_links_and_all_others_one_path(client):
    make_participating_town("Auenlinden", latitude=52.0, longitude=10.0)
    make_participating_town("Ortlos")
    make_town("Nebenan", latitude=51.0, longitude=10.0)
    html = client.get("/staedte/karte/").content.decode()
    svg = html.split('<svg class="map')[1].split("</svg>")[0]
    assert re.findall(r'<a href="([^"]+)"', svg) == ["/staedte/auenlinden/"]
    assert svg.count("h0") == 2  # Auenlinden, too, is one of the places
    listed = html.split('id="dabei"')[1].split('id="laender"')[0]
    assert re.findall(r'href="([^"]+)">', listed) == ["/staedte/auenlinden/", "/staedte/ortlos/"]
    assert '<a href="/staedte/?land=brandenburg">Brandenburg</a>' in html


@pytest.mark.django_db
def test_the_map_of_eleven_thousand_towns_stays_under_a_hundred_kilobytes(client):
    dice = random.Random(7)
    first = make_participating_town("Auenlinden", latitude=52.0, longitude=10.0)
    Town.objects.bulk_create(
        Town(
            name=f"Ort {n}",
            slug=f"ort-{n}",
            official_name=f"Ort {n}",
            kind="64",
            land=first.land,
            valid_from=first.valid_from,
            is_demo=True,
            latitude=dice.uniform(47.5, 54.8),
            longitude=dice.uniform(6.2, 14.8),
        )
        for n in range(11_000)
    )
    html = client.get("/staedte/karte/").content
    assert html.count(b"h0") > 10_000
    assert len(gzip.compress(html)) < 100_000
    assert len(gzip.compress(client.get("/staedte/").content)) < 20_000


def test_a_frame_holds_its_places_and_stays_on_the_map():
    zwoenitz, aachen = (50.63, 12.81), (50.78, 6.08)
    near = frame_around([spot_of(*zwoenitz)])
    assert (near.width, near.height) == (180, 241)
    for places in ([zwoenitz], [aachen], [zwoenitz, aachen]):
        frame = frame_around(spot_of(*place) for place in places)
        assert 0 <= frame.x <= frame.x + frame.width <= 656
        assert 0 <= frame.y <= frame.y + frame.height <= 880
        for x, y in (place_on_map(*place) for place in places):
            assert frame.x <= x <= frame.x + frame.width
            assert frame.y <= y <= frame.y + frame.height
    assert frame_around([]).view_box == "0 0 656 880"
