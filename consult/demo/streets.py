"""Roads: main ones and lanes by hand, the town's streets by halving blocks until they are small."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

import shapely
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import split, substring

from consult.demo import gazetteer
from consult.demo.strokes import Xy, displaced, rounded, trail


def joined_up(line: LineString, earlier: Sequence[LineString]) -> LineString:
    """Each end is moved onto the nearest road laid before, when one is close."""
    points = list(line.coords)
    for end in (0, -1):
        here = Point(points[end])
        near = min(earlier, key=here.distance, default=None)
        if near is not None and near.distance(here) < 180:
            points[end] = near.interpolate(near.project(here)).coords[0]
    return LineString(points)


def laid(
    drawn: dict[str, list[Xy]], ratio: float, seed: str, earlier: Sequence[LineString]
) -> dict[str, LineString]:
    roads: dict[str, LineString] = {}
    for name, points in drawn.items():
        line = trail(points, Random(f"{seed}:{name}"), ratio)
        roads[name] = joined_up(line, [*earlier, *roads.values()])
    return roads


LARGEST_GREEN_IN_M2 = 46_000
LARGEST_SITE_IN_M2 = 26_000


@dataclass
class Blocks:
    """The town as its streets divide it."""

    streets: list[LineString] = field(default_factory=list)
    greens: dict[str, Polygon] = field(default_factory=dict)
    sites: dict[str, Polygon] = field(default_factory=dict)


def cut_across(block: Polygon, rng: Random) -> LineString:
    """A slightly bowed line over the middle of the block, across its longer side."""
    corners = list(block.minimum_rotated_rectangle.exterior.coords)
    if math.dist(corners[0], corners[1]) < math.dist(corners[1], corners[2]):
        corners = [*corners[1:], corners[1]]
    a, b, c, d = corners[:4]
    share = rng.uniform(0.4, 0.6)
    skew = rng.uniform(-0.06, 0.06)
    start = (a[0] + (b[0] - a[0]) * (share + skew), a[1] + (b[1] - a[1]) * (share + skew))
    end = (d[0] + (c[0] - d[0]) * (share - skew), d[1] + (c[1] - d[1]) * (share - skew))
    bowed = rounded([start, displaced(start, end, rng.uniform(-0.09, 0.09)), end], 2)
    (ax, ay), (bx, by) = bowed[0], bowed[-1]
    dx, dy = (bx - ax) * 0.02, (by - ay) * 0.02
    return LineString([(ax - dx, ay - dy), *bowed, (bx + dx, by + dy)])


def small_enough(block: Polygon) -> float:
    """Blocks are tight round the market cross and loose at the edge."""
    far: float = block.centroid.distance(Point(gazetteer.TOWN_CENTRE))
    return 12_000 + 22_000 * min(1.0, far / 1500)


def held_open(block: Polygon, blocks: Blocks) -> bool:
    """A block round a green or a site stays whole once it is about the size of one."""
    if block.area > LARGEST_GREEN_IN_M2:
        return False
    shapely.prepare(block)
    for name, _, at in gazetteer.TOWN_GREENS:
        if block.contains(Point(at)):
            blocks.greens[name] = block
            return True
    for _, reference, _, at, reach in gazetteer.HOUSING_SITES:
        if not reach and block.area < LARGEST_SITE_IN_M2 and block.contains(Point(at)):
            blocks.sites[reference] = block
            return True
    return False


def subdivide(block: Polygon, rng: Random, blocks: Blocks) -> None:
    if held_open(block, blocks) or block.area < small_enough(block) * rng.uniform(0.75, 1.5):
        return
    cut = cut_across(block, rng)
    halves = [half for half in split(block, cut).geoms if half.area > 400]
    if len(halves) < 2:
        return
    street = cut.intersection(block)
    blocks.streets += [part for part in getattr(street, "geoms", [street]) if part.length > 30]
    for half in halves:
        subdivide(half, rng, blocks)


def town_blocks(
    built_up: Polygon, roads: Sequence[LineString], kept_clear: BaseGeometry, rng: Random
) -> Blocks:
    lines = shapely.union_all([built_up.exterior, *roads], grid_size=0.001)
    blocks = Blocks()
    for face in shapely.polygonize([lines]).geoms:
        if not built_up.contains(face.representative_point()):
            continue
        dry = face.difference(kept_clear)
        for part in getattr(dry, "geoms", [dry]):
            if part.area > 3_000:
                subdivide(part, rng, blocks)
    return blocks


def street_names(rng: Random) -> Iterator[str]:
    """Invented names without end and without repeats."""
    stems, kinds = list(gazetteer.STREET_STEMS), list(gazetteer.STREET_TYPES)
    rng.shuffle(stems)
    for turn in range(len(kinds)):
        for place, stem in enumerate(stems):
            yield f"{stem} {kinds[(place + turn * 3) % len(kinds)]}"


def side_way(centre: Xy, through: LineString, rng: Random) -> LineString:
    """A short way that leaves a village's road at about a right angle."""
    along = through.project(Point(centre)) + rng.choice((-1, 1)) * rng.uniform(45, 230)
    here, ahead = through.interpolate(along), through.interpolate(along + 4)
    heading = math.atan2(ahead.y - here.y, ahead.x - here.x) + rng.choice((-1, 1)) * rng.uniform(1.25, 1.85)
    far = rng.uniform(90, 210)
    end = (here.x + far * math.cos(heading), here.y + far * math.sin(heading))
    return trail([(here.x, here.y), end], rng, 0.16, 70)


def village_ways(centre: Xy, through: Sequence[LineString], rng: Random) -> list[LineString]:
    """A handful of ways off the roads through the village, clear of one another."""
    passing = [line for line in through if line.distance(Point(centre)) < 40]
    ways: list[LineString] = []
    for _ in range(14):
        way = side_way(centre, rng.choice(passing), rng)
        beyond = substring(way, 40, way.length)
        if len(ways) < 5 and all(beyond.distance(line) > 38 for line in [*passing, *ways]):
            ways.append(way)
    return ways
