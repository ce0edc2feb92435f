"""Every pair among many areas whose interiors meet, found by boxes and settled by DE-9IM.

The exact question is asked in threads, one for each processor up to four: shapely lets go of the
interpreter while it works. All in one coordinate system, all shapes valid or empty.
"""

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import shapely
from numpy.typing import NDArray

Geometries = NDArray[np.object_]
Indexes = NDArray[np.intp]

INTERIORS_MEET = "T********"
PAIRS_AT_ONCE = 4_000
# Preparing an area costs more than it saves until it is asked about this many others.
WORTH_PREPARING = 16
MOST_THREADS = 4


def beside(areas: Geometries) -> Indexes:
    """Pairs (i, j) with i < j whose boxes meet, in order, shape (n, 2)."""
    one, other = shapely.STRtree(areas).query(areas)
    once = one < other
    pairs = np.column_stack([one[once], other[once]])
    return np.asarray(pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))], dtype=np.intp)


def meeting(areas: Geometries, pairs: Indexes) -> Indexes:
    """Those of the pairs whose interiors meet, in the same order."""
    with ThreadPoolExecutor(min(MOST_THREADS, os.cpu_count() or 1)) as threads:
        found = threads.map(lambda some: _meeting_among(areas, some), _shares(pairs))
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
