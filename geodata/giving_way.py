"""An area cut back to its neighbours so that nothing at all is shared. EPSG:27700 metres, to the millimetre.

A new corner on a neighbour's edge falls between two millimetres, and on the wrong side of the edge half of
the time. Such a corner is moved a millimetre or two out; where that does not do, the cut is made two
millimetres clear of the neighbour.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geodata.crs import GRID_STEP_M, Floats
from geodata.pairs import INTERIORS_MEET
from geodata.widths import wider_than
from geodata.wkb import as_multipolygon
from geodata.woven import refuse_woven

# The nearest first: a millimetre to each side, then along the diagonals, then two.
STEPS = sorted(
    ((x, y) for x in range(-2, 3) for y in range(-2, 3) if (x, y) != (0, 0)),
    key=lambda s: s[0] ** 2 + s[1] ** 2,
)
CLEAR_M = 2 * GRID_STEP_M


class NothingLeft(ValueError):
    """The neighbours cover the whole area."""


def cut_back(area: MultiPolygon, neighbours: Sequence[BaseGeometry], scrap_m: float) -> MultiPolygon:
    """The area without its neighbours, and without the parts less than `scrap_m` wide that the cut leaves.

    Untouched where nothing is shared. Raises NothingLeft, and TooComplex where the outlines cross more than 10,000
    times in all.
    """
    refuse_woven(area, neighbours)
    met = [other for other in neighbours if shapely.relate_pattern(area, other, INTERIORS_MEET)]
    if not met:
        return area
    theirs = shapely.union_all(met)
    kept = _without_scraps(shapely.difference(area, theirs, grid_size=GRID_STEP_M), scrap_m)
    if _meet(kept, met):
        kept = _stepped_out(kept, theirs)
    if not kept.is_valid or _meet(kept, met):
        clear = shapely.buffer(theirs, CLEAR_M, join_style="mitre")
        kept = _without_scraps(shapely.difference(area, clear, grid_size=GRID_STEP_M), scrap_m)
    return kept


def _meet(area: MultiPolygon, neighbours: list[BaseGeometry]) -> bool:
    return bool(shapely.relate_pattern(area, np.array(neighbours, dtype=np.object_), INTERIORS_MEET).any())


def _without_scraps(left: BaseGeometry, scrap_m: float) -> MultiPolygon:
    parts = shapely.get_parts(as_multipolygon(left))
    wide = parts[wider_than(scrap_m, parts)]
    if not len(wide):
        raise NothingLeft
    return MultiPolygon(list(wide))


def _stepped_out(area: MultiPolygon, theirs: BaseGeometry) -> MultiPolygon:
    """Every corner that lies inside a neighbour, moved to the nearest millimetre that does not."""
    shapely.prepare(theirs)

    def moved(points: Floats) -> Floats:
        points = points.copy()
        inside = np.flatnonzero(shapely.contains_xy(theirs, points))
        for step in STEPS:
            tried = (points[inside] + np.array(step) * GRID_STEP_M).round(3)
            free = ~shapely.contains_xy(theirs, tried)
            points[inside[free]] = tried[free]
            inside = inside[~free]
        return points

    return as_multipolygon(shapely.transform(area, moved))
