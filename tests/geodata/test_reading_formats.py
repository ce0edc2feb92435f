"""Every format that is sent is read as the same areas, or refused in a sentence that says what it is."""

import io
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
import shapely
from hypothesis import given, settings
from shapely.geometry.base import BaseGeometry

from geodata import reading, writing
from geodata.reading import LayerFound, Reading, Unreadable, read
from tests.geodata.hostile.bait import WKT
from tests.geodata.hostile.batch import batched
from tests.geodata.hostile.markup import kml, placemark
from tests.geodata.hostile.zips import parts, zipped
from tests.geodata.shapes import SQUARE, areas
from tests.geodata.test_reading import AREA, collection, feature, is_one_sentence, said

HOLED = shapely.MultiPolygon(
    [SQUARE.difference(SQUARE.centroid.buffer(100)), shapely.box(430_000, 270_000, 431_000.777, 271_000)]
)
POINT = "<Placemark><name>Pump</name><Point><coordinates>-1.5,52</coordinates></Point></Placemark>"
EXAMPLES = "geometry/digital_land_resource_examples"


def furthest(a: BaseGeometry, b: BaseGeometry) -> float:
    """How far in metres any corner of one lies from its place in the other; they begin where they like."""
    first, second = (shapely.normalize(shapely.MultiPolygon(list(shapely.get_parts(one)))) for one in (a, b))
    assert shapely.get_num_coordinates(first) == shapely.get_num_coordinates(second)
    return float(shapely.hausdorff_distance(first, second))


def refusal(data: bytes, **options: object) -> str:
    with pytest.raises(Unreadable) as refused:
        read(data, **options)  # type: ignore[arg-type]
    assert is_one_sentence(str(refused.value)), refused.value
    return str(refused.value)


@pytest.mark.parametrize("format", writing.FORMATS)
def test_what_is_exported_is_read_back_to_the_millimetre(format: str) -> None:
    features = [(HOLED, {"name": "Alderbrook é", "number": 12}), (SQUARE, {"name": "<B & C>", "number": 7})]
    data = writing.written(format, features)
    found = read(data)
    assert found.format == format
    assert found.said == ()
    assert [one.name for one in found.features] == ["Alderbrook é", "<B & C>"]
    assert str(found.features[0].properties["number"]) == "12"
    for one, was in zip(found.features, (HOLED, SQUARE), strict=True):
        assert furthest(one.geometry, was) <= 0.001
    assert data == writing.written(format, features)


@settings(max_examples=6, deadline=None)
@given(areas())
def test_any_valid_area_comes_back_from_every_format(area: shapely.Polygon) -> None:
    kept = shapely.set_precision(area, 0.001)
    with batched():
        for format in writing.FORMATS:
            [found] = read(writing.written(format, [(kept, {"name": "A"})])).features
            assert furthest(found.geometry, kept) <= 0.0015


@pytest.mark.shared
def test_a_whole_district_comes_back_from_every_format(shared: Path) -> None:
    data = (shared / "banes/banes_parishes_os.geojson").read_bytes()
    parishes = [(one.geometry, {"name": one.name}) for one in reading.read_geojson(data).features]
    for format in writing.FORMATS:
        found = read(writing.written(format, parishes), max_bytes=20_000_000).features
        assert [one.name for one in found] == [properties["name"] for _, properties in parishes]
        moved = [furthest(one.geometry, was) for one, (was, _) in zip(found, parishes, strict=True)]
        assert max(moved) <= 0.001, format


def two_layers(first: bytes = b"", more: str = "") -> bytes:
    points, held = (
        f"<Folder><name>Pumps</name>{POINT}</Folder>",
        f"<Folder><name>Areas</name>{placemark()}</Folder>",
    )
    return kml(points + held + more)


def test_the_first_layer_that_holds_an_area_is_read_unless_one_is_named() -> None:
    data = two_layers(more=f"<Folder><name>More</name>{placemark('B')}{placemark('C')}</Folder>")
    found = read(data)
    assert found.layer == "Areas"
    assert found.layers == (LayerFound("Pumps", 1), LayerFound("Areas", 1), LayerFound("More", 2))
    assert [one.name for one in read(data, layer="More").features] == ["B", "C"]
    assert "holds points, not an area" in refusal(data, layer="Pumps")
    assert "no layer of that name" in refusal(data, layer="Elsewhere")


