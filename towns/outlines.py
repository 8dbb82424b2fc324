"""Outlines of the Länder, worked out from where their municipalities lie and how large they are.

No foreign geometry: a grid of small squares is painted, each with the Land of the municipality whose
disc (its area around its coordinate) is nearest; what lies between two Länder is then drawn once, thinned
and rounded, so that neighbours share their border. The result is a sketch, not a map to measure on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from math import ceil, hypot, pi, sqrt

from towns.geo import HEIGHT, WIDTH, place_on_map

CELL = 2.5  # km, the side of a square of the grid
REACH = 14.0  # km around a disc that it can paint
SHORE = 1.2  # km beyond the nearest disc: there the country ends
SMALLEST = 9  # squares; smaller islands and exclaves are not drawn
TOLERANCE = 2.4  # km by which a thinned line may leave the true one

Point = tuple[int, int]
Cells = dict[Point, str]
OUTSIDE = ""


def outlines_of(places: Iterable[tuple[str, float, float, float]]) -> dict[str, str]:
    """Land key → path data on the house's map, from (Land key, latitude, longitude, area in km²)."""
    inside, near = _paint(places)
    smooth = _smooth(_fill_holes(inside, near))
    cells = _drop_specks(_fill_holes(smooth, near))  # smoothing can close a bay
    arcs = _arcs(cells)
    thinned = [_rounded(_thin(arc)) for arc in arcs]
    return {land: _path(rings) for land, rings in _rings(cells, arcs, thinned).items()}


