"""Shapes in EPSG:27700 -> the files people download, in every format that they may upload."""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry.base import BaseGeometry

from geodata import crs, markup

if TYPE_CHECKING:
    import geopandas

Properties = Mapping[str, Any]
Rows = Sequence[Mapping[str, Any]]

# Each format's ending and media type.
FORMATS: dict[str, tuple[str, str]] = {
    "GeoJSON": (".geojson", "application/geo+json"),
    "KML": (".kml", "application/vnd.google-earth.kml+xml"),
    "KMZ": (".kmz", "application/vnd.google-earth.kmz"),
    "GML": (".gml", "application/gml+xml"),
    "GeoPackage": (".gpkg", "application/geopackage+sqlite3"),
    "Shapefile": (".zip", "application/zip"),
    "CSV": (".csv", "text/csv"),
}
STILL_DAY = (2000, 1, 1, 0, 0, 0)
# GeoPackage notes when each layer last changed; a fixed moment lets the same content give the same bytes.
STILL = "2000-01-01T00:00:00.000Z"
# What makes a spreadsheet read a cell as a formula: = + - @ as they are typed and in full width, also behind spaces and
# characters that are not seen.
FORMULA = re.compile(r"['\s\u200b-\u200f\u2060-\u2064\ufeff]*[=+\-@＝＋－＠]|'*[\t\r\n]")


def geojson(
    features: Iterable[tuple[BaseGeometry, Properties]], *, name: str = "", about: Properties | None = None
) -> bytes:
    """(geometry in EPSG:27700 or None, properties) pairs -> an RFC 7946 FeatureCollection in WGS84.

    9 decimals, outer rings anticlockwise, properties in the order given: the same input gives the same bytes. `about`
    is said of the whole collection, as foreign members (RFC 7946 section 6.1).
    """
    top: dict[str, Any] = {"type": "FeatureCollection"} | ({"name": name} if name else {}) | dict(about or {})
    top["features"] = [
        {"type": "Feature", "properties": dict(properties), "geometry": geojson_geometry(geometry)}
        for geometry, properties in features
    ]
    return json.dumps(top, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=str).encode()


def geojson_geometry(geometry: BaseGeometry | None) -> dict[str, Any] | None:
    """One EPSG:27700 geometry as a GeoJSON geometry object in WGS84, or None for nothing."""
    if geometry is None or geometry.is_empty:
        return None
    turned = shapely.orient_polygons(crs.to_wgs84(shapely.force_2d(geometry)), exterior_cw=False)
    return dict(shapely.geometry.mapping(turned))


def wkt(geometry: BaseGeometry) -> str:
    """An EPSG:27700 geometry as WKT in WGS84, longitude first, 9 decimals, as planning.data.gov.uk takes."""
    return str(
        shapely.to_wkt(
            crs.to_wgs84(shapely.force_2d(geometry)), rounding_precision=crs.DEGREE_DECIMALS, trim=True
        )
    )


def csv_table(rows: Rows, columns: Sequence[str]) -> bytes:
    """Rows -> UTF-8 CSV with these columns; geometries become WKT, and no cell can act as a formula."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return table.getvalue().encode()


def geopackage(path: Path | str, layers: Sequence[tuple[str, geopandas.GeoDataFrame | Rows]]) -> None:
    """Named layers -> a new GeoPackage in EPSG:27700, in place of any file at `path`.

    A layer is a GeoDataFrame, or rows of which each has a `geometry` or none has. The same input gives the same bytes.
    Raises ValueError for a GeoDataFrame in any other system.
    """
    import pyogrio  # GDAL and geopandas take half a second to load

    target = Path(path)
    target.unlink(missing_ok=True)
    with _still(pyogrio):
        for name, rows in layers:
            frame = _frame(rows)
            pyogrio.write_dataframe(frame, target, layer=name, driver="GPKG", append=target.exists())


def written(format: str, features: Iterable[tuple[BaseGeometry, Properties]]) -> bytes:
    """(area in EPSG:27700, properties) pairs as a file of one of FORMATS, which `reading.read` reads back to 1 mm.

    The same input gives the same bytes. Raises KeyError for another format.
    """
    return WRITERS[format](list(features))


def _table(features: list[tuple[BaseGeometry, Properties]]) -> bytes:
    columns = list(dict.fromkeys(key for _, properties in features for key in properties))
    rows = [{**properties, "WKT": geometry} for geometry, properties in features]
    return csv_table(rows, [*(column for column in columns if column != "WKT"), "WKT"])


def _kmz(features: list[tuple[BaseGeometry, Properties]]) -> bytes:
    return _zip({"doc.kml": markup.kml(features)})


def _geopackage(features: list[tuple[BaseGeometry, Properties]]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "areas.gpkg"
        geopackage(path, [("areas", _rows(features))])
        return path.read_bytes()


def _shapefile(features: list[tuple[BaseGeometry, Properties]]) -> bytes:
    """All of a Shapefile in one zip file. Of names and words only what the format has room for is kept."""
    import pyogrio

    short = _short_names(features)
    kept: list[tuple[BaseGeometry, Properties]] = [
        (geometry, {short[name]: _short(value) for name, value in properties.items()})
        for geometry, properties in features
    ]

    with tempfile.TemporaryDirectory() as folder:
        pyogrio.write_dataframe(
            _frame(_rows(kept)), Path(folder) / "areas.shp", driver="ESRI Shapefile", encoding="UTF-8",
            DBF_DATE_LAST_UPDATE=STILL[:10],
        )  # fmt: skip
        return _zip({path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())})


def _short_names(features: list[tuple[BaseGeometry, Properties]]) -> dict[str, str]:
    short: dict[str, str] = {}
    for name in dict.fromkeys(name for _, properties in features for name in properties):
        cut = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in name)[:10]
        if cut.lower() in {taken.lower() for taken in short.values()}:
            cut = f"{cut[:7]}_{len(short) % 100:02}"
        short[name] = cut
    return short


def _short(value: Any) -> Any:
    return value.encode()[:254].decode("utf-8", "ignore") if isinstance(value, str) else value


def _rows(features: list[tuple[BaseGeometry, Properties]]) -> Rows:
    return [{**properties, "geometry": geometry} for geometry, properties in features]


def _zip(files: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, STILL_DAY), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


WRITERS: dict[str, Callable[[list[tuple[BaseGeometry, Properties]]], bytes]] = {
    "GeoJSON": geojson,
    "KML": markup.kml,
    "KMZ": _kmz,
    "GML": markup.gml,
    "GeoPackage": _geopackage,
    "Shapefile": _shapefile,
    "CSV": _table,
}


def _cell(value: Any) -> Any:
    if isinstance(value, BaseGeometry):
        return wkt(value)
    if isinstance(value, str) and FORMULA.match(value):
        return f"'{value}"
    return value


def _frame(rows: geopandas.GeoDataFrame | Rows) -> Any:
    import geopandas
    import pandas

    if isinstance(rows, geopandas.GeoDataFrame):
        if rows.crs is None or rows.crs.to_epsg() != 27700:
            raise ValueError("A layer must be in British National Grid (EPSG:27700).")
        return rows
    if rows and "geometry" not in rows[0]:
        return pandas.DataFrame(list(rows))
    return geopandas.GeoDataFrame(list(rows), geometry="geometry", crs=27700)


@contextmanager
def _still(pyogrio: Any) -> Iterator[None]:
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": STILL})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