def test_layers_that_hold_no_area_are_named_and_not_offered(tmp_path: Path) -> None:
    file = tmp_path / "several.gpkg"
    file.write_bytes(writing.written("GeoPackage", [(SQUARE, {})]))
    with closing(sqlite3.connect(file)) as database, database:
        (srs,) = database.execute("SELECT srs_id FROM gpkg_contents").fetchone()
        for name, kind in (("Trees", "POINT"), ("Paths", "LINESTRING")):
            database.execute(f"CREATE TABLE {name} (fid INTEGER PRIMARY KEY, geom {kind})")
            database.execute(
                "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES (?, 'features', ?, ?)",
                (name, name, srs),
            )
            database.execute(
                "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)", (name, kind, srs)
            )
    found = read(file.read_bytes())
    assert len(found.layers) == 1
    (said,) = [words for words in found.said if "Trees" in words]
    assert "“Trees” and “Paths” hold points or lines and no areas" in said


@pytest.mark.parametrize("format", ["GeoJSON", "CSV"])
def test_a_format_without_layers_has_none_to_name(format: str) -> None:
    assert "has no layers" in refusal(writing.written(format, [(SQUARE, {})]), layer="areas")


def test_each_shapefile_of_a_zip_is_a_layer_wherever_it_lies() -> None:
    inside = {
        f"maps/{stem}{Path(name).suffix}": data for stem in ("a", "b") for name, data in parts().items()
    }
    found = read(zipped(inside | {"maps/readme.txt": b"x", "maps/old.tab": b"!table"}))
    assert [layer.name for layer in found.layers] == ["a", "b"]
    assert read(zipped(inside), layer="b").layer == "b"


def test_points_beside_areas_are_left_out_and_said() -> None:
    found = read(kml(placemark() + POINT))
    assert [one.name for one in found.features] == ["A"]
    assert found.said == ("We left out a point or line and kept the areas.",)
    mixed = collection(feature(AREA), feature({"type": "Point", "coordinates": [-1.5, 52]}), feature(None))
    assert read(reading_bytes(mixed)).said[1] == "We left out a row or shape with nothing drawn."


def reading_bytes(document: object) -> bytes:
    import json

    return json.dumps(document).encode()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("heading", ["WKT", "geometry", "the_geom", "outline"])
def test_a_table_is_read_whatever_separates_it_and_heads_it(separator: str, heading: str) -> None:
    data = f'reference{separator}name{separator}{heading}\r\n7{separator}A{separator}"{WKT}"\r\n'.encode()
    [found] = read(b"\xef\xbb\xbf" + data).features
    assert found.name == "A"
    assert found.properties == {"reference": "7", "name": "A"}


@pytest.mark.parametrize(
    "wkt",
    [
        WKT,
        f"SRID=4326;{WKT}",
        WKT.lower(),
        WKT.replace("POLYGON", "POLYGON Z").replace(",", " 91.5,").replace("))", " 91.5))"),
        WKT.replace("POLYGON", "POLYGONZM").replace(",", " 91.5 1,").replace("))", " 91.5 1))"),
        "MULTIPOLYGON" + WKT.removeprefix("POLYGON ").join(("(", ")")),
        f"GEOMETRYCOLLECTION ({WKT})",
    ],
)
def test_every_way_of_writing_wkt_is_the_same_area(wkt: str) -> None:
    [found] = read(f'name,WKT\nA,"{wkt}"\n'.encode()).features
    [plain] = read(f'name,WKT\nA,"{WKT}"\n'.encode()).features
    assert furthest(found.geometry, plain.geometry) == 0


@pytest.mark.parametrize(
    ("wkt", "words"),
    [
        ("POINT (1 2)", "points, not an area"),
        ("MULTIPOINT ((-1.5 52), (-1.4 52))", "points, not an area"),
        ("POLYGON EMPTY", "nothing drawn"),
        ("POLYGON ((1 2, 3 4, 5 6))", "fewer than three corners"),
        ("POLYGON ((-1 52, -1.1 52, -1.1 52.1, -1 52.2))", "does not end where it begins"),
        ("POLYGON ((1))", "not two numbers"),
        ("POLYGON ((1 2 3 4 5, 1 2))", "not two numbers"),
        ("POLYGON ((1e 2, 1 2))", "not proper WKT"),
        ("POLYGON ((1_0 2, 1 2))", "not proper WKT"),
        (WKT + " x", "not proper WKT"),
        ("CURVEPOLYGON ((1 2))", "“CURVEPOLYGON”"),
    ],
)
def test_wkt_that_is_no_area_is_refused_by_its_row(wkt: str, words: str) -> None:
    sentence = refusal(f'name,WKT\nA,"{wkt}"\n'.encode())
    assert words in sentence
    assert sentence.startswith("Row 2 (A)")


def test_a_large_outline_is_one_long_cell() -> None:
    circle = SQUARE.centroid.buffer(3_000, quad_segs=5_000)
    assert len(writing.written("CSV", [(circle, {"name": "A"})])) > 200_000
    [found] = read(writing.written("CSV", [(circle, {"name": "A"})])).features
    assert shapely.get_num_coordinates(found.geometry) == 20_001


