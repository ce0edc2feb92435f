"""What people upload, paste or pin is read, or refused in one plain sentence."""

import json
import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import crs
from geodata.reading import MAX_RINGS, Unreadable, read, read_geojson, read_place
from tests.geodata.shapes import EAST, NORTH, SQUARE

RING = [[-1.5, 52.0], [-1.49, 52.0], [-1.49, 52.01], [-1.5, 52.01], [-1.5, 52.0]]
AREA = {"type": "Polygon", "coordinates": [RING]}


def written(value: Any) -> bytes:
    return json.dumps(value).encode()


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def polygon(*points: tuple[float, float]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[list(point) for point in (*points, points[0])]]}


def is_one_sentence(words: str) -> bool:
    return words[0].isupper() and words.endswith(".") and not re.search(r"\. [A-Z]|\n", words)


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read_geojson(data)
    words = str(refused.value)
    assert is_one_sentence(words), words
    return words


def said(read_it: Callable[[bytes], Any], data: bytes) -> str:
    try:
        read_it(data)
    except Unreadable as refused:
        return str(refused)
    return "It was read."


@pytest.mark.parametrize(
    "document",
    [
        AREA,
        {"type": "MultiPolygon", "coordinates": [[RING]]},
        feature(AREA),
        collection(feature(AREA)),
        {"type": "GeometryCollection", "geometries": [AREA]},
        {"type": "Feature", "properties": None, "geometry": AREA},
        {"type": "Polygon", "coordinates": [[[*point, 91.5] for point in RING]]},
    ],
)
def test_every_way_of_writing_an_area_is_read_as_the_same_area(document: Any) -> None:
    reading = read_geojson(written(document))
    (found,) = reading.features
    assert reading.crs == "EPSG:4326"
    assert found.geometry.equals(crs.to_grid(shapely.Polygon(RING)))


def test_a_byte_order_mark_is_no_matter() -> None:
    assert len(read_geojson(b"\xef\xbb\xbf" + written(AREA)).features) == 1


def test_national_grid_metres_are_recognised_and_kept_to_the_millimetre() -> None:
    reading = read_geojson(written(shapely.geometry.mapping(SQUARE.buffer(10.00001))))
    assert reading.crs == "EPSG:27700"
    assert reading.features[0].geometry.equals(crs.snapped(SQUARE.buffer(10.00001)))


def test_holes_and_parts_are_kept() -> None:
    holed = shapely.MultiPolygon(
        [SQUARE.difference(SQUARE.buffer(-200)), shapely.box(1e5, 2e5, 1.1e5, 2.1e5)]
    )
    assert read_geojson(written(shapely.geometry.mapping(holed))).features[0].geometry.equals(holed)


def test_features_have_their_names_and_properties() -> None:
    document = collection(
        feature(AREA, name="Alderbrook", population=812),
        feature(AREA, WD23NM="Castle Mead"),
        {**feature(AREA), "id": 7},
        feature(AREA),
    )
    found = read_geojson(written(document)).features
    assert [one.name for one in found] == ["Alderbrook", "Castle Mead", "7", ""]
    assert found[0].properties == {"name": "Alderbrook", "population": 812}


def test_names_that_cannot_be_stored_are_cleaned() -> None:
    data = written(feature(AREA, name="Al\x00der\ud800brook"))
    assert read_geojson(data).features[0].name == "Alderbrook"


def test_a_crossed_outline_is_read_so_that_it_can_be_shown() -> None:
    crossed = polygon((-1.5, 52.0), (-1.49, 52.01), (-1.49, 52.0), (-1.5, 52.01))
    assert not read_geojson(written(crossed)).features[0].geometry.is_valid


