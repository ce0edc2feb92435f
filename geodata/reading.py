"""What people upload, paste or pin -> shapes in EPSG:27700, or one plain sentence saying why not.

Every reader returns a `Reading` and raises only `Unreadable`. Uploads are hostile: what a file is comes from its
bytes, sizes are refused before bytes are parsed, structure before shapes are built, and every format ends in the
same `geojson.Item`s, so that there is one place where coordinates are checked and built. GeoJSON and CSV are read
here; what needs GDAL is opened in a process of its own (`foreign`, `sandbox`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geodata import archives, crs, curves, foreign, geojson, jsontext, sandbox, sniffing, systems, tables
from geodata.coordinates import WORDS, Coordinates, System, of_all
from geodata.findings import Unreadable

__all__ = ["Feature", "LayerFound", "Reading", "Unreadable", "read", "read_geojson", "read_place"]

# A parish at full resolution is about 0.1 MB; a district of 52 is 2 MB.
MAX_BYTES = 5_000_000
MAX_VERTICES = 100_000
MAX_RINGS = (
    500  # outlines and holes in one shape: what they do to one another costs by the square of their number
)
MAX_FEATURES = 20_000
MOST_NAMED = 5  # layers that hold no area
MAX_PLACE_BYTES = 200_000
MAX_PLACE_VERTICES = 2_000


@dataclass(frozen=True)
class LayerFound:
    """A layer of a file that holds areas or may do so, and how many features are in it."""

    name: str
    features: int


@dataclass(frozen=True)
class Feature:
    """One shape: the name it came with ("" for none), its properties, and its EPSG:27700 geometry."""

    name: str
    properties: dict[str, Any]
    geometry: BaseGeometry


@dataclass(frozen=True)
class Reading:
    """What was in a file. `crs` is the system it came in; the features are in EPSG:27700.

    `format` is one of GeoJSON, KML, KMZ, GML, GeoPackage, Shapefile, CSV; `layer` the one that was read of
    `layers`; `said` what was done to the file that its giver should know of, in sentences.
    """

    crs: System
    features: list[Feature]
    format: str = "GeoJSON"
    layer: str = ""
    layers: tuple[LayerFound, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """The features of a file before anything is known of their coordinates."""

    items: list[geojson.Item]
    format: str
    layer: str = ""
    layers: tuple[LayerFound, ...] = ()
    declared: System | None = None
    nothing_drawn: int = 0
    curved: bool = False
    without: tuple[str, ...] = ()  # the names of its layers of points or lines alone


def read(
    data: bytes, *, layer: str | None = None, max_bytes: int = MAX_BYTES, max_vertices: int = MAX_VERTICES
) -> Reading:
    """The areas in a file of any format that we know; of its layers the one named, or the first with areas.

    Geometries are Polygons or MultiPolygons in EPSG:27700 metres and may be invalid: `boundary.check` says how.
    Points and lines beside areas, and features with nothing drawn, are left out and said. The operator's own
    files may raise the limits, above the usual ones also those of the sandbox. Raises Unreadable.
    """
    jsontext.refuse_size(data, max_bytes)
    walls = sandbox.STRANGER if max_bytes <= 2 * MAX_BYTES else sandbox.OPERATOR
    source = _source(data, layer, max_bytes, walls)
    if layer is not None and not source.layers:
        raise Unreadable(f"A {source.format} file has no layers: leave the layer out.")
    _refuse_sizes(source.items, max_vertices, walls.features)
    source, left_out = _only_areas(source)
    reading = _reading(source.items, source.declared)
    return replace(
        reading,
        format=source.format,
        layer=source.layer,
        layers=source.layers,
        said=(*reading.said, *left_out),
    )


def read_geojson(data: bytes, *, max_bytes: int = MAX_BYTES, max_vertices: int = MAX_VERTICES) -> Reading:
    """The areas in a GeoJSON geometry, Feature or FeatureCollection, for callers that pass nothing on.

    As `read`, but what `read` would put right and say is refused: points among areas, turned coordinates, web
    map metres. Raises Unreadable.
    """
    found = geojson.items(jsontext.parse(data, max_bytes))
    _refuse_sizes(found, max_vertices, MAX_FEATURES)
    for item in found:
        _refuse_undrawn(item)
        _refuse_other_kinds(item)
    return _reading(found, None, exact=True)


def read_place(data: bytes) -> BaseGeometry:
    """The one point, line or area (Multi- forms too) that somebody marked, in EPSG:27700.

    A place must be valid as drawn. Raises Unreadable.
    """
    found = geojson.items(jsontext.parse(data, MAX_PLACE_BYTES))
    _refuse_sizes(found, MAX_PLACE_VERTICES, MAX_FEATURES)
    if len(found) > 1 or len(found[0].pieces) > 1:
        raise Unreadable("This marks more than one place: mark one place at a time.")
    _refuse_undrawn(found[0])
    place = _reading(found, None, exact=True).features[0].geometry
    if place.is_empty or not place.is_valid:
        raise Unreadable("The outline of this place crosses itself: draw it again.")
    return place


def _source(data: bytes, layer: str | None, max_bytes: int, walls: sandbox.Walls) -> Source:
    kind = sniffing.kind(data)
    if kind == "zip":
        return _zipped(data, layer, max_bytes, walls)
    if kind == "GeoJSON":
        document = jsontext.parse(data, max_bytes)
        return Source(geojson.items(document), kind, declared=systems.declared(geojson.system_name(document)))
    if kind == "CSV":
        jsontext.refuse_size(data, max_bytes)
        items, nothing_drawn = tables.items(data)
        return Source(items, kind, nothing_drawn=nothing_drawn)
    return _opened(kind, foreign.read(kind, data, layer, walls))


def _zipped(data: bytes, layer: str | None, max_bytes: int, walls: sandbox.Walls) -> Source:
    most = max(archives.MAX_UNPACKED, max_bytes)
    archive = archives.unpacked(data, most)
    if archive.shapefiles:
        return _opened("Shapefile", foreign.read_shapefiles(archive.shapefiles, layer, walls))
    if not archive.files:
        raise Unreadable(
            "This zip file has no boundary file in it that we can read: put a Shapefile or GeoJSON in it."
        )
    files = [file for file in archive.files if file[0] == "kml"][
        :1
    ] or archive.files  # a KMZ's first is its root
    if len(files) > 1:
        raise Unreadable("This zip file has several boundary files in it: send the one with your area.")
    inner = files[0][1]
    if sniffing.kind(inner) == "zip":
        raise Unreadable("This zip file holds another archive: unpack it and zip the boundary file alone.")
    source = _source(
        inner, layer, max_bytes, walls
    )  # what is read in this process is no longer for its packing
    return replace(source, format="KMZ") if source.format == "KML" else source


def _opened(format: str, found: foreign.Found) -> Source:
    layers = tuple(LayerFound(name, count) for name, count in found.layers)
    return Source(
        found.items,
        format,
        found.layer,
        layers,
        found.declared,
        found.nothing_drawn,
        found.curved,
        found.without,
    )


def _refuse_sizes(found: Sequence[geojson.Item], max_vertices: int, max_features: int) -> None:
    if len(found) > max_features:
        raise Unreadable(f"This file has {len(found):,} shapes, and the limit is {max_features:,}: split it.")
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


def _refuse_undrawn(item: geojson.Item) -> None:
    if not item.pieces:
        raise Unreadable(f"{item.label} has nothing drawn in it: draw its area, or leave it out of the file.")


def _refuse_other_kinds(item: geojson.Item) -> None:
    other = next((piece for piece in item.pieces if piece.kind not in geojson.AREAS), None)
    if other:
        geojson.build(other)  # a fault in it is worth more to say than its kind
        raise Unreadable(
            f"{item.label} holds {geojson.WORDS[other.kind]}, not an area: draw its outline as a polygon."
        )


def _no_areas(names: Sequence[str]) -> str:
    """Says why some layers of a file cannot be chosen; of many only the first are named."""
    shown = [f"“{name}”" for name in names[:MOST_NAMED]]
    more = [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
    listed = " and ".join(filter(None, [", ".join([*shown, *more][:-1]), [*shown, *more][-1]]))
    if len(names) == 1:
        return f"The layer {listed} holds points or lines and no areas, so it is not offered here."
    return f"The layers {listed} hold points or lines and no areas, so they are not offered here."


def _only_areas(source: Source) -> tuple[Source, list[str]]:
    """Without its points, lines and undrawn features, and a sentence for what was left out."""
    areas = [item.only(geojson.AREAS) for item in source.items]
    kept = [item for item in areas if item.pieces]
    if not kept:
        for item in sorted(source.items, key=lambda item: not item.pieces):
            _refuse_other_kinds(item)
            _refuse_undrawn(item)
        raise Unreadable("This file has nothing drawn in it: export it again with your area selected.")
    undrawn = source.nothing_drawn + sum(not item.pieces for item in source.items)
    others = sum(len(item.pieces) for item in source.items) - sum(len(item.pieces) for item in kept)
    said = [curves.SAID] if source.curved else []
    if source.without:
        said.append(_no_areas(source.without))
    if others:
        what = "a point or line" if others == 1 else f"{others:,} points and lines"
        said.append(f"We left out {what} and kept the areas.")
    if undrawn:
        what = "a row or shape" if undrawn == 1 else f"{undrawn:,} rows or shapes"
        said.append(f"We left out {what} with nothing drawn.")
    return replace(source, items=kept), said


def _reading(found: Sequence[geojson.Item], declared: System | None, *, exact: bool = False) -> Reading:
    drawn = [_joined([geojson.build(piece) for piece in item.pieces]) for item in found]
    came_in = of_all(
        [(item.label, shapely.get_coordinates(shape)) for item, shape in zip(found, drawn, strict=True)]
    )
    if exact:
        came_in.refuse_unless_exact()
    features = [
        Feature(item.name, item.properties, _on_grid(geometry, came_in, item.label))
        for item, geometry in zip(found, drawn, strict=True)
    ]
    return Reading(came_in.system, features, said=tuple(_said(came_in, declared)))


def _said(came_in: Coordinates, declared: System | None) -> list[str]:
    said = [came_in.said] if came_in.said else []
    if declared not in (None, came_in.system):
        said.append(
            f"The file says that it is in {WORDS[declared]}, but its numbers are {WORDS[came_in.system]}, "
            "so we read them as those."
        )
    return said


def _joined(parts: list[BaseGeometry]) -> BaseGeometry:
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(list(shapely.get_parts(parts)))


def _on_grid(geometry: BaseGeometry, came_in: Coordinates, label: str) -> BaseGeometry:
    try:
        return came_in.on_grid(geometry)
    except crs.OutsideGreatBritain as error:
        raise Unreadable(f"{label} reaches outside Great Britain: check where it was drawn.") from error