def test_a_boundary_alone_in_a_zip_is_read_as_what_it_is() -> None:
    for format in ("GeoJSON", "CSV", "GML", "GeoPackage"):
        suffix, _ = writing.FORMATS[format]
        assert read(zipped({f"a{suffix}": writing.written(format, [(SQUARE, {})])})).format == format


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "This file is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "This file is a picture"),
        (b"\xd0\xcf\x11\xe0", "an old Word or Excel document"),
        (zipped({"xl/workbook.xml": b"<x/>"}), "an Excel workbook"),
        (zipped({"word/document.xml": b"<x/>"}), "a Word document"),
        (zipped({"photo.jpg": b"x"}), "no boundary file"),
        (zipped({"a.csv": b"x", "a.geojson": b"x"}), "several boundary files"),
        (b"<gpx></gpx>", "a GPS track"),
        (b"<svg/>", "XML of a kind"),
        (b"name,x,y\nA,1,2\n", "no column of outlines"),
        (b"name,easting,northing\nA,1,2\n", "gives points, not outlines"),
        ("name,WKT\né,x\n".encode("latin-1"), "not UTF-8"),
        (b"x" * 5_000_001, "limit is 5 MB"),
    ],
)
def test_what_is_sent_in_place_of_a_boundary_is_named(data: bytes, words: str) -> None:
    assert words in refusal(data)


def test_a_geopackage_with_a_view_beside_its_tables_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    path.write_bytes(writing.written("GeoPackage", [(SQUARE, {"name": "A"})]))
    database = sqlite3.connect(path)
    database.execute("CREATE VIEW mine AS SELECT fid, name FROM areas")
    database.close()
    assert read(path.read_bytes()).features[0].name == "A"


OPENED: dict[str, tuple[str, int, str]] = {
    "csv": ("", 0, "gives points, not outlines"),
    "geojson": ("GeoJSON", 1, ""),
    "gml": ("GML", 10, "latitude before longitude"),
    "gml_very_long_rows": ("GML", 58, ""),
    "json_efficient_format": ("", 0, "does not say what type it is"),
    "json_efficient_format_data_first": ("", 0, "does not say what type it is"),
    "kml": ("KML", 12, ""),
    "kml-bad": ("", 0, "stops making sense at line 18"),
    "kml_multilayer": ("KML", 199, ""),
    "shapefile_zip": ("Shapefile", 6, ""),
    "shapefile_zip_not_in_root": ("Shapefile", 14, ""),
    "utf-8-sig-json": ("GeoJSON", 113, "with nothing drawn"),
    "xlsm": ("", 0, "an Excel workbook"),
    "xlsx": ("", 0, "an Excel workbook"),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", OPENED)
def test_what_councils_really_submitted_is_read_or_refused_for_its_true_fault(
    shared: Path, name: str
) -> None:
    format, count, words = OPENED[name]
    data = (shared / EXAMPLES / f"{name}.resource").read_bytes()
    if not format:
        assert words in refusal(data)
        return
    found = read(data)
    assert (found.format, len(found.features)) == (format, count)
    assert words in " ".join(found.said)


@pytest.mark.shared
def test_no_other_example_is_missing(shared: Path) -> None:
    names = {path.name.removesuffix(".resource") for path in (shared / EXAMPLES).glob("*.resource")}
    assert names == set(OPENED)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["kml", "gml", "shapefile_zip", "shapefile_zip_not_in_root", "geojson"])
def test_a_submitted_file_is_what_planning_data_made_of_it(shared: Path, name: str) -> None:
    """Beside each example lies the table that digital-land's own conversion gave."""
    ours = read((shared / EXAMPLES / f"{name}.resource").read_bytes()).features
    theirs = read((shared / EXAMPLES / f"{name}.csv").read_bytes()).features
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        assert shapely.hausdorff_distance(one.geometry, other.geometry) < 0.02


def test_a_whole_number_stays_one_beside_a_missing_one() -> None:
    data = writing.written("GML", [(SQUARE, {"number": 12}), (SQUARE, {"name": "B"})])
    assert [one.properties for one in read(data).features] == [{"number": 12}, {"name": "B"}]


def test_a_zip_made_by_a_mac_is_read() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.kml", kml(placemark()))
        archive.writestr("__MACOSX/._a.kml", b"\x00\x05\x16\x07")
    assert len(read(made.getvalue()).features) == 1


def test_any_reading_says_what_it_is() -> None:
    assert said(read, b"\x00\xff" * 40).startswith("This is not a boundary file")
    assert isinstance(read(kml(placemark())), Reading)
