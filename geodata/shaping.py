"""What the editor's buttons do to an area, worked out exactly. EPSG:27700 metres, to the millimetre.

Every function takes valid areas, answers a valid one, and raises CannotShape when the person has to do
something else first.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geodata import segments, strips
from geodata.coordinates import GRID
from geodata.crs import GRID_STEP_M, snapped
from geodata.giving_way import NothingLeft, cut_back
from geodata.register import OVERLAP_WIDTH_M
from geodata.widths import wider_than
from geodata.wkb import as_multipolygon, is_finite, is_valid
from geodata.woven import MOST_CROSSINGS, TooComplex

MOST_LINE_POINTS = 1_000
MOST_CUTS = 1_000
# Each hole that joining would leave is asked about on its own.
MOST_HOLES = 1_000
WIDEST_GAP_M = 20.0


class CannotShape(ValueError):
    """The area cannot be shaped so. `str(error)` is one plain sentence."""


def cut(shape: BaseGeometry, line: BaseGeometry) -> tuple[MultiPolygon, ...]:
    """The pieces, largest first, into which a line cuts an area; a part that it does not cross is a piece.

    Pieces on either side of the line share its points exactly. Raises CannotShape.
    """
    area = _area(shape)
    _refuse_tangled(area, line)
    noded = shapely.union_all([shapely.boundary(area), line], grid_size=GRID_STEP_M)
    faces = shapely.get_parts(shapely.polygonize([noded]))
    pieces = faces[shapely.intersects(area, shapely.point_on_surface(faces))]
    pieces = pieces[~shapely.is_empty(shapely.buffer(pieces, -GRID_STEP_M, quad_segs=2))]
    if len(pieces) <= len(area.geoms):
        raise CannotShape(
            "The line does not cut the area in two: begin it outside, cross the area and end outside again."
        )
    return tuple(MultiPolygon([piece]) for piece in sorted(pieces, key=lambda piece: -float(piece.area)))


def join(shapes: Sequence[BaseGeometry]) -> MultiPolygon:
    """Several areas as one. Parts that touch become one part; parts that do not stay parts.

    Where two parts lie along one another with a slit less than 1 m wide between them, the slit goes too.
    Raises CannotShape.
    """
    if not shapes:
        raise CannotShape("Choose the parts to join first.")
    parts = [part for shape in shapes for part in _area(shape).geoms]
    _refuse_woven(parts, MOST_HOLES)
    whole = shapely.union_all([*parts, *_slits(parts)], grid_size=GRID_STEP_M)
    return _kept(_without_new_slivers(as_multipolygon(whole), parts))


def add_hole(shape: BaseGeometry, hole: BaseGeometry) -> MultiPolygon:
    """The area with a hole in it, or with a hole made larger. Raises CannotShape."""
    area, cut_out = _area(shape), _area(hole)
    _refuse_woven([area, cut_out])
    filled = shapely.union_all([Polygon(part.exterior) for part in area.geoms])
    if not shapely.contains_properly(filled, cut_out):
        raise CannotShape("The hole is not wholly inside the area: draw it clear of the outline.")
    if not shapely.relate_pattern(area, cut_out, "T********"):
        raise CannotShape("There is a hole there already.")
    return _kept(shapely.difference(area, cut_out, grid_size=GRID_STEP_M))


def fill_hole(shape: BaseGeometry, at: tuple[float, float]) -> MultiPolygon:
    """The area without the hole that contains a point (easting, northing). Raises CannotShape."""
    area, point = _area(shape), Point(at)
    holes = [Polygon(ring) for part in area.geoms for ring in part.interiors]
    chosen = [hole for hole in holes if hole.intersects(point)]
    if not chosen or shapely.contains_properly(area, point):
        raise CannotShape("There is no hole at that place: choose a point inside a hole.")
    smallest = min(chosen, key=lambda hole: float(hole.area))
    return _kept(shapely.union(area, smallest, grid_size=GRID_STEP_M))


def add_part(shape: BaseGeometry, part: BaseGeometry) -> MultiPolygon:
    """The area with another part, which becomes one with those that it touches. Raises CannotShape."""
    area, more = _area(shape), _area(part)
    _refuse_woven([area, more], MOST_HOLES)
    if shapely.covers(area, more):
        raise CannotShape("The area covers that part already.")
    return join([area, more])


def remove_part(shape: BaseGeometry, at: tuple[float, float]) -> MultiPolygon:
    """The area without the part that contains a point (easting, northing). Raises CannotShape."""
    area, point = _area(shape), Point(at)
    left = [part for part in area.geoms if not part.intersects(point)]
    if len(left) == len(area.geoms):
        raise CannotShape("There is no part at that place: choose a point inside the part.")
    if not left:
        raise CannotShape(
            "This is the only part, so it cannot be taken away: delete the whole outline instead."
        )
    return MultiPolygon(left)


def move(shape: BaseGeometry, east_m: float, north_m: float) -> MultiPolygon:
    """The whole area moved so many metres east and north. Raises CannotShape."""
    if not np.isfinite([east_m, north_m]).all():
        raise CannotShape("The distance to move is not a number: give metres east and metres north.")
    moved = affinity.translate(_area(shape), east_m, north_m)
    if not GRID.holds(shapely.get_coordinates(moved)):
        raise CannotShape("The area would be moved out of Great Britain: move it less far.")
    return as_multipolygon(snapped(moved))


def give_way(shape: BaseGeometry, neighbours: Sequence[BaseGeometry]) -> MultiPolygon:
    """The area cut back to its neighbours: nothing at all is shared afterwards.

    Scraps less than 1 m wide that the cut leaves behind are dropped. Raises CannotShape.
    """
    area, others = _area(shape), [_area(neighbour) for neighbour in neighbours]
    _refuse_woven([area, *others])
    try:
        return cut_back(area, others, OVERLAP_WIDTH_M)
    except NothingLeft as nothing:
        raise CannotShape(
            "The area lies wholly within its neighbours, so nothing would be left: draw it again."
        ) from nothing


def close_gaps(shape: BaseGeometry, neighbours: Sequence[BaseGeometry], width_m: float) -> MultiPolygon:
    """The area drawn out to its neighbours across strips up to `width_m` wide (at most 20). Raises CannotShape."""
    if not 0 < width_m <= WIDEST_GAP_M:
        raise CannotShape(f"Choose a width of more than 0 and at most {WIDEST_GAP_M:.0f} metres.")
    area, others = _area(shape), [_area(neighbour) for neighbour in neighbours]
    _refuse_woven([area, *others])
    others = [other for other in others if shapely.dwithin(area, other, width_m)]
    gaps = [
        strip.geometry
        for other in others
        for strip in _strips(area, other, width_m, [each for each in others if each is not other])
    ]
    if not gaps:
        raise CannotShape(f"There is no gap of up to {width_m:g} metres between the area and its neighbours.")
    return give_way(_kept(shapely.union_all([area, *gaps], grid_size=GRID_STEP_M)), others)


def _area(shape: BaseGeometry) -> MultiPolygon:
    if not is_valid(shape):
        raise CannotShape("The outline is not a valid area: mend what is marked first.")
    return as_multipolygon(shapely.force_2d(shape))


def _kept(shape: BaseGeometry) -> MultiPolygon:
    area = as_multipolygon(shape)
    if area.is_empty:
        raise CannotShape("Nothing would be left of the area.")
    return area


def _refuse_tangled(area: MultiPolygon, line: BaseGeometry) -> None:
    if line is None or line.is_empty or shapely.get_dimensions(line) != 1 or not is_finite(line):
        raise CannotShape("Draw the line along which to cut: two points or more.")
    points = shapely.get_num_coordinates(line)
    if points > MOST_LINE_POINTS:
        raise CannotShape(
            f"The line has {points:,} points, and the limit is {MOST_LINE_POINTS:,}: simplify it."
        )
    steps = segments.of_lines(line)
    outline = np.concatenate([segments.of_rings(area), steps])
    if segments.cross_more_than(MOST_CUTS, steps, outline):
        raise CannotShape("The line crosses the outline and itself too many times: draw a simpler one.")


def _refuse_woven(areas: Sequence[BaseGeometry], most: int = MOST_CROSSINGS) -> None:
    """Two combs laid across each other leave a hole at every crossing of their teeth."""
    outlines = np.concatenate([segments.of_rings(area) for area in areas])
    if segments.cross_more_than(2 * most, outlines, outlines):  # each crossing is met twice
        raise CannotShape("The outlines cross one another too many times: draw simpler ones.")


def _strips(
    one: BaseGeometry,
    other: BaseGeometry,
    width_m: float,
    taken: Sequence[BaseGeometry] = (),
    narrowest_m: float = strips.TOO_NARROW_M,
) -> list[strips.Strip]:
    try:
        return strips.between(one, other, width_m, taken, narrowest_m)
    except TooComplex as problem:
        raise CannotShape(str(problem)) from problem


def _slits(parts: list[Polygon]) -> list[BaseGeometry]:
    tree = shapely.STRtree(parts)
    one, other = tree.query(parts, predicate="dwithin", distance=OVERLAP_WIDTH_M)
    pairs = [(parts[i], parts[j]) for i, j in zip(one, other, strict=True) if i < j]
    return [
        slit.geometry
        for mine, theirs in pairs
        if not _drawn_to_fit(mine, theirs)
        for slit in _strips(mine, theirs, OVERLAP_WIDTH_M, narrowest_m=GRID_STEP_M / 2)
    ]


def _drawn_to_fit(mine: Polygon, theirs: Polygon) -> bool:
    """Whether two parts share a stretch of edge point for point: a notch between such parts is meant."""
    return bool(segments.also_in(segments.of_rings(mine), segments.of_rings(theirs)).any())


def _without_new_slivers(whole: MultiPolygon, parts: list[Polygon]) -> MultiPolygon:
    """The union without holes less than 1 m wide that were holes in none of the parts."""
    return MultiPolygon([Polygon(part.exterior, _true_holes(part, parts)) for part in whole.geoms])


def _true_holes(part: Polygon, parts: list[Polygon]) -> list[BaseGeometry]:
    old = [Polygon(ring) for each in parts for ring in each.interiors]
    found = []
    for ring in part.interiors:
        hole = Polygon(ring)
        wide = bool(wider_than(OVERLAP_WIDTH_M, hole))
        if wide or any(before.intersects(hole.representative_point()) for before in old):
            found.append(ring)
    return found
