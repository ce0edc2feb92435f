"""WGS84 longitude and latitude (EPSG:4326) to and from British National Grid metres (EPSG:27700).

Always by Ordnance Survey's OSTN15 (`convertbng`). A pyproj wheel carries no OSTN15 grid, so it is 1.8 m off
at the median and chooses between operations that lie up to 131 m apart; it is never asked.
"""

from collections.abc import Callable

import numpy as np
import shapely
from convertbng.cutil import convert_bng, convert_lonlat
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]

# 7 decimals move a point by up to 7 mm and 8 by 1 mm; 9 bring every millimetre back exactly.
DEGREE_DECIMALS = 9
GRID_STEP_M = 0.001
GRID_DECIMALS = 3
METRES_PER_DEGREE = 111_320.0


class OutsideGreatBritain(ValueError):
    """A point has no place on the National Grid. `str(error)` is one plain sentence."""


def grid_points(longitudes: ArrayLike, latitudes: ArrayLike) -> tuple[Floats, Floats]:
    """Degrees -> (eastings, northings) in metres, to the millimetre. Raises OutsideGreatBritain."""
    lons, lats = _flat(longitudes), _flat(latitudes)
    eastings, northings = convert_bng(lons, lats)
    _refuse_missing(eastings, northings, lambda i: f"longitude {lons[i]:.5f}, latitude {lats[i]:.5f}")
    return eastings, northings


def lonlat_points(eastings: ArrayLike, northings: ArrayLike) -> tuple[Floats, Floats]:
    """Metres -> (longitudes, latitudes) in degrees, unrounded. Raises OutsideGreatBritain."""
    east, north = _flat(eastings), _flat(northings)
    lons, lats = convert_lonlat(east, north)
    _refuse_missing(lons, lats, lambda i: f"easting {east[i]:.0f}, northing {north[i]:.0f}")
    return _polished(east, north, lons, lats)


def to_grid(geometry: BaseGeometry) -> BaseGeometry:
    """A WGS84 geometry of any type, in EPSG:27700 at 1 mm; heights are dropped, holes and parts kept.

    A shape that was valid stays valid. One that was not is moved point by point, so that its faults can be
    shown where they are. Raises OutsideGreatBritain.
    """
    return _moved(geometry, lambda points: np.column_stack(grid_points(points[:, 0], points[:, 1])))


def snapped(geometry: BaseGeometry) -> BaseGeometry:
    """An EPSG:27700 geometry of any type with every coordinate on a whole millimetre, as `to_grid` gives."""
    return _moved(geometry, lambda points: points.round(GRID_DECIMALS))


def to_wgs84(geometry: BaseGeometry) -> BaseGeometry:
    """An EPSG:27700 geometry of any type, in longitude and latitude rounded to 9 decimals (0.1 mm).

    `to_grid` brings back the same millimetres. Raises OutsideGreatBritain.
    """

    def rounded(points: Floats) -> Floats:
        return np.column_stack(lonlat_points(points[:, 0], points[:, 1])).round(DEGREE_DECIMALS)

    return shapely.transform(geometry, rounded)


def _moved(geometry: BaseGeometry, move: Callable[[Floats], Floats]) -> BaseGeometry:
    moved = shapely.transform(geometry, move)
    if moved.is_valid or not geometry.is_valid:
        return moved
    mended = shapely.make_valid(moved, method="structure", keep_collapsed=False)
    return shapely.set_precision(mended, GRID_STEP_M)


def _flat(values: ArrayLike) -> Floats:
    return np.atleast_1d(np.asarray(values, dtype=np.float64))


def _refuse_missing(first: Floats, second: Floats, describe: Callable[[int], str]) -> None:
    missing = np.flatnonzero(np.isnan(first) | np.isnan(second))
    if missing.size:
        raise OutsideGreatBritain(
            f"The point at {describe(int(missing[0]))} is outside Great Britain: "
            "check that the coordinates are longitude then latitude, or National Grid metres."
        )


def _polished(east: Floats, north: Floats, lons: Floats, lats: Floats) -> tuple[Floats, Floats]:
    """One step towards the point whose grid reference is exactly the one asked for.

    The inverse stops iterating up to 5 mm short in the far north west (St Kilda); elsewhere this changes
    nothing.
    """
    again_east, again_north = convert_bng(lons, lats)
    off_east = np.nan_to_num(np.where(np.abs(east - again_east) > 0.0005, east - again_east, 0.0))
    off_north = np.nan_to_num(np.where(np.abs(north - again_north) > 0.0005, north - again_north, 0.0))
    shrink = np.cos(np.radians(lats))
    return lons + off_east / (METRES_PER_DEGREE * shrink), lats + off_north / METRES_PER_DEGREE
