"""The straight pieces that outlines are made of, and how often they cross. EPSG:27700 metres."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.crs import Floats

AT_ONCE = 100
MOST_NEAR = 2_000_000

Bounds = tuple[float, float, float, float]


def of_rings(geometry: BaseGeometry) -> Floats:
    """Every segment of an area's outlines and holes, shape (n, 2, 2)."""
    return _joined(shapely.get_rings(shapely.get_parts(geometry)))


def of_lines(geometry: BaseGeometry) -> Floats:
    """Every segment of a line or lines, shape (n, 2, 2)."""
    return _joined(shapely.get_parts(geometry))


def within(found: Floats, bounds: Bounds, by_m: float = 0.0) -> Floats:
    """The segments whose boxes come within so many metres of a box (west, south, east, north)."""
    west, south, east, north = bounds
    low, high = found.min(axis=1), found.max(axis=1)
    near = (low <= (east + by_m, north + by_m)) & (high >= (west - by_m, south - by_m))
    return found[near.all(axis=1)]


def cross_more_than(most: int, some: Floats, others: Floats) -> bool:
    """Whether segments cross more often than `most`, asked without counting much further than that.

    Long slanting segments side by side are near without crossing, each with its box in every other's: above two
    million such pairs the answer is yes too.
    """
    lines, tree = shapely.linestrings(some), shapely.STRtree(shapely.linestrings(others))
    crossed = near = 0
    for few in np.array_split(np.arange(len(lines)), max(1, len(lines) // AT_ONCE)):
        mine, theirs = tree.query(lines[few])
        near += len(mine)
        crossed += int(_cross(some[few[mine]], others[theirs]).sum())
        if crossed > most or near > MOST_NEAR:
            return True
    return False


def near_more_than(most: int, some: Floats, others: Floats, by_m: float) -> bool:
    """Whether more than `most` times a segment's box comes within so many metres of another's, asked without counting
    much further than that."""
    tree, near = shapely.STRtree(shapely.linestrings(others)), 0
    (west, south), (east, north) = (some.min(axis=1) - by_m).T, (some.max(axis=1) + by_m).T
    boxes = shapely.box(west, south, east, north)
    for few in np.array_split(boxes, max(1, len(boxes) // AT_ONCE)):
        near += tree.query(few).shape[1]
        if near > most:
            return True
    return False


def _cross(some: Floats, others: Floats) -> NDArray[np.bool_]:
    """Which segments cross those beside them, inside both: touching is not crossing."""
    parted = (_side(some, others[:, 0]) * _side(some, others[:, 1])) < 0
    return np.asarray(parted & ((_side(others, some[:, 0]) * _side(others, some[:, 1])) < 0))


def _side(segments: Floats, points: Floats) -> Floats:
    """On which side of its segment each point lies: 1, -1, or 0 on the line."""
    along, to = segments[:, 1] - segments[:, 0], points - segments[:, 0]
    return np.sign(along[:, 0] * to[:, 1] - along[:, 1] * to[:, 0])


def also_in(some: Floats, others: Floats) -> NDArray[np.bool_]:
    """Which of `some` are in `others` too, point for point, in either direction."""
    ends = np.ascontiguousarray(np.concatenate([some, others])).view(np.complex128).reshape(-1, 2)
    places, numbers = np.unique(
        ends, return_inverse=True
    )  # a place as one number; -0.0 and 0.0 are one place
    low, high = np.sort(numbers.reshape(-1, 2), axis=1).T
    keys = low * len(places) + high
    return np.isin(keys[: len(some)], keys[len(some) :])


def _joined(lines: NDArray[np.object_]) -> Floats:
    points, line_of = shapely.get_coordinates(lines, return_index=True)
    joined = line_of[1:] == line_of[:-1]
    return np.stack([points[:-1][joined], points[1:][joined]], axis=1)
