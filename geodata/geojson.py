"""The structure of a GeoJSON document (RFC 7946), checked before anything is built from it.

shapely's own reader crashes the process on deeply nested collections, and GDAL's follows links; neither is
used.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.crs import Floats
from geodata.findings import Unreadable
from geodata.jsontext import plain

# How many lists stand between `coordinates` and a position.
NESTING = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
LEAST_POSITIONS = {"LineString": 2, "MultiLineString": 2, "Polygon": 4, "MultiPolygon": 4}
AREAS = ("Polygon", "MultiPolygon")
WORDS = {
    "Point": "points",
    "MultiPoint": "points",
    "LineString": "lines",
    "MultiLineString": "lines",
    "Polygon": "areas",
    "MultiPolygon": "areas",
}
# Members that would make one type look like another (RFC 7946, section 7.1). A collection's “properties” are let be:
# ArcGIS writes some there.
FOREIGN: dict[str, tuple[str, ...]] = {
    "FeatureCollection": ("coordinates", "geometries", "geometry"),
    "Feature": ("coordinates", "geometries", "features"),
}
FOREIGN |= dict.fromkeys((*NESTING, "GeometryCollection"), ("geometry", "features"))
NAME_FIELDS = ("name", "title", "label", "reference")
# As in `area_name`, and in the Office for National Statistics's `WD23NM`.
NAME_ENDINGS = ("name", "nm")


@dataclass(frozen=True)
class Piece:
    """One simple geometry of a document, not yet checked. `label` is what to call it in a sentence."""

    label: str
    kind: str
    coordinates: Any


@dataclass(frozen=True)
class Item:
    """One feature of a document: its name, its properties, and the simple geometries it is made of (or none)."""

    name: str
    label: str
    properties: dict[str, Any]
    pieces: tuple[Piece, ...]

    def only(self, kinds: tuple[str, ...]) -> "Item":
        """The same feature without the geometries of other kinds."""
        return replace(self, pieces=tuple(piece for piece in self.pieces if piece.kind in kinds))


def system_name(document: Any) -> str:
    """What an old GeoJSON calls its system, "" for nothing. It is never looked up, least of all when a link."""
    crs = document.get("crs") if isinstance(document, dict) else None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else ""


def items(document: Any) -> list[Item]:
    """Every feature in a parsed document; a bare geometry counts as one. Raises Unreadable."""
    kind = _kind(document, "This file")
    if kind == "FeatureCollection":
        found = document.get("features")
        if not isinstance(found, list):
            raise Unreadable("This file is a FeatureCollection without a list of features: export it again.")
        if not found:
            raise Unreadable("This file has no shapes in it: export it again with your area selected.")
        return [_item(feature, f"Shape {number}") for number, feature in enumerate(found, 1)]
    if kind == "Feature":
        return [_item(document, "The shape")]
    return [Item("", "The shape", {}, tuple(_pieces(document, "The shape")))]


def vertices(piece: Piece) -> int:
    """How many positions there are in a piece, however deep, without checking them."""
    return 1 if piece.kind == "Point" else sum(len(line) for line in _unchecked_lines(piece))


def rings(piece: Piece) -> int:
    """How many outlines and holes there are in an area, without checking them; 0 of any other kind."""
    return len(_unchecked_lines(piece)) if piece.kind in AREAS else 0


def _unchecked_lines(piece: Piece) -> list[Any]:
    level = [piece.coordinates]
    for _ in range(NESTING[piece.kind] - 1):
        level = [inner for outer in level if isinstance(outer, list) for inner in outer]
    return [line for line in level if isinstance(line, list)]


def build(piece: Piece) -> BaseGeometry:
    """The piece as a two-dimensional shapely geometry in the coordinates it came in. Raises Unreadable."""
    lines = [_line(line, piece) for line in _flattened(piece)]
    if piece.kind == "Point":
        return shapely.Point(lines[0][0])
    if piece.kind == "MultiPoint":
        return shapely.MultiPoint(lines[0])
    if piece.kind in ("LineString", "MultiLineString"):
        made = [shapely.LineString(line) for line in lines]
        return made[0] if piece.kind == "LineString" else shapely.MultiLineString(made)
    return _polygons(piece, iter(lines))


def _polygons(piece: Piece, rings: Iterator[Floats]) -> BaseGeometry:
    outlines = [piece.coordinates] if piece.kind == "Polygon" else piece.coordinates
    made = []
    for outline in outlines:
        shell, *holes = [next(rings) for _ in outline]
        made.append(shapely.Polygon(shell, holes))
    return made[0] if piece.kind == "Polygon" else shapely.MultiPolygon(made)


def _item(feature: Any, label: str) -> Item:
    if _kind(feature, label) != "Feature":
        raise Unreadable(f"{label} in this file is not a feature: export the file again.")
    properties = feature.get("properties")
    if properties is None:
        properties = {}
    if not isinstance(properties, dict):
        raise Unreadable(f"{label} has properties that are not names and values: export the file again.")
    properties = plain(properties)
    identifier = feature.get("id")
    if not isinstance(identifier, str | int | float | None):
        raise Unreadable(f"{label} has an id that is neither a word nor a number: export the file again.")
    name = name_of(properties, identifier)
    if name:
        label = f"{label} ({name[:60]})"
    geometry = feature.get("geometry")
    if geometry is None and "properties" not in feature:
        raise Unreadable(f"{label} has neither properties nor anything drawn in it: export the file again.")
    return Item(name, label, properties, tuple(_pieces(geometry, label)) if geometry is not None else ())


def name_of(properties: dict[str, Any], identifier: Any) -> str:
    by_lower = {key.lower(): value for key, value in properties.items()}
    fields = (*NAME_FIELDS, *(key for key in by_lower if key.endswith(NAME_ENDINGS)))
    found = next((by_lower[field] for field in fields if by_lower.get(field)), identifier)
    return plain(str(found)).strip() if isinstance(found, str | int | float) else ""


def _pieces(geometry: Any, label: str) -> Iterator[Piece]:
    kind = _kind(geometry, label)
    if kind != "GeometryCollection":
        yield _piece(geometry, kind, label)
        return
    members = geometry.get("geometries")
    if not isinstance(members, list) or not members:
        raise Unreadable(
            f"{label} is a collection with nothing in it: draw its area, or leave it out of the file."
        )
    for member in members:
        inner = _kind(member, label)
        if inner == "GeometryCollection":
            raise Unreadable(f"{label} is a collection inside a collection: export it as a polygon.")
        yield _piece(member, inner, label)


def _piece(geometry: dict[str, Any], kind: str, label: str) -> Piece:
    if kind not in NESTING:
        raise Unreadable(
            f"{label} is of a type we do not know, “{plain(kind)[:40]}”: export it as GeoJSON polygons."
        )
    if not isinstance(geometry.get("coordinates"), list):
        raise Unreadable(f"{label} has no list of coordinates: export the file again.")
    return Piece(label, kind, geometry["coordinates"])


def _kind(value: Any, label: str) -> str:
    if not isinstance(value, dict):
        raise Unreadable(f"{label} is a bare value where GeoJSON has an object: export it as GeoJSON.")
    kind = value.get("type")
    if not isinstance(kind, str):
        raise Unreadable(
            f"{label} is not GeoJSON, because it does not say what type it is: export it as GeoJSON."
        )
    foreign = next((name for name in FOREIGN.get(kind, ()) if name in value), None)
    if foreign:
        raise Unreadable(
            f"{label} has “{foreign}” in it, which a {kind} may not have: export the file again."
        )
    _refuse_box(value.get("bbox"), label)
    return kind


def _refuse_box(box: Any, label: str) -> None:
    if box is None:
        return
    if not isinstance(box, list) or len(box) not in (4, 6) or not all(_is_number(number) for number in box):
        raise Unreadable(f"{label} has a “bbox” that is not four or six numbers: export the file again.")


def _flattened(piece: Piece) -> list[Any]:
    """The lists of positions in a piece, in order."""
    level = [[piece.coordinates]] if piece.kind == "Point" else [piece.coordinates]
    for _ in range(NESTING[piece.kind] - 1):
        if not all(isinstance(outer, list) and outer for outer in level):
            raise Unreadable(
                f"{piece.label} has coordinates that are not a proper {_singular(piece)}: draw it again."
            )
        level = [inner for outer in level for inner in outer]
    return level


def _line(line: Any, piece: Piece) -> Floats:
    if not isinstance(line, list) or not line or not all(_is_position(position) for position in line):
        raise Unreadable(
            f"{piece.label} has a point that is not two numbers: draw it again, or export the file again."
        )
    if len(line) < LEAST_POSITIONS.get(piece.kind, 1):
        what = (
            "an outline with fewer than three corners"
            if piece.kind in AREAS
            else "a line with only one point"
        )
        raise Unreadable(f"{piece.label} has {what}: draw it again.")
    if piece.kind in AREAS and line[0] != line[-1]:
        raise Unreadable(
            f"{piece.label} has an outline that does not end where it begins: join its two ends."
        )
    return np.array([position[:2] for position in line], dtype=np.float64)


def _is_position(position: Any) -> bool:
    return (
        isinstance(position, list)
        and 2 <= len(position) <= 3
        and all(_is_number(number) for number in position)
    )


def _is_number(value: Any) -> bool:
    return type(value) is float or type(value) is int


def _singular(piece: Piece) -> str:
    return WORDS[piece.kind].removesuffix("s")
