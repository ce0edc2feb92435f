"""places.geojson, places.gpkg and the map in the statement. A pin is a resident's: none is in the public layer."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from consult.areas import maps
from consult.reports.points import Point
from consult.spaces.models import standing
from geodata import writing
from geodata.drawing import Layer

COLUMNS = ("point", "response", "status", "question", "words")
MAP_WIDE, MAP_HIGH = 600, 420


def properties(point: Point) -> dict[str, Any]:
    voice = point.voice
    return dict(
        zip(
            COLUMNS, (point.number, voice.reference, voice.status, point.question, point.comment), strict=True
        )
    )


def places_geojson(points: list[Point]) -> bytes:
    """A feature for each place, WGS84; one that was only described has no geometry."""
    return writing.geojson((point.geometry, properties(point)) for point in points if point.is_place)


def places_gpkg(points: list[Point], outline: BaseGeometry | None) -> bytes:
    """Layers in EPSG:27700: `places` (what was put on the map), `shapes` where some were drawn, `area`."""
    drawn = [point for point in points if point.geometry is not None]
    pins = [point for point in drawn if isinstance(point.geometry, shapely.Point)]
    shapes = [point for point in drawn if not isinstance(point.geometry, shapely.Point)]
    layers: list[tuple[str, Any]] = [("places", layer(pins))]
    if shapes:
        layers.append(("shapes", layer(shapes)))
    if outline is not None:
        layers.append(("area", [{"name": standing().name, "geometry": outline}]))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "places.gpkg"
        writing.geopackage(path, layers)
        return path.read_bytes()


def layer(points: list[Point]) -> Any:
    import geopandas  # half a second to load

    rows = [properties(point) | {"geometry": point.geometry} for point in points]
    if rows:
        return rows
    nothing: dict[str, list[str]] = {column: [] for column in COLUMNS}
    return geopandas.GeoDataFrame(nothing, geometry=geopandas.GeoSeries([], crs=27700))


def picture(outline: BaseGeometry | None, points: list[Point], *, title: str, description: str) -> str:
    """The map of the statement: the district's base map, the area, and where counted responses point, if given."""
    space = standing()
    seen = [p.geometry for p in points if p.geometry is not None and p.voice.status == "counted"]
    pins = [shape for shape in seen if isinstance(shape, shapely.Point)]
    shapes = [shape for shape in seen if not isinstance(shape, shapely.Point)]
    outlines = [outline] if outline is not None else []
    above = [
        Layer(outlines, "area", "The neighbourhood area"),
        Layer(shapes, "place", "A shape that somebody drew"),
        Layer(pins, "pin", "A place that somebody pointed at"),
    ]
    district = space.authority_id or space.id
    layers = [*maps.base_layers(district), *(layer for layer in above if layer.features)]
    extent = maps.extent_of(outlines or seen, district)
    return str(
        maps.picture(extent, layers, title=title, description=description, width=MAP_WIDE, height=MAP_HIGH)
    )