def _paint(places) -> tuple[Cells, Cells]:
    """The squares of the country, and the nearest Land of all squares within reach."""
    best: dict[Point, tuple[float, str]] = {}
    for land, latitude, longitude, area in places:
        x, y = place_on_map(latitude, longitude)
        radius = sqrt(area / pi)
        span = ceil((radius + REACH) / CELL)
        column, row = int(x // CELL), int(y // CELL)
        for i in range(column - span, column + span + 1):
            for j in range(row - span, row + span + 1):
                away = hypot((i + 0.5) * CELL - x, (j + 0.5) * CELL - y) - radius
                if away <= REACH and away < best.get((i, j), (REACH + 1, ""))[0]:
                    best[i, j] = away, land
    inside = {cell: land for cell, (away, land) in best.items() if away <= SHORE}
    return inside, {cell: land for cell, (_, land) in best.items()}


def _fill_holes(inside: Cells, near: Cells) -> Cells:
    """Gaps inside the country belong to whoever is nearest; only the sea and the neighbours stay out."""
    columns, rows = ceil(WIDTH / CELL) + 2, ceil(HEIGHT / CELL) + 2
    sea, open_cells = {(-2, -2)}, [(-2, -2)]
    while open_cells:
        i, j = open_cells.pop()
        for cell in ((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1)):
            in_frame = -2 <= cell[0] <= columns and -2 <= cell[1] <= rows
            if in_frame and cell not in sea and cell not in inside:
                sea.add(cell)
                open_cells.append(cell)
    return {cell: inside.get(cell, land) for cell, land in near.items() if cell not in sea}


def _smooth(cells: Cells, rounds: int = 2) -> Cells:
    """Each square takes the Land of most of the nine around it: teeth of the grid go."""
    for _ in range(rounds):
        frame = {(i + a, j + b) for i, j in cells for a in (-1, 0, 1) for b in (-1, 0, 1)}
        smooth = {}
        for i, j in frame:
            around = (cells.get((i + a, j + b), OUTSIDE) for a in (-1, 0, 1) for b in (-1, 0, 1))
            tally = Counter(around)
            own = cells.get((i, j), OUTSIDE)
            land, most = max(tally.items(), key=lambda item: (item[1], item[0] == own, item[0]))
            if (land if most >= 5 else own) != OUTSIDE:
                smooth[i, j] = land if most >= 5 else own
        cells = smooth
    return cells


def _drop_specks(cells: Cells) -> Cells:
    """Without pieces of fewer than `SMALLEST` squares; inside the country the neighbours take them."""
    kept, seen = dict(cells), set()
    for start, land in sorted(cells.items()):
        if start in seen:
            continue
        piece, open_cells, edge = {start}, [start], Counter()
        while open_cells:
            i, j = open_cells.pop()
            for cell in ((i + 1, j), (i - 1, j), (i, j + 1), (i, j - 1)):
                other = cells.get(cell, OUTSIDE)
                if other != land:
                    edge[other] += 1
                elif cell not in piece:
                    piece.add(cell)
                    open_cells.append(cell)
        seen |= piece
        if len(piece) < SMALLEST:
            heir = max(sorted(edge), key=edge.__getitem__)
            for cell in piece:
                kept[cell] = heir
    return {cell: land for cell, land in kept.items() if land != OUTSIDE}


def _edges(cells: Cells) -> Iterable[tuple[Point, Point]]:
    """Every side of a square between two Länder (or a Land and outside), once, from corner to corner."""
    for (i, j), land in cells.items():
        if cells.get((i + 1, j), OUTSIDE) != land:
            yield (i + 1, j), (i + 1, j + 1)
        if cells.get((i, j + 1), OUTSIDE) != land:
            yield (i, j + 1), (i + 1, j + 1)
        if (i - 1, j) not in cells:
            yield (i, j), (i, j + 1)
        if (i, j - 1) not in cells:
            yield (i, j), (i + 1, j)


def _arcs(cells: Cells) -> list[list[Point]]:
    """The sides joined to lines that run from one meeting point of three areas to the next, or round."""
    links: dict[Point, set[Point]] = defaultdict(set)
    for one, other in _edges(cells):
        links[one].add(other)
        links[other].add(one)
    arcs, used = [], set()

    def walk(start: Point, second: Point) -> list[Point]:
        arc = [start, second]
        used.update({(start, second), (second, start)})
        while len(links[arc[-1]]) == 2 and arc[-1] != start:
            ahead = next(point for point in links[arc[-1]] if point != arc[-2])
            used.update({(arc[-1], ahead), (ahead, arc[-1])})
            arc.append(ahead)
        return arc

    nodes = sorted(point for point, others in links.items() if len(others) != 2)
    for point in nodes + sorted(links):
        for other in sorted(links[point]):
            if (point, other) not in used:
                arcs.append(walk(point, other))
    return arcs


def _thin(line: list[Point]) -> list[tuple[float, float]]:
    """Douglas and Peucker: the fewest corners of the line that stay within `TOLERANCE` of it."""
    points = [(x * CELL, y * CELL) for x, y in line]
    if points[0] == points[-1]:  # a round line is parted at its farthest point
        far = max(range(len(points)), key=lambda n: hypot(*_minus(points[n], points[0])))
        return _thinned(points[: far + 1])[:-1] + _thinned(points[far:])
    return _thinned(points)


def _thinned(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    keep, spans = {0, len(points) - 1}, [(0, len(points) - 1)]
    while spans:
        a, b = spans.pop()
        (x, y), (dx, dy) = points[a], _minus(points[b], points[a])
        length = hypot(dx, dy) or 1.0
        away = {n: abs((points[n][0] - x) * dy - (points[n][1] - y) * dx) / length for n in range(a + 1, b)}
        far = max(away, key=away.__getitem__, default=None)
        if far is not None and away[far] > TOLERANCE:
            keep.add(far)
            spans += [(a, far), (far, b)]
    return [points[n] for n in sorted(keep)]


def _minus(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return one[0] - other[0], one[1] - other[1]


def _rounded(line: list[tuple[float, float]]) -> list[Point]:
    """Corners cut once (Chaikin), ends kept, in whole kilometres."""
    cut = [line[0]]
    for (x, y), (u, v) in zip(line, line[1:], strict=False):
        cut += [(0.75 * x + 0.25 * u, 0.75 * y + 0.25 * v), (0.25 * x + 0.75 * u, 0.25 * y + 0.75 * v)]
    cut.append(line[-1])
    whole = [(round(x), round(y)) for x, y in cut]
    return [point for n, point in enumerate(whole) if n == 0 or point != whole[n - 1]]


def _rings(cells: Cells, arcs: list[list[Point]], thinned: list[list[Point]]) -> dict[str, list[list[Point]]]:
    """Land → its closed lines, put together from thinned arcs."""
    of_land: dict[str, list[int]] = defaultdict(list)
    for number, arc in enumerate(arcs):
        for land in sorted(_beside(cells, arc[0], arc[1]) - {OUTSIDE}):
            of_land[land].append(number)
    rings: dict[str, list[list[Point]]] = {}
    for land in sorted(of_land):
        ends: dict[Point, list[int]] = defaultdict(list)
        for number in of_land[land]:
            ends[arcs[number][0]].append(number)
            ends[arcs[number][-1]].append(number)
        left = set(of_land[land])
        rings[land] = []
        for number in of_land[land]:
            if number not in left:
                continue
            left.remove(number)
            ring, start, end = list(thinned[number]), arcs[number][0], arcs[number][-1]
            while end != start:
                number = next(other for other in ends[end] if other in left)
                left.remove(number)
                forward = arcs[number][0] == end
                piece = thinned[number] if forward else thinned[number][::-1]
                ring += piece[1:]
                end = arcs[number][-1] if forward else arcs[number][0]
            rings[land].append(ring)
    return rings


def _beside(cells: Cells, one: Point, other: Point) -> set[str]:
    """The two areas that a side parts."""
    (x, y), (u, v) = sorted((one, other))
    pair = ((x - 1, y), (x, y)) if x == u else ((x, y - 1), (x, y))
    return {cells.get(cell, OUTSIDE) for cell in pair}


def _path(rings: list[list[Point]]) -> str:
    """Path data with small relative steps."""
    out = []
    for ring in rings:
        (x, y), *rest = ring
        out.append(f"M{x} {y}l")
        steps = []
        for u, v in rest[:-1]:
            steps.append(f"{u - x} {v - y}")
            x, y = u, v
        out[-1] += " ".join(steps).replace(" -", "-") + "z"
    return "".join(out)
