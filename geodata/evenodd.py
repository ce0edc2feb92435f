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
    rings = shapely.get_rings(shapely.get_parts(drawn))
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.union_all(rings))))
    places = shapely.get_coordinates(shapely.point_on_surface(faces))
    crossed = sum((_holds(Polygon(ring), places) for ring in rings), np.zeros(len(faces), dtype=np.intp))
    return float(shapely.area(faces[(crossed % 2 == 1) != _holds(repaired, places)]).sum())


def _holds(area: BaseGeometry, places: Floats) -> Counts:
    shapely.prepare(area)
    return np.asarray(shapely.contains_xy(area, places[:, 0], places[:, 1]), dtype=np.intp)
