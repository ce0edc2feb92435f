"""The straight pieces that outlines are made of, and how often they cross. EPSG:27700 metres."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.crs import Floats

AT_ONCE = 100


def of_rings(geometry: BaseGeometry) -> Floats:
    """Every segment of an area's outlines and holes, shape (n, 2, 2)."""
    return _joined(shapely.get_rings(shapely.get_parts(geometry)))


def of_lines(geometry: BaseGeometry) -> Floats:
    """Every segment of a line or lines, shape (n, 2, 2)."""
    return _joined(shapely.get_parts(geometry))


def cross_more_than(most: int, some: Floats, others: Floats) -> bool:
    """Whether segments cross more often than `most`, asked without counting much further than that."""
    lines, tree = shapely.linestrings(some), shapely.STRtree(shapely.linestrings(others))
    found = 0
    for few in np.array_split(lines, max(1, len(lines) // AT_ONCE)):
        found += tree.query(few, predicate="crosses").shape[1]
        if found > most:
            return True
    return False


def also_in(some: Floats, others: Floats) -> NDArray[np.bool_]:
    """Which of `some` are in `others` too, point for point, in either direction."""
    return np.isin(_keys(some), _keys(others))


def _keys(segments: Floats) -> NDArray[np.void]:
    flat = segments.reshape(-1, 4)
    turned = (flat[:, 0] > flat[:, 2]) | ((flat[:, 0] == flat[:, 2]) & (flat[:, 1] > flat[:, 3]))
    ordered = np.where(turned[:, None], flat[:, [2, 3, 0, 1]], flat) + 0.0  # -0.0 and 0.0 are one place
    return np.ascontiguousarray(ordered).view(np.dtype((np.void, 32))).ravel()


def _joined(lines: NDArray[np.object_]) -> Floats:
    points, line_of = shapely.get_coordinates(lines, return_index=True)
    joined = line_of[1:] == line_of[:-1]
    return np.stack([points[:-1][joined], points[1:][joined]], axis=1)
