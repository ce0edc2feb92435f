"""How wide an area is where it is widest: the one rule that tells an overlap from a sliver. EPSG:27700 metres."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.pairs import Geometries


def wider_than(width_m: float, parts: Geometries | BaseGeometry) -> NDArray[np.bool_]:
    """Which of these areas are somewhere wider than so many metres: what is left of them when half of it is taken
    off all round."""
    return np.asarray(~shapely.is_empty(shapely.buffer(parts, -width_m / 2, quad_segs=4)), dtype=np.bool_)
