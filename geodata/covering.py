"""Which of many areas certainly share no ground, told without comparing any two of them. EPSG:27700 metres.

How many areas cover a place is how often their outlines, all with the ground to the left, wind round it together. An
edge that two areas share point for point is run along once each way and adds nothing: so that number changes only
across the edges that are left over. Where none of them comes near an area's box, every place in the box is covered
equally often, and if its middle is in one area alone, nothing there is in two. That is exact: nothing is rounded, and
coordinates are compared as they are.

Areas that share hardly an edge exactly leave nearly all of them over, and nothing is told of them.
"""

import math

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.threads import spread

Geometries = NDArray[np.object_]
Indexes = NDArray[np.intp]
Truths = NDArray[np.bool_]
# Eastings with northings as their imaginary part: a place is then one number, which numpy compares and moves at once.
Places = NDArray[np.complex128]

POINTS_AT_ONCE = 100_000
# Among a tile's edges: a tile of areas drawn to fit leaves 4,000, those round it; more are not worth what they take.
MOST_LEFT = 10_000
EDGES_IN_A_BOX = 16
# Odd, to mix the bits of a coordinate; which numbers they are matters to nothing but the time.
MIXERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], dtype=np.uint64)


def apart(areas: Geometries, pairs: Indexes) -> Truths:
    """Which of the pairs (i, j) certainly share no ground; of the others nothing is said. All areas valid or empty."""
    told, alone = np.zeros((2, len(areas)), dtype=np.bool_)
    tiles = _tiles(areas)
    edges = []
    for tile, left in zip(tiles, spread(lambda some: _left_over(areas[some]), tiles), strict=True):
        if len(left) <= MOST_LEFT:
            told[tile] = True
            edges.append(left)
    if edges:
        known = np.flatnonzero(told)
        alone[known[_covered_once(areas[known], _cancelled(np.concatenate(edges)))]] = True
    return np.asarray(told[pairs].all(axis=1) & alone[pairs].any(axis=1), dtype=np.bool_)


def _tiles(areas: Geometries) -> list[Indexes]:
    """The areas in as many groups of neighbours as keep each to so many points, or about."""
    across = math.ceil(math.sqrt(max(1, shapely.get_num_coordinates(areas).sum() / POINTS_AT_ONCE)))
    west, south, east, north = shapely.bounds(areas).T
    stripes = np.array_split(np.argsort(west + east), across)
    return [
        tile
        for stripe in stripes
        for tile in np.array_split(stripe[np.argsort((south + north)[stripe])], across)
    ]


def _left_over(areas: Geometries) -> Places:
    """The edges that no other runs back along, shape (n, 2), in the order of the outlines."""
    parts = shapely.orient_polygons(shapely.get_parts(areas), exterior_cw=False)
    points, ring = shapely.get_coordinates(shapely.get_rings(parts), return_index=True)
    return _uncancelled(points.view(np.complex128).ravel(), np.flatnonzero(ring[1:] == ring[:-1]))


def _cancelled(edges: Places) -> Places:
    return _uncancelled(edges.ravel(), np.arange(0, 2 * len(edges), 2))


def _uncancelled(places: Places, begins: Indexes) -> Places:
    """Of the edges from places[begins] to the next, those without another that runs back.

    Edges that three or more areas have stay, though two of them may cancel: what is left over needlessly only makes
    fewer pairs certain.
    """
    marks, ends = _marks(places), begins + 1
    one, other = _alike(marks[begins] + marks[ends])
    back = (places[begins[one]] == places[ends[other]]) & (places[ends[one]] == places[begins[other]])
    left = np.ones(len(begins), dtype=np.bool_)
    left[one[back]] = left[other[back]] = False
    return np.stack([places[begins[left]], places[ends[left]]], axis=1)


def _marks(places: Places) -> NDArray[np.uint64]:
    """A number for each place, the same for the same one, and seldom for another."""
    mixed = places.view(np.uint64).reshape(-1, 2) * MIXERS
    return np.asarray(mixed[:, 0] ^ (mixed[:, 1] >> np.uint64(7)), dtype=np.uint64)


def _alike(keys: NDArray[np.uint64]) -> tuple[Indexes, Indexes]:
    """Where each key lies that occurs exactly twice: its first place and its other."""
    order = np.argsort(keys)
    same = keys[order[1:]] == keys[order[:-1]]
    twice = np.flatnonzero(same & ~np.append(False, same[:-1]) & ~np.append(same[1:], False))
    return order[twice], order[twice + 1]


def _covered_once(areas: Geometries, edges: Places) -> Indexes:
    """The areas in whose boxes every place is covered once."""
    tree = shapely.STRtree(areas)
    calm = np.ones(len(areas), dtype=np.bool_)
    calm[tree.query(_boxes(edges))[1]] = False
    still = np.flatnonzero(calm & ~shapely.is_empty(areas))
    west, south, east, north = shapely.bounds(areas[still]).T
    middles = shapely.points((west + east) / 2, (south + north) / 2)
    asked, _ = tree.query(middles, predicate="intersects")
    return np.asarray(still[np.bincount(asked, minlength=len(still)) == 1], dtype=np.intp)


def _boxes(edges: Places) -> Geometries:
    """Boxes that hold all the edges, one for each run of up to 16 that follow one another."""
    if not len(edges):
        return np.empty(0, dtype=np.object_)
    breaks = np.append(True, edges[1:, 0] != edges[:-1, 1])
    begins = np.flatnonzero(breaks | (np.arange(len(edges)) % EDGES_IN_A_BOX == 0))
    west, south = (np.minimum.reduceat(each.min(axis=1), begins) for each in (edges.real, edges.imag))
    east, north = (np.maximum.reduceat(each.max(axis=1), begins) for each in (edges.real, edges.imag))
    return np.asarray(shapely.box(west, south, east, north), dtype=np.object_)
