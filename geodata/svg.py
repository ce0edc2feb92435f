"""Pieces of SVG. Presentation attributes only: the pages' content security policy refuses `style`."""

import re
from html import escape
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.view import View

Geometries = NDArray[np.object_]

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
DETAIL_PX = 0.35
SPECK_PX = 2.5
MARGIN_PX = 24


def text(words: str) -> str:
    """Any words as XML text or an attribute's value."""
    return escape(NOT_XML.sub("", words), quote=True)


def number(value: float) -> str:
    """A number to one decimal, without a tail of zeros."""
    return f"{round(value, 1) + 0.0:g}" if abs(value) < 1e5 else f"{value:.0f}"


def element(name: str, content: str = "", **attributes: Any) -> str:
    """`<name …>content</name>`; None and "" leave an attribute out, `_` in its name is written `-`."""
    pairs = "".join(
        f' {key.replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None and value != ""
    )
    return f"<{name}{pairs}>{content}</{name}>" if content else f"<{name}{pairs}/>"


def _value(value: Any) -> str:
    return text(number(value) if isinstance(value, float) else str(value))


def clipped(geometries: Geometries, view: View) -> Geometries:
    """The part of each geometry that is in view or within MARGIN_PX of it, shape (n,); the rest is empty."""
    west, south, east, north = view.box(MARGIN_PX).bounds
    bounds = shapely.bounds(geometries)
    near = (bounds[:, 0] <= east) & (bounds[:, 2] >= west) & (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
    within = (bounds >= (west, south, west, south)).all(axis=1) & (bounds <= (east, north, east, north)).all(
        axis=1
    )
    seen = np.full(len(geometries), shapely.Point(), dtype=np.object_)
    seen[near & within] = geometries[near & within]
    cut = near & ~within
    seen[cut] = shapely.clip_by_rect(geometries[cut], west, south, east, north)
    return seen


def plainer(geometries: Geometries, finest_m: float) -> Geometries:
    """Each geometry (EPSG:27700) without detail finer than `finest_m`, shape (n,): to be looked at and nothing else,
    since what comes out may cross itself (to keep it from that takes minutes for an outline drawn like a comb)."""
    return np.asarray(shapely.simplify(geometries, finest_m, preserve_topology=False), dtype=np.object_)


def simplified(geometries: Geometries, view: View) -> Geometries:
    """Each geometry without detail finer than a third of a pixel, shape (n,)."""
    return plainer(geometries, DETAIL_PX * view.metres_per_px)


def large_enough(geometries: Geometries, view: View) -> NDArray[np.bool_]:
    """Which are not specks, shape (n,): areas and lines at least SPECK_PX long or wide, and every point."""
    west, south, east, north = shapely.bounds(geometries).T
    extent = np.maximum(east - west, north - south) / view.metres_per_px
    return np.asarray((extent >= SPECK_PX) | (shapely.get_dimensions(geometries) == 0), dtype=np.bool_)


def path(geometries: BaseGeometry | Geometries, view: View) -> str:
    """The `d` of one path along every line and ring, in pixels to one decimal; "" when there is none.

    Each point is told from the one before it, which takes half the letters of telling it from the corner.
    """
    parts = shapely.get_parts(shapely.get_parts(np.atleast_1d(geometries)))
    kinds = shapely.get_type_id(parts)
    lines = parts[(kinds == shapely.GeometryType.LINESTRING) | (kinds == shapely.GeometryType.LINEARRING)]
    lines = np.concatenate([lines, shapely.get_rings(parts[kinds == shapely.GeometryType.POLYGON])])
    points, line_of = shapely.get_coordinates(lines, return_index=True)
    ring = shapely.get_type_id(lines) == shapely.GeometryType.LINEARRING
    tenths = np.rint(view.pixels(points) * 10).astype(np.int64)
    told = np.ones(
        len(points), dtype=np.bool_
    )  # not told: where a ring comes round, and what is too near to differ
    told[_lasts(line_of) & ring[line_of]] = False
    tenths, line_of = tenths[told], line_of[told]
    steps, first = np.diff(tenths, axis=0, prepend=0), _firsts(line_of)
    told = first | steps.any(axis=1)
    pairs = [f"{x / 10:g},{y / 10:g}" for x, y in np.where(first[:, None], tenths, steps)[told].tolist()]
    line_of = line_of[told]
    ends = [*np.flatnonzero(_firsts(line_of))[1:].tolist(), len(pairs)]
    return "".join(
        f"M{pairs[start]}l{' '.join(pairs[start + 1 : end])}{'Z' if ring[line_of[start]] else ''}"
        for start, end in pairwise([0, *ends])
        if end > start + 1
    )


def _firsts(line_of: NDArray[np.int64]) -> NDArray[np.bool_]:
    return np.diff(line_of, prepend=-1) != 0


def _lasts(line_of: NDArray[np.int64]) -> NDArray[np.bool_]:
    return np.diff(line_of, append=-1) != 0
