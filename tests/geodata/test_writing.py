"""The files people download."""

import csv
import io
import json
from pathlib import Path

import geopandas
import pyogrio
import pytest
import shapely

from geodata import crs, writing
from geodata.reading import read_geojson
from tests.geodata.shapes import SQUARE

HOLED = SQUARE.difference(SQUARE.buffer(-200))
ROWS = [
    {"name": "Alderbrook", "geometry": HOLED},
    {"name": "Castle Mead", "geometry": shapely.MultiPolygon([SQUARE])},
]


def test_geojson_is_read_back_to_the_millimetre() -> None:
    data = writing.geojson([(HOLED, {"name": "Alderbrook é"})])
    (found,) = read_geojson(data).features
    assert found.name == "Alderbrook é"
    assert found.geometry.equals(crs.snapped(HOLED))


def test_geojson_winds_as_the_standard_says_and_keeps_the_order_of_properties() -> None:
    clockwise = shapely.orient_polygons(HOLED, exterior_cw=True)
    document = json.loads(writing.geojson([(clockwise, {"z": 1, "a": 2})]))
    shell, hole = document["features"][0]["geometry"]["coordinates"]
    assert shapely.LinearRing(shell).is_ccw
    assert not shapely.LinearRing(hole).is_ccw
    assert list(document["features"][0]["properties"]) == ["z", "a"]


def test_geojson_has_at_most_nine_decimals_and_no_shape_for_nothing() -> None:
    document = json.loads(writing.geojson([(SQUARE, {}), (None, {"name": "nowhere"}), (shapely.Point(), {})]))
    points = document["features"][0]["geometry"]["coordinates"][0]
    assert all(round(number, 9) == number for point in points for number in point)
    assert [feature["geometry"] for feature in document["features"][1:]] == [None, None]


def test_a_geopackage_has_its_layers_in_national_grid(tmp_path: Path) -> None:
    file = tmp_path / "places.gpkg"
    writing.geopackage(file, [("areas", ROWS), ("places", [{"words": "x", "geometry": SQUARE.centroid}])])
    assert [name for name, _ in pyogrio.list_layers(file)] == ["areas", "places"]
    back = geopandas.read_file(file, layer="areas")
    assert back.crs.to_epsg() == 27700
    assert back["name"].tolist() == ["Alderbrook", "Castle Mead"]
    assert back.geometry.iloc[0].equals(HOLED)


def test_a_geopackage_of_the_same_content_has_the_same_bytes(tmp_path: Path) -> None:
    frame = geopandas.GeoDataFrame(ROWS, geometry="geometry", crs=27700)
    first, second = tmp_path / "first.gpkg", tmp_path / "second.gpkg"
    writing.geopackage(first, [("areas", ROWS)])
    writing.geopackage(second, [("areas", frame)])
    assert first.read_bytes() == second.read_bytes()
    assert b"2000-01-01T00:00:00.000Z" in first.read_bytes()


def test_a_geopackage_takes_the_place_of_an_older_file(tmp_path: Path) -> None:
    file = tmp_path / "places.gpkg"
    for name in ("old", "new"):
        writing.geopackage(file, [(name, ROWS)])
    assert [name for name, _ in pyogrio.list_layers(file)] == ["new"]


def test_a_layer_in_another_system_is_refused(tmp_path: Path) -> None:
    frame = geopandas.GeoDataFrame(ROWS, geometry="geometry", crs=27700).to_crs(3857)
    with pytest.raises(ValueError, match="EPSG:27700"):
        writing.geopackage(tmp_path / "places.gpkg", [("areas", frame)])


@pytest.mark.parametrize("words", ["=1+1", " =1+1", "＝1+1", "\u200b=1+1", "\n=1+1", "'=1+1", "＠SUM(1)"])
def test_no_cell_is_a_formula_however_it_is_hidden(words: str) -> None:
    (read,) = csv.DictReader(io.StringIO(writing.csv_table([{"name": words}], ["name"]).decode(), newline=""))
    assert read["name"] == f"'{words}"


def test_a_table_has_shapes_as_wkt_and_no_formulas() -> None:
    row = {"name": '=HYPERLINK("http://example.com")', "count": -3, "geometry": HOLED, "extra": "left out"}
    (read,) = csv.DictReader(io.StringIO(writing.csv_table([row], ["name", "count", "geometry"]).decode()))
    assert read["name"].startswith("'=")
    assert read["count"] == "-3"
    assert "extra" not in read
    assert crs.to_grid(shapely.from_wkt(read["geometry"])).equals(crs.snapped(HOLED))