DEEP = b'{"type":"Polygon","coordinates":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
NEST = b'{"type":"GeometryCollection","geometries":['
REFUSED: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\t ", "is empty"),
    "only a byte order mark": (b"\xef\xbb\xbf", "is empty"),
    "zip": (b"PK\x03\x04\x00\x00\xff\xfe", "a zip file"),
    "picture": (b"\x89PNG\r\n\x1a\n\x00", "a picture"),
    "nul bytes": (b"{\x00}", "not text"),
    "UTF-16": (json.dumps(AREA).encode("utf-16"), "not UTF-8"),
    "Latin-1": (json.dumps(feature(AREA, name="é"), ensure_ascii=False).encode("latin-1"), "not UTF-8"),
    "not JSON": (b"Alderbrook parish", "not JSON"),
    "cut short": (written(AREA)[:60], "stops making sense at line 1"),
    "web page": (b"<!doctype html><p>Sign in", "web page"),
    "KML": (b'<?xml version="1.0"?><kml/>', "XML"),
    "NaN": (b'{"type":"Polygon","coordinates":[[[NaN,52]]]}', "NaN"),
    "Infinity": (b'{"type":"Polygon","coordinates":[[[-Infinity,52]]]}', "-Infinity"),
    "1e400": (b'{"type":"Polygon","coordinates":[[[1e400,52]]]}', "too large"),
    "huge integer": (b'{"type":"Polygon","coordinates":[[[' + b"9" * 5000 + b",52]]]}", "too large"),
    "deep lists": (DEEP, "lists in lists"),
    "deep collections": (NEST * 50_000 + b"]}" * 50_000, "lists in lists"),
    "deep and cut short": (b"[" * 3_000_000, "lists in lists"),
    "repeated key": (b'{"type":"Polygon","type":"Point","coordinates":[]}', "twice"),
    "a string": (b'"Polygon"', "a bare value"),
    "null": (b"null", "a bare value"),
    "no type": (b"{}", "does not say what type"),
    "unknown type": (written({"type": "Circle"}), "“Circle”"),
    "TopoJSON": (written({"type": "Topology", "objects": {}}), "“Topology”"),
    "no features": (written(collection()), "no shapes"),
    "no geometry": (written(feature(None)), "nothing drawn"),
    "points": (written({"type": "Point", "coordinates": [-1.5, 52]}), "points, not an area"),
    "lines": (
        written(collection(feature({"type": "LineString", "coordinates": RING}))),
        "lines, not an area",
    ),
    "a point among areas": (
        written(
            collection(feature(AREA), feature({"type": "Point", "coordinates": [-1.5, 52]}, name="Pump"))
        ),
        "Shape 2 (Pump) holds points",
    ),
    "collection in collection": (
        written({"type": "GeometryCollection", "geometries": [{"type": "GeometryCollection"}]}),
        "collection inside a collection",
    ),
    "not closed": (written({"type": "Polygon", "coordinates": [RING[:-1]]}), "does not end where it begins"),
    "two corners": (written(polygon((-1.5, 52), (-1.4, 52))), "fewer than three corners"),
    "text for a number": (written({"type": "Polygon", "coordinates": [[["-1.5", "52"]] * 4]}), "two numbers"),
    "true for a number": (written({"type": "Polygon", "coordinates": [[[True, False]] * 4]}), "two numbers"),
    "four numbers": (written({"type": "Polygon", "coordinates": [[[1, 2, 3, 4]] * 4]}), "two numbers"),
    "empty coordinates": (written({"type": "Polygon", "coordinates": []}), "not a proper area"),
    "latitude first": (written(polygon((52, -1.5), (52, -1.4), (52.1, -1.4))), "longitude comes first"),
    "France": (written(polygon((2.3, 48.8), (2.4, 48.8), (2.4, 48.9))), "outside Great Britain"),
    "the sea at 0, 0": (written(polygon((0, 0), (0.1, 0), (0.1, 0.1))), "outside Great Britain"),
    "web map metres": (
        written(polygon((-167_000, 6_800_000), (-166_000, 6_800_000), (-166_000, 6_801_000))),
        "EPSG:3857",
    ),
    "out of range": (written(polygon((1e9, 5), (1e9, 6), (2e9, 6))), "out of range"),
    "degrees among metres": (
        written(polygon((412_000, 268_000), (413_000, 268_000), (-1.5, 52))),
        "out of range",
    ),
    "north of Shetland": (
        written(polygon((400_000, 1_290_000), (401_000, 1_290_000), (401_000, 1_291_000))),
        "outside Great Britain",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_in_one_plain_sentence(case: str) -> None:
    data, words = REFUSED[case]
    assert words in refusal(data)


def test_a_file_over_the_limit_is_refused_unless_the_limit_is_raised() -> None:
    big = written(feature(AREA, note="x" * 5_000_001))
    assert "limit is 5 MB" in refusal(big)
    assert len(read_geojson(big, max_bytes=6_000_000).features) == 1


def test_a_shape_of_too_many_points_is_refused_unless_the_limit_is_raised() -> None:
    turn = np.linspace(0, math.tau, 100_001)
    circle = np.column_stack([EAST + 5000 * np.cos(turn), NORTH + 5000 * np.sin(turn)]).round(3).tolist()
    data = written({"type": "Polygon", "coordinates": [[*circle[:-1], circle[0]]]})
    assert "100,001 points, and the limit is 100,000" in refusal(data)
    assert len(read_geojson(data, max_vertices=200_000).features) == 1


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for read_it in (read, read_geojson):
        with pytest.raises(Unreadable) as refused:
            read_it(data)
        assert is_one_sentence(str(refused.value))


numbers = st.one_of(
    st.integers(), st.floats(), st.integers(0, 5).map(lambda n: -1.5 + n / 100), st.just(52.0)
)
values = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=20,
)
kinds = st.sampled_from(["Polygon", "MultiPolygon", "Point", "LineString", "GeometryCollection", "Feature"])
objects = st.fixed_dictionaries(
    {}, optional={key: values for key in ("coordinates", "geometry", "geometries", "properties", "id")}
).flatmap(lambda rest: kinds.map(lambda kind: {"type": kind, **rest}))
rings = st.lists(st.tuples(numbers, numbers), min_size=3, max_size=6).map(lambda ring: [*ring, ring[0]])
almost = st.lists(rings, max_size=3).map(lambda coordinates: {"type": "Polygon", "coordinates": coordinates})


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(values, objects, almost, objects.map(feature), st.lists(objects).map(lambda o: collection(*o)))
)
def test_any_json_is_read_or_refused(document: Any) -> None:
    for read_it in (read, read_geojson, read_place):
        words = said(read_it, written(document))
        assert is_one_sentence(words), words


