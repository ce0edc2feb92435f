"""Shapes for the tests, in EPSG:27700 metres somewhere in England, and strategies that make endless others."""

import math
from typing import Any

import numpy as np
import shapely
from hypothesis import strategies as st
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

EAST, NORTH = 412_000, 268_000
SQUARE = shapely.box(EAST, NORTH, EAST + 1000, NORTH + 1000)
BOW_TIE = Polygon([(EAST, NORTH), (EAST + 400, NORTH + 400), (EAST + 400, NORTH), (EAST, NORTH + 400)])

metres = st.integers(0, 3_000_000).map(lambda millimetres: millimetres / 1000)


@st.composite
def areas(draw: Any, spread_m: int = 120_000) -> Polygon:
    """A valid outline of 5 to 40 corners, at times with a hole."""
    corners = draw(st.integers(5, 40))
    east = EAST + draw(st.integers(-spread_m, spread_m))
    north = NORTH + draw(st.integers(-spread_m, spread_m))
    radii = draw(st.lists(st.floats(40, 4_000), min_size=corners, max_size=corners))
    turns = draw(st.lists(st.floats(0, 0.8), min_size=corners, max_size=corners))
    angles = [(index + turn) * math.tau / corners for index, turn in enumerate(turns)]
    shell = [(east + r * math.cos(a), north + r * math.sin(a)) for r, a in zip(radii, angles, strict=True)]
    whole = Polygon(shell)
    hole = shapely.Point(east, north).buffer(min(radii) / 5, quad_segs=3)
    return Polygon(shell, [hole.exterior]) if draw(st.booleans()) and whole.contains(hole) else whole


@st.composite
def broken(draw: Any) -> BaseGeometry:
    """Polygons of any points at all: crossing, collapsed, nested, repeated, off the map, not numbers."""
    anything = st.one_of(
        st.integers(0, 6).map(float), metres, st.floats(allow_nan=False, allow_infinity=True), st.just(1e308)
    )
    ring = st.lists(st.tuples(anything, anything), min_size=3, max_size=12)
    parts = draw(st.lists(st.lists(ring, min_size=1, max_size=3), min_size=1, max_size=3))
    with np.errstate(invalid="ignore"):
        polygons = [Polygon(shell, holes) for shell, *holes in parts]
        return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)


@st.composite
def cells(draw: Any) -> list[Polygon]:
    """Nine areas in a three by three sheet, whose neighbours share their edges exactly."""
    pace = draw(st.integers(200, 3_000))
    nudges = draw(st.lists(st.integers(-60_000, 60_000), min_size=32, max_size=32))
    east, north = EAST + draw(st.integers(0, 90_000)), NORTH + draw(st.integers(0, 90_000))
    nudge = np.array(nudges).reshape(4, 4, 2) / 1000
    rows, columns = np.mgrid[0:4, 0:4]
    corner = (np.dstack([east + columns * pace, north + rows * pace]) + nudge).round(3)
    return [
        Polygon([corner[r, c], corner[r, c + 1], corner[r + 1, c + 1], corner[r + 1, c]])
        for r in range(3)
        for c in range(3)
    ]
