"""The separate parts of a valid area: slivers, and parts that lie far off or are tiny. EPSG:27700 metres."""

from collections.abc import Iterator

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.findings import Finding, Place

SLIVER_WIDTH_M = 1.0
# Far is more than a kilometre, and more than the largest part is across.
FAR_M = 1_000.0
TINY_SHARE = 0.001


def oddities(geometry: BaseGeometry) -> Iterator[Finding]:
    """A warning for each part that may have been left over by mistake."""
    parts = shapely.get_parts(geometry)
    parts = parts[~shapely.is_empty(parts)]
    if len(parts) < 2 or not geometry.is_valid:
        return
    thin = shapely.is_empty(shapely.buffer(parts, -SLIVER_WIDTH_M / 2, quad_segs=2))
    for part in parts[thin]:
        at = _corner(part)
        message = f"A separate part is less than 1 metre wide, at {_words(at)}."
        yield Finding("sliver", "warning", message, at, "Delete it if it was left over by mistake.")
    away, across = _distances(parts), _across(parts)
    for part, metres in zip(parts[~thin], away[~thin], strict=True):
        why = _why(part, float(metres), across, geometry.area)
        if why:
            at = _corner(part)
            message = f"A separate part of {part.area:,.0f} m², at {_words(at)}, {why}."
            yield Finding("isolated part", "warning", message, at, "Delete it if it does not belong here.")


def _why(part: BaseGeometry, metres: float, across: float, whole_m2: float) -> str:
    is_small = part.area < whole_m2 / 2
    if is_small and metres > max(FAR_M, across):
        return f"lies {metres / 1000:,.1f} km from any other"
    return "is less than a thousandth of the whole" if part.area < TINY_SHARE * whole_m2 else ""


def _distances(parts: NDArray[np.object_]) -> NDArray[np.float64]:
    """How far each part is from the nearest other, in metres."""
    (asked, _), metres = shapely.STRtree(parts).query_nearest(parts, exclusive=True, return_distance=True)
    nearest = np.zeros(len(parts))
    nearest[asked] = metres
    return nearest


def _across(parts: NDArray[np.object_]) -> float:
    """How far the largest part is across, in metres."""
    west, south, east, north = parts[int(np.argmax(shapely.area(parts)))].bounds
    return float(max(east - west, north - south))


def _corner(part: BaseGeometry) -> Place:
    east, north = shapely.get_coordinates(part)[0]
    return (float(east), float(north))


def _words(at: Place) -> str:
    return f"easting {at[0]:.0f}, northing {at[1]:.0f}"
