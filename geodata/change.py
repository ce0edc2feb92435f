"""How one version of a boundary differs from another, and who moves in or out. EPSG:27700 metres."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geodata.crs import GRID_STEP_M
from geodata.places import inside
from geodata.wkb import as_multipolygon
from geodata.woven import refuse_woven

Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Change:
    """The land that came in and the land that went out, with their areas and that of what stayed, in m².

    `before` and `after` are the outlines compared: they settle on which side of an edge a point on it lies.
    """

    gained: MultiPolygon
    lost: MultiPolygon
    gained_m2: float
    lost_m2: float
    kept_m2: float
    before: BaseGeometry
    after: BaseGeometry


def between(before: BaseGeometry, after: BaseGeometry) -> Change:
    """What an area gained and lost from one valid outline to another.

    What rounding to the millimetre leaves along an edge is neither. Raises TooComplex where the two cross more
    than 10,000 times.
    """
    refuse_woven(after, [before])
    gained, lost = (
        _wider_than_rounding(shapely.difference(a, b)) for a, b in ((after, before), (before, after))
    )
    kept = shapely.intersection(before, after)
    return Change(gained, lost, float(gained.area), float(lost.area), float(kept.area), before, after)


def moves(change: Change, eastings: ArrayLike, northings: ArrayLike) -> tuple[Truths, Truths]:
    """Which points come in and which go out, each shape (n,).

    A point on the line counts as inside, before and after, as in every count (`geodata.places`).
    """
    was, is_now = (inside(outline, eastings, northings) for outline in (change.before, change.after))
    came, went = (inside(land, eastings, northings) for land in (change.gained, change.lost))
    return came & is_now & ~was, went & was & ~is_now


def _wider_than_rounding(land: BaseGeometry) -> MultiPolygon:
    parts = shapely.get_parts(as_multipolygon(land))
    wide = parts[~shapely.is_empty(shapely.buffer(parts, -GRID_STEP_M, quad_segs=2))]
    return MultiPolygon(list(wide))
