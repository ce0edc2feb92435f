"""Outlines woven into one another: how often they cross is asked before they are laid over one another.

To lay two outlines over one another takes a moment for every crossing: two combs of 4,001 points cross a million
times, which took 82 s and 5.2 GB, where 10,000 crossings take less than a second. Real neighbours cross by rounding
alone: a ward of 5,142 points, rounded to six decimals of a degree, crosses all its neighbours 3,504 times.
EPSG:27700 metres.
"""

from collections.abc import Sequence

import numpy as np
from shapely.geometry.base import BaseGeometry

from geodata import segments
from geodata.crs import Floats
from geodata.pairs import Geometries

MOST_CROSSINGS = 10_000


class TooComplex(ValueError):
    """The shape is too detailed or too tangled for what is asked. `str(error)` is one plain sentence."""


def refuse_woven(
    one: BaseGeometry, others: Sequence[BaseGeometry] | Geometries, what: str = "The outlines"
) -> None:
    """Raises TooComplex where an outline crosses others more than 10,000 times in all, or where its pieces lie so
    entangled with theirs that this cannot be told quickly.

    Cheap beside laying them over one another, which is to be done only afterwards.
    """
    if len(others) and is_woven(segments.of_rings(one), _near(one, others)):
        raise TooComplex(
            f"{what} cross one another more than {MOST_CROSSINGS:,} times, too many to compare them here: "
            "draw simpler ones."
        )


def is_woven(some: Floats, others: Floats) -> bool:
    """Whether segments cross more than 10,000 times, or more of them lie near one another than can be looked at."""
    if len(some) * len(others) <= MOST_CROSSINGS:
        return False
    return segments.cross_more_than(MOST_CROSSINGS, some, others)


def _near(one: BaseGeometry, others: Sequence[BaseGeometry] | Geometries) -> Floats:
    found = [segments.within(segments.of_rings(other), one.bounds) for other in others if not other.is_empty]
    return np.concatenate([np.empty((0, 2, 2)), *found])
