"""The base map under a map that moves: what lies in its window, no finer than can be seen there, kept squeezed.

A picture, not a measurement: boundaries that count have addresses of their own, at full precision.
"""

import gzip
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import numpy as np
import shapely
from numpy.typing import NDArray

from consult.areas import maps
from geodata import crs
from geodata.drawing import Layer

DECIMALS = 5  # of a degree: under a metre
SEEN_SHARE = 4_000  # of a window's width: a quarter of a pixel on a map of a thousand
CELLS = 16  # windows are widened to whole cells, so that people who look at almost the same share one answer
BUILDINGS = "building"
BUILDINGS_WITHIN_M = 4_000  # the browser shows none from further away: SHOWN_BELOW of map/styles.js
MOST_BUILDINGS = 700


@dataclass(frozen=True)
class Window:
    """A rectangle in EPSG:27700 metres."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def read(cls, text: str) -> "Window | None":
        """From degrees, "west,south,east,north"; None where that is no rectangle on the National Grid."""
        try:
            west, south, east, north = (float(part) for part in text.split(","))
            eastings, northings = crs.grid_points([west, east, west, east], [south, south, north, north])
        except (ValueError, OverflowError):
            return None
        return cls(eastings.min(), northings.min(), eastings.max(), northings.max()).whole_cells()

    @property
    def span_m(self) -> float:
        return max(self.east - self.west, self.north - self.south)

    def whole_cells(self) -> "Window | None":
        if self.span_m < 1:
            return None
        cell = 2.0 ** math.ceil(math.log2(self.span_m / CELLS))
        west, south = (math.floor(edge / cell) * cell for edge in (self.west, self.south))
        east, north = (math.ceil(edge / cell) * cell for edge in (self.east, self.north))
        return Window(west, south, east, north)


def window_of(text: str, authority_id: UUID) -> Window:
    """What is asked for; the whole district where that cannot be told."""
    return Window.read(text) or Window(*maps.extent_of([], authority_id).bounds)


@lru_cache(maxsize=128)
def squeezed(authority_id: UUID, stamp: datetime | None, window: Window) -> bytes:
    """As compressed GeoJSON: worked out once for everyone until the base map changes."""
    features = [feature for layer in maps.base_layers(authority_id) for feature in within(layer, window)]
    content = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    return gzip.compress(content.encode(), mtime=0)


def within(layer: Layer, window: Window) -> Iterator[dict[str, Any]]:
    """A feature for each name, and one for all that have none: a town's buildings would repeat the same words."""
    shapes, names = clipped(layer, window)
    if layer.style == BUILDINGS and (window.span_m > BUILDINGS_WITHIN_M or len(shapes) > MOST_BUILDINGS):
        return
    named = names != ""
    for shape, name in zip(shapes[named], names[named], strict=True):
        yield feature({"style": layer.style, "name": name}, shapely.geometry.mapping(shape))
    for together in gathered(shapes[~named]):
        yield feature({"style": layer.style}, together)


def clipped(layer: Layer, window: Window) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """What the window holds of each shape, in degrees, and the shapes' names."""
    found = list(layer.shapes())
    shapes = np.array([shape.geometry for shape in found], dtype=np.object_)
    names = np.array([shape.text for shape in found], dtype=np.object_)
    west, south, east, north = shapely.bounds(shapes).T
    near = (west <= window.east) & (east >= window.west) & (south <= window.north) & (north >= window.south)
    cut = shapely.clip_by_rect(shapes[near], window.west, window.south, window.east, window.north)
    seen = shapely.simplify(cut, window.span_m / SEEN_SHARE)
    left = ~shapely.is_empty(seen)
    return in_degrees(seen[left]), names[near][left]


def in_degrees(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    points = shapely.get_coordinates(shapes)
    lons, lats = crs.lonlat_points(points[:, 0], points[:, 1])
    return np.asarray(shapely.set_coordinates(shapes, np.column_stack([lons, lats]).round(DECIMALS)))


def gathered(shapes: NDArray[np.object_]) -> Iterator[dict[str, Any]]:
    """All of them as one geometry of each kind."""
    parts = shapely.get_parts(shapes)
    for dimension, kind in enumerate(("MultiPoint", "MultiLineString", "MultiPolygon")):
        alike = [shapely.geometry.mapping(part) for part in parts[shapely.get_dimensions(parts) == dimension]]
        if alike:
            yield {"type": kind, "coordinates": [part["coordinates"] for part in alike]}


def feature(properties: dict[str, str], geometry: dict[str, Any] | Sequence[Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}
