"""A grid of equal hexagons over the country, for counting what lies where. EPSG:27700 metres, areas in square metres.

The grid begins at the false origin of the National Grid, so that hexagons of one size are the same ones in every map.
Each has a corner to the north. A hexagon is named by two whole numbers: how many steps east, and how many along the
axis that runs north-north-east (Red Blob Games calls these axial coordinates). Corners lie on a lattice of half steps,
from which both neighbours take them, so that they fit without gap or overlap to the last bit.
"""

import math

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from geodata.crs import Floats

# How many hectares a hexagon may have: round numbers, so that two maps can be compared.
HECTARES = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1_000.0)
M2_PER_HECTARE = 10_000
CORNERS = ((0, 2), (1, 1), (1, -1), (0, -2), (-1, -1), (-1, 1))  # in half steps from the middle, clockwise
Ints = NDArray[np.int64]


def steps(area_m2: float) -> tuple[float, float]:
    """Half the width, and half the length of a side, of a hexagon of this area, in metres."""
    side = math.sqrt(2 * area_m2 / (3 * math.sqrt(3)))
    return side * math.sqrt(3) / 2, side / 2


def size_for(ground_m2: float, wanted: int) -> float:
    """The smallest round area, in square metres, of which not more than `wanted` hexagons cover this much ground."""
    fitting = (hectares for hectares in HECTARES if ground_m2 / (hectares * M2_PER_HECTARE) <= wanted)
    return next(fitting, HECTARES[-1]) * M2_PER_HECTARE


def holding(eastings: ArrayLike, northings: ArrayLike, area_m2: float) -> Ints:
    """The hexagon that each point falls in, as rows of two whole numbers. Every point falls in exactly one: on an edge,
    in the same of the two each time. Raises ValueError for a coordinate that is not finite."""
    across, up = steps(area_m2)
    x, y = np.asarray(eastings, float), np.asarray(northings, float)
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise ValueError("A point needs two finite coordinates.")
    r = y / (3 * up)
    q = x / (2 * across) - r / 2
    return rounded(q, r)


def rounded(q: Floats, r: Floats) -> Ints:
    """To the nearest middle: of the three coordinates, which sum to nothing, the one that was rounded furthest is
    taken from the other two."""
    s = -q - r
    near_q, near_r, near_s = np.rint(q), np.rint(r), np.rint(s)
    off_q, off_r, off_s = abs(near_q - q), abs(near_r - r), abs(near_s - s)
    mend_q = (off_q > off_r) & (off_q > off_s)
    mend_r = ~mend_q & (off_r > off_s)
    found = np.where(mend_q, -near_r - near_s, near_q), np.where(mend_r, -near_q - near_s, near_r)
    return np.column_stack(found).astype(np.int64)


def middle(q: int, r: int, area_m2: float) -> tuple[float, float]:
    """Easting and northing of the middle of a hexagon."""
    across, up = steps(area_m2)
    return (2 * q + r) * across, 3 * r * up


def outline(q: int, r: int, area_m2: float) -> shapely.Polygon:
    """A hexagon as a polygon of EPSG:27700."""
    across, up = steps(area_m2)
    return shapely.Polygon([((2 * q + r + east) * across, (3 * r + north) * up) for east, north in CORNERS])
