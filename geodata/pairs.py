"""Every pair among many areas whose interiors meet, found by boxes and settled by DE-9IM.

The exact question takes most of the time, so it is not asked of pairs that certainly share nothing
(`geodata.covering`). All in one coordinate system, all shapes valid or empty.
"""

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.covering import apart
from geodata.threads import spread

Geometries = NDArray[np.object_]
Indexes = NDArray[np.intp]

INTERIORS_MEET = "T********"
PAIRS_AT_ONCE = 4_000
# Preparing an area costs more than it saves until it is asked about this many others.
WORTH_PREPARING = 16


def beside(areas: Geometries) -> Indexes:
    """Pairs (i, j) with i < j whose boxes meet, in order, shape (n, 2)."""
    one, other = shapely.STRtree(areas).query(areas)
    once = one < other
    pairs = np.column_stack([one[once], other[once]])
    return np.asarray(pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))], dtype=np.intp)


def meeting(areas: Geometries, pairs: Indexes) -> Indexes:
    """Those of the pairs whose interiors meet, in the same order."""
    open_to_doubt = pairs[~apart(areas, pairs)]
    found = spread(lambda some: _meeting_among(areas, some), _shares(open_to_doubt))
    return np.concatenate([np.empty((0, 2), dtype=np.intp), *found])


def _shares(pairs: Indexes) -> list[Indexes]:
    """The pairs in runs, no two of which prepare the same area at the same time."""
    begins = np.flatnonzero(np.diff(pairs[:, 0], prepend=-1))
    ends = begins[np.unique(np.searchsorted(begins, range(PAIRS_AT_ONCE, len(pairs), PAIRS_AT_ONCE))) - 1]
    return np.split(pairs, ends)


def _meeting_among(areas: Geometries, pairs: Indexes) -> Indexes:
    firsts, asked = np.unique(pairs[:, 0], return_counts=True)
    busy = areas[firsts[asked >= WORTH_PREPARING]]
    shapely.prepare(busy)
    meet = shapely.relate_pattern(areas[pairs[:, 0]], areas[pairs[:, 1]], INTERIORS_MEET)
    shapely.destroy_prepared(busy)
    return np.asarray(pairs[meet], dtype=np.intp)
