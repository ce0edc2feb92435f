"""The places of a selection: GeoJSON in WGS84 with what it says of itself as foreign members (RFC 7946, 6.1), and a
GeoPackage in EPSG:27700 with a layer `information`. Only places; what was only described has no geometry."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import shapely

from consult.downloads import tables
from consult.downloads.choosing import Chosen
from consult.downloads.telling import Statement
from consult.reports.points import Point
from geodata import writing

COLUMNS = ("consultation", *tables.POINTS)
Rows = list[dict[str, Any]]


def points(said: Statement) -> Iterator[tuple[Chosen, Point]]:
    return ((each, point) for each in said.chosen for point in each.points() if point.is_place)


def properties(each: Chosen, point: Point) -> dict[str, str | int]:
    return dict(zip(COLUMNS, (each.consultation.reference, *tables.of_one(point)), strict=True))


def geojson(made: IO[bytes], said: Statement) -> None:
    features = writing.geojson((point.geometry, properties(each, point)) for each, point in points(said))
    about = [{"name": name, "value": words} for name, words in said.told()]
    head = json.dumps({"about": about}, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    made.write(head[:-1] + b"," + features[1:])


def gpkg(made: IO[bytes], said: Statement) -> None:
    """Layers `places` and, where some were drawn, `shapes`."""
    drawn = [(each, point) for each, point in points(said) if point.geometry is not None]
    pins: Rows = [row(*one) for one in drawn if isinstance(one[1].geometry, shapely.Point)]
    shapes: Rows = [row(*one) for one in drawn if not isinstance(one[1].geometry, shapely.Point)]
    about: Rows = [{"name": name, "value": words} for name, words in said.told()]
    layers = [("places", pins), ("shapes", shapes), ("information", about)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "places.gpkg"
        writing.geopackage(path, [(name, rows) for name, rows in layers if rows])
        made.write(path.read_bytes())


def row(each: Chosen, point: Point) -> dict[str, Any]:
    return properties(each, point) | {"geometry": point.geometry}