@pytest.mark.parametrize("kind", ["Point", "LineString", "Polygon", "MultiPoint", "MultiPolygon"])
def test_a_place_may_be_a_point_a_line_or_an_area(kind: str) -> None:
    shapes = {
        "Point": shapely.Point(EAST, NORTH),
        "LineString": shapely.LineString([(EAST, NORTH), (EAST + 9, NORTH)]),
        "Polygon": SQUARE,
        "MultiPoint": shapely.MultiPoint([(EAST, NORTH)]),
        "MultiPolygon": shapely.MultiPolygon([SQUARE]),
    }
    place = crs.to_wgs84(shapes[kind])
    assert read_place(written(feature(shapely.geometry.mapping(place)))).equals_exact(shapes[kind], 0.001)


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (collection(feature(AREA), feature(AREA)), "one place at a time"),
        (polygon((-1.5, 52.0), (-1.49, 52.01), (-1.49, 52.0), (-1.5, 52.01)), "crosses itself"),
        ({"type": "Point", "coordinates": [151.2, -33.9]}, "outside Great Britain"),
        (
            {"type": "LineString", "coordinates": [[-1.5, 52.0 + n / 1e5] for n in range(2_001)]},
            "limit is 2,000",
        ),
    ],
)
def test_a_place_that_cannot_be_used_is_refused_in_words(document: Any, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_place(written(document))


@pytest.mark.parametrize("opened", [b'{"a":' + b'"\\' * 500_000, b'"' + b"\\\\" * 500_000, b'"' * 999_999])
def test_a_string_that_is_never_closed_is_read_once(opened):
    """Read anew from each of its quotes it would take hours; nobody would wait for this test."""
    with pytest.raises(Unreadable):
        read_geojson(opened)


@pytest.mark.parametrize("kind", ["Polygon", "MultiPolygon"])
def test_more_parts_and_holes_than_an_area_has_are_refused(kind):
    ring = [[-1.5, 51.5], [-1.4, 51.5], [-1.4, 51.6], [-1.5, 51.5]]
    coordinates = [ring] * (MAX_RINGS + 1) if kind == "Polygon" else [[ring]] * (MAX_RINGS + 1)
    with pytest.raises(Unreadable, match=r"501 parts and holes, and the limit is 500"):
        read_geojson(json.dumps({"type": kind, "coordinates": coordinates}).encode())
