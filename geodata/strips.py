"""The narrow strips of land left between two areas. EPSG:27700 metres.

A strip is what closing the two outlines by half a width would fill, and neither covers; it must touch both,
and be long for its width. The corner where two neighbours part is as narrow at its apex, but is not long.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from geodata import segments
from geodata.crs import GRID_STEP_M, Floats
from geodata.wkb import as_multipolygon
from geodata.woven import TooComplex

# Two outlines that part at 11 degrees or more never make a strip ten times as long as it is wide.
LONG_FOR_WIDTH = 10.0
# What arithmetic leaves between edges that are the same.
TOO_NARROW_M = 2 * GRID_STEP_M
# Edges of 2 m in two outlines 2 m apart, 5,000 of each, lie near one another 100,000 times.
MOST_NEAR = 400_000


@dataclass(frozen=True)
class Strip:
    """Land between two areas: its outline, its length in metres and its mean width in metres."""

    geometry: Polygon
    length_m: float
    width_m: float

    @property
    def area_m2(self) -> float:
        return float(self.geometry.area)

    @property
    def is_long(self) -> bool:
        return self.length_m >= LONG_FOR_WIDTH * self.width_m


def between(
    one: BaseGeometry,
    other: BaseGeometry,
    width_m: float,
    taken: Sequence[BaseGeometry] = (),
    narrowest_m: float = TOO_NARROW_M,
) -> list[Strip]:
    """The strips between two valid areas, longest first, without what is `taken`.

    A strip is up to `width_m` wide, told to within a fiftieth: of 5 m, to 10 cm. Its sides are the areas' own edges,
    and it ends where it is less than `narrowest_m` wide. Raises TooComplex where too many edges face one another, or
    lie too entangled, to look between them quickly.
    """
    facing = _facing(*_unshared(one, other, width_m), width_m)
    if not len(facing):
        return []
    edges = shapely.multilinestrings(facing)
    left = _closed(shapely.line_merge(edges), width_m, narrowest_m)
    for area in (one, other, *taken):
        if not left.is_empty:
            left = shapely.difference(left, _round(area, left))
    left = _wide(left, narrowest_m)
    long = [strip for strip in map(_measured, left[~shapely.is_empty(left)]) if strip.is_long]
    shapely.prepare([one, other])
    strips = [strip for strip in long if _touch(strip.geometry, one) and _touch(strip.geometry, other)]
    shapely.prepare(edges)
    ended = [_measured(_with_straight_ends(strip.geometry, edges)) for strip in strips]
    return sorted((strip for strip in ended if strip.is_long), key=lambda strip: -strip.length_m)


def _unshared(one: BaseGeometry, other: BaseGeometry, width_m: float) -> tuple[Floats, Floats]:
    mine, theirs = (
        _within(segments.of_rings(area), near, width_m) for area, near in ((one, other), (other, one))
    )
    return mine[~segments.also_in(mine, theirs)], theirs[~segments.also_in(theirs, mine)]


def _within(found: Floats, area: BaseGeometry, width_m: float) -> Floats:
    """The segments whose boxes come within `width_m` of the area's box."""
    west, south, east, north = area.bounds
    low, high = found.min(axis=1), found.max(axis=1)
    near = (low <= (east + width_m, north + width_m)) & (high >= (west - width_m, south - width_m))
    return found[near.all(axis=1)]


def _facing(mine: Floats, theirs: Floats, width_m: float) -> NDArray[np.object_]:
    """The edges of both that come within `width_m` of one of the other's, as lines. Raises TooComplex."""
    if not len(mine) or not len(theirs):
        return np.empty(0, dtype=np.object_)
    _refuse_intricate(mine, theirs, width_m)
    lines, beyond = shapely.linestrings(mine), shapely.linestrings(theirs)
    some, others = shapely.STRtree(beyond).query(lines, predicate="dwithin", distance=width_m)
    some, others = np.unique(some), np.unique(others)
    facing = np.concatenate([mine[some], theirs[others]])
    _refuse_intricate(facing, facing, width_m)
    return np.concatenate([lines[some], beyond[others]])


def _refuse_intricate(some: Floats, others: Floats, width_m: float) -> None:
    """What buffering takes follows the pieces that lie near one another: 5,000 spikes of 300 m took 103 s."""
    if segments.near_more_than(MOST_NEAR, some, others, width_m):
        raise TooComplex("The edges are too intricate to look for gaps between them: draw simpler ones.")


def _closed(lines: BaseGeometry, width_m: float, narrowest_m: float) -> BaseGeometry:
    """What lies between lines up to `width_m` apart, and a little over; the lines themselves vanish.

    The arcs of parallel lines cross by hairs, which eroding is slow to sort out (0.6 s where it then takes 0.02):
    they are smoothed by half of what the last step adds, so that the strip still reaches its edges. GEOS itself moves
    what it buffers by up to a hundredth of the distance; so a strip's ends are told to within a fiftieth of its width.
    """
    dilated = shapely.simplify(shapely.buffer(lines, (width_m + narrowest_m) / 2), narrowest_m / 4)
    eroded = shapely.buffer(dilated, -width_m / 2 - narrowest_m)
    return shapely.buffer(eroded, narrowest_m / 2 + GRID_STEP_M, quad_segs=1)


def _wide(land: BaseGeometry, narrowest_m: float) -> NDArray[np.object_]:
    """The parts of some land, cut off where they are less than `narrowest_m` wide."""
    areas = as_multipolygon(land)
    core = shapely.buffer(areas, -narrowest_m / 2, join_style="mitre")
    opened = shapely.buffer(core, narrowest_m / 2 + GRID_STEP_M, join_style="mitre")
    parts = shapely.get_parts(shapely.intersection(areas, opened))
    return np.asarray(parts[shapely.get_dimensions(parts) == 2], dtype=np.object_)


def _round(area: BaseGeometry, place: BaseGeometry) -> BaseGeometry:
    """The area where it may cover the place: exact there, and cheap however large it is elsewhere."""
    west, south, east, north = place.bounds
    whole = area.bounds
    if west <= whole[0] and south <= whole[1] and east >= whole[2] and north >= whole[3]:
        return area
    return shapely.intersection(area, shapely.box(west - 1, south - 1, east + 1, north + 1))


def _with_straight_ends(part: Polygon, edges: BaseGeometry) -> Polygon:
    """The strip without the arcs that closing leaves at its ends: the circle that made one is free land."""
    points = shapely.get_coordinates(part.exterior)
    on_edge = shapely.dwithin(edges, shapely.points(points), GRID_STEP_M)
    straight = shapely.linearrings(points[on_edge]) if on_edge[:-1].sum() >= 3 else part.exterior
    ended = Polygon(straight, part.interiors)
    return ended if ended.is_valid else part


def _touch(part: BaseGeometry, prepared: BaseGeometry) -> bool:
    return bool(shapely.dwithin(prepared, part, GRID_STEP_M))


def _measured(part: Polygon) -> Strip:
    """A strip of length l and width w has l + w for half its outline, and l times w for its area."""
    half, area = part.length / 2, part.area
    length = (half + math.sqrt(max(half * half - 4 * area, 0.0))) / 2
    return Strip(part, length, area / length)
