"""What people upload, paste or pin -> shapes in EPSG:27700, or one plain sentence saying why not.

Every reader returns a `Reading` and raises only `Unreadable`. Uploads are hostile: sizes are refused before
bytes are parsed, structure before shapes are built, and no file is ever opened by name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata import crs, geojson, jsontext
from geodata.coordinates import System, system
from geodata.findings import Unreadable

__all__ = ["Feature", "Reading", "Unreadable", "read_geojson", "read_place"]

# A parish at full resolution is about 0.1 MB; a district of 52 is 2 MB.
MAX_BYTES = 5_000_000
MAX_VERTICES = 100_000
MAX_RINGS = (
    500  # outlines and holes in one shape: what they do to one another costs by the square of their number
)
MAX_FEATURES = 20_000
MAX_PLACE_BYTES = 200_000
MAX_PLACE_VERTICES = 2_000


@dataclass(frozen=True)
class Feature:
    """One shape: the name it came with ("" for none), its properties, and its EPSG:27700 geometry."""

    name: str
    properties: dict[str, Any]
    geometry: BaseGeometry


@dataclass(frozen=True)
class Reading:
    """What was in a file. `crs` is the system it came in; the features are in EPSG:27700."""

    crs: System
    features: list[Feature]


def read_geojson(data: bytes, *, max_bytes: int = MAX_BYTES, max_vertices: int = MAX_VERTICES) -> Reading:
    """The areas in a GeoJSON geometry, Feature or FeatureCollection, in WGS84 or British National Grid.

    Geometries are Polygons or MultiPolygons and may be invalid: `boundary.check` says how. The operator's own
    imports may raise the limits. Raises Unreadable.
    """
    found = _items(data, max_bytes, max_vertices)
    for item in found:
        _refuse_other_kinds(item)
    return _reading(found)


def read_place(data: bytes) -> BaseGeometry:
    """The one point, line or area (Multi- forms too) that somebody marked, in EPSG:27700.

    A place must be valid as drawn. Raises Unreadable.
    """
    found = _items(data, MAX_PLACE_BYTES, MAX_PLACE_VERTICES)
    if len(found) > 1 or len(found[0].pieces) > 1:
        raise Unreadable("This marks more than one place: mark one place at a time.")
    place = _reading(found).features[0].geometry
    if place.is_empty or not place.is_valid:
        raise Unreadable("The outline of this place crosses itself: draw it again.")
    return place


def _items(data: bytes, max_bytes: int, max_vertices: int) -> list[geojson.Item]:
    found = geojson.items(jsontext.parse(data, max_bytes))
    if len(found) > MAX_FEATURES:
        raise Unreadable(f"This file has {len(found):,} shapes, and the limit is {MAX_FEATURES:,}: split it.")
    for item in found:
        count = sum(geojson.vertices(piece) for piece in item.pieces)
        if count > max_vertices:
            raise Unreadable(
                f"{item.label} has {count:,} points, and the limit is {max_vertices:,}: simplify it."
            )
        rings = sum(geojson.rings(piece) for piece in item.pieces)
        if rings > MAX_RINGS:
            raise Unreadable(
                f"{item.label} has {rings:,} parts and holes, and the limit is {MAX_RINGS:,}: simplify it."
            )
    return found


def _refuse_other_kinds(item: geojson.Item) -> None:
    other = next((piece.kind for piece in item.pieces if piece.kind not in geojson.AREAS), None)
    if other:
        raise Unreadable(
            f"{item.label} holds {geojson.WORDS[other]}, not an area: draw its outline as a polygon."
        )


def _reading(found: Sequence[geojson.Item]) -> Reading:
    drawn = [_joined([geojson.build(piece) for piece in item.pieces]) for item in found]
    came_in = system(shapely.get_coordinates(np.array(drawn, dtype=np.object_)))
    features = [
        Feature(item.name, item.properties, _on_grid(geometry, came_in, item.label))
        for item, geometry in zip(found, drawn, strict=True)
    ]
    return Reading(came_in, features)


def _joined(parts: list[BaseGeometry]) -> BaseGeometry:
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(list(shapely.get_parts(parts)))


def _on_grid(geometry: BaseGeometry, came_in: System, label: str) -> BaseGeometry:
    try:
        if came_in == "EPSG:4326":
            return crs.to_grid(geometry)
        crs.to_wgs84(geometry)
        return crs.snapped(geometry)
    except crs.OutsideGreatBritain as error:
        raise Unreadable(f"{label} reaches outside Great Britain: check where it was drawn.") from error
