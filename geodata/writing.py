"""Shapes in EPSG:27700 -> the files people download: GeoJSON, GeoPackage, CSV with WKT."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry.base import BaseGeometry

from geodata import crs

if TYPE_CHECKING:
    import geopandas

Properties = Mapping[str, Any]
Rows = Sequence[Mapping[str, Any]]

# GeoPackage notes when each layer last changed; a fixed moment lets the same content give the same bytes.
STILL = "2000-01-01T00:00:00.000Z"
# What makes a spreadsheet read a cell as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def geojson(features: Iterable[tuple[BaseGeometry, Properties]], *, name: str = "") -> bytes:
    """(geometry in EPSG:27700 or None, properties) pairs -> an RFC 7946 FeatureCollection in WGS84.

    9 decimals, outer rings anticlockwise, properties in the order given: the same input gives the same bytes.
    """
    top: dict[str, Any] = {"type": "FeatureCollection"} | ({"name": name} if name else {})
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

    A layer is a GeoDataFrame, or rows that each have a `geometry`. The same input gives the same bytes.
    Raises ValueError for a GeoDataFrame in any other system.
    """
    import pyogrio  # GDAL and geopandas take half a second to load

    target = Path(path)
    target.unlink(missing_ok=True)
    with _still(pyogrio):
        for name, rows in layers:
            frame = _frame(rows)
            pyogrio.write_dataframe(frame, target, layer=name, driver="GPKG", append=target.exists())


def _cell(value: Any) -> Any:
    if isinstance(value, BaseGeometry):
        return wkt(value)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def _frame(rows: geopandas.GeoDataFrame | Rows) -> geopandas.GeoDataFrame:
    import geopandas

    if isinstance(rows, geopandas.GeoDataFrame):
        if rows.crs is None or rows.crs.to_epsg() != 27700:
            raise ValueError("A layer must be in British National Grid (EPSG:27700).")
        return rows
    return geopandas.GeoDataFrame(list(rows), geometry="geometry", crs=27700)


@contextmanager
def _still(pyogrio: Any) -> Iterator[None]:
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": STILL})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
