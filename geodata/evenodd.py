"""How much ground an outline covers otherwise than its repair does. EPSG:27700 metres.

A place is covered by an outline, crossed or not, where a line from it to far away crosses the outline an odd number
of times: the even-odd rule (SVG 1.1, 11.3), by which the picture of what came is filled.
"""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from geodata.crs import Floats

Counts = NDArray[np.intp]


def changed_m2(drawn: BaseGeometry, repaired: BaseGeometry) -> float:
    """The square metres that only one of the two covers; `repaired` is valid and keeps to the lines of `drawn`.

    The lines part the ground into faces, each of which is wholly in or out of either: nothing is cut, for that would
    take seconds in a scribble. Raises shapely's GEOSException where GEOS cannot part them.
    """
    return _only_in_one_m2(drawn, repaired, _rings(drawn))


def differing_m2(drawn: BaseGeometry, kept: BaseGeometry) -> float:
    """The square metres that only one of the two covers, wherever the edges of `kept`, a valid area, may lie.

    Raises shapely's GEOSException where GEOS cannot part them.
    """
    return _only_in_one_m2(drawn, kept, np.concatenate([_rings(drawn), _rings(kept)]))


def _only_in_one_m2(drawn: BaseGeometry, valid: BaseGeometry, lines: NDArray[np.object_]) -> float:
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.union_all(lines))))
    places = shapely.get_coordinates(shapely.point_on_surface(faces))
    crossed = sum(
        (_holds(Polygon(ring), places) for ring in _rings(drawn)), np.zeros(len(faces), dtype=np.intp)
    )
    return float(shapely.area(faces[(crossed % 2 == 1) != _holds(valid, places)]).sum())


def _rings(area: BaseGeometry) -> NDArray[np.object_]:
    return np.asarray(shapely.get_rings(shapely.get_parts(area)), dtype=np.object_)


def _holds(area: BaseGeometry, places: Floats) -> Counts:
    shapely.prepare(area)
    return np.asarray(shapely.contains_xy(area, places[:, 0], places[:, 1]), dtype=np.intp)
