"""Buildings along the roads, and the postcodes that their letterboxes share."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from random import Random

import shapely
from shapely import LineString, Point, Polygon, STRtree
from shapely.affinity import rotate, translate
from shapely.geometry.base import BaseGeometry

from consult.demo import gazetteer
from consult.demo.strokes import Xy

HALF_ROAD_IN_M = 6.0
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # the letters that end real postcodes


def plan_of(length: float, depth: float, rng: Random) -> Polygon:
    """A box, or a box with a wing."""
    box = shapely.box(-length / 2, -depth / 2, length / 2, depth / 2)
    if rng.random() < 0.55 or length < 12:
        return box
    wing = shapely.box(-length / 2, 0, -length / 2 + length * 0.35, depth * rng.uniform(0.8, 1.2))
    return box.union(wing)


def frontage(line: LineString, gap: Callable[[Point], float], set_back: float, rng: Random) -> list[Polygon]:
    """Buildings on both sides of a road, turned to face it."""
    found = []
    for side in (-1, 1):
        along = rng.uniform(8, 22)
        while along < line.length - 8:
            here, ahead = line.interpolate(along), line.interpolate(along + 2)
            heading = math.atan2(ahead.y - here.y, ahead.x - here.x)
            space = gap(here)
            length = min(48.0, max(9.0, space * rng.uniform(0.4, 0.85)))
            depth = rng.uniform(8, 11.5)
            away = side * (set_back + depth / 2 + rng.uniform(0, 3))
            turned = rotate(plan_of(length, depth, rng), heading + (math.pi if side > 0 else 0), (0, 0), True)
            x, y = here.x - away * math.sin(heading), here.y + away * math.cos(heading)
            found.append(translate(turned, x, y))
            along += space * rng.uniform(0.95, 1.35)
    return found


def gap_in_town(here: Point) -> float:
    """Terraces stand close in the middle, villas far apart at the edge."""
    far: float = here.distance(Point(gazetteer.TOWN_CENTRE))
    return 46 + 30 * min(1.5, far / 1500)


def gap_in_village(here: Point) -> float:
    return 52.0


def standing(
    candidates: Sequence[Polygon], roads: Sequence[LineString], barred: BaseGeometry
) -> list[Polygon]:
    """Those that are clear of roads, water, greens and of one another."""
    carriageways = STRtree([road.buffer(HALF_ROAD_IN_M) for road in roads])
    blocked = set(carriageways.query(candidates, predicate="intersects")[0].tolist())
    shapely.prepare(barred)
    blocked |= set(shapely.intersects(candidates, barred).nonzero()[0].tolist())
    close = STRtree(candidates).query(candidates, predicate="dwithin", distance=4.0).T.tolist()
    for one, other in sorted(close):
        if one < other and one not in blocked:
            blocked.add(other)
    return [shape for place, shape in enumerate(candidates) if place not in blocked]


def landmark(length: float, depth: float, rng: Random) -> Polygon:
    """A church, a school or a works: bigger than its neighbours and at its own angle."""
    nave = shapely.box(-length / 2, -depth / 2, length / 2, depth / 2)
    crossing = shapely.box(-length * 0.1, -depth * 0.95, length * 0.12, depth * 0.95)
    return rotate(nave.union(crossing), rng.uniform(-40, 40), (0, 0))


def nearest_plot(shape: Polygon, wanted: Xy, taken: Sequence[BaseGeometry]) -> Polygon:
    """The shape set down as near to the place wanted as there is room for it."""
    for far in range(0, 600, 15):
        for turn in range(0, 360, 30):
            x = wanted[0] + far * math.cos(math.radians(turn))
            y = wanted[1] + far * math.sin(math.radians(turn))
            here = translate(shape, x, y)
            if not any(here.intersects(other) for other in taken):
                return here
    return translate(shape, *wanted)


def farmyard(at: Point, rng: Random) -> list[Polygon]:
    """A house and two barns round a yard."""
    plans = [shapely.box(-8, 14, 8, 24), shapely.box(-22, -12, -11, 16), shapely.box(10, -18, 40, -4)]
    turn = rng.uniform(0, 360)
    return [translate(rotate(plan, turn, (0, 0)), at.x, at.y) for plan in plans]


def frontages(
    roads: Iterable[tuple[LineString, float]], gap: Callable[[Point], float], rng: Random
) -> list[Polygon]:
    return [shape for line, set_back in roads for shape in frontage(line, gap, set_back, rng)]


def sector_of(at: Point) -> str:
    """TB1 for the town, a sector to each side of the cross; TB2 for villages in the west, TB3 in the east."""
    east, north = at.x - gazetteer.TOWN_CENTRE[0], at.y - gazetteer.TOWN_CENTRE[1]
    quarter = 1 + (east > 0) + 2 * (north < 0)
    if math.hypot(east, north) < 2300:
        return f"{gazetteer.POSTCODE_AREA}1 {quarter}"
    return f"{gazetteer.POSTCODE_AREA}{3 if east > 0 else 2} {quarter + 4}"


def postcodes(buildings: Sequence[Polygon], rng: Random) -> list[tuple[str, Point]]:
    """One postcode for every few buildings, at the whole metre nearest to a front door."""
    endings = [one + other for one in LETTERS for other in LETTERS]
    rng.shuffle(endings)
    free: dict[str, list[str]] = {}
    found = []
    for building in buildings[::3]:
        at = Point(round(building.centroid.x), round(building.centroid.y))
        sector = sector_of(at)
        found.append((sector + free.setdefault(sector, list(endings)).pop(), at))
    return found
