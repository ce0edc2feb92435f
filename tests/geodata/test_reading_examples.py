"""Other people's examples of good and bad GeoJSON: each bad one is refused for its true fault."""

from pathlib import Path

import pytest

from geodata.reading import read, read_geojson
from tests.geodata.test_reading import is_one_sentence, said

POINT_FAULT = "a point that is not two numbers"
TRUE_FAULTS = {
    "bad-duplicate-properties": "“type” twice",
    "bad-featurelist": POINT_FAULT,
    "bad-json": "stops making sense at line 3, character 5",
    "bad-object-type": "does not say what type it is",
    "bad-polygonloop": POINT_FAULT,
    "bad-properties-as-array": "properties that are not names and values",
    "badcoord": POINT_FAULT,
    "badcoordtype": POINT_FAULT,
    "badfeature": "Shape 1 is a bare value",
    "badfeature-no-properties": "neither properties nor anything drawn",
    "badfeatureid": "an id that is neither a word nor a number",
    "bbox-4or6elements": "“bbox” that is not four or six numbers",
    "bbox-contains-string": "“bbox” that is not four or six numbers",
    "bbox-string": "“bbox” that is not four or six numbers",
    "different-first-last": "does not end where it begins",
    "different-first-size": "does not end where it begins",
    "expected_object": "properties that are not names and values",
    "false": "a bare value",
    "feature_changed_semantics": "“coordinates” in it, which a Feature may not have",
    "featurecollection": "without a list of features",
    "featurecollection-obj": "without a list of features",
    "featurecollection-type-case": "a type we do not know, “featurecollection”",
    "featurecollection_changed_semantics": "“coordinates” in it, which a FeatureCollection may not have",
    "geometry_changed_semantics": "“geometry” in it, which a Point may not have",
    "geometrycollection_nested": "a collection inside a collection",
    "multiple_problems": "an id that is neither a word nor a number",
    "multipoint-multidimension": POINT_FAULT,
    "multipoint-nocoordinates": "no list of coordinates",
    "multipoint-nondimension": POINT_FAULT,
    "nofeaturetype": "Shape 1 in this file is not a feature",
    "notype": "does not say what type it is",
    "point": "no list of coordinates",
    "point-labeled-as-a-multipolygon": "not a proper area",
    "point-string": POINT_FAULT,
    "point-toofew": POINT_FAULT,
    "point-toomany": POINT_FAULT,
    "rootstring": "not a boundary file",
    "short-line": "a line with only one point",
    "short-linearring": "fewer than three corners",
    "short-multilinestring": "a line with only one point",
    "stringcoord": POINT_FAULT,
    "unknowntype": "“FooBar”",
}


@pytest.mark.shared
@pytest.mark.parametrize("name", TRUE_FAULTS)
def test_every_bad_example_is_refused_for_its_true_fault(shared: Path, name: str) -> None:
    words = said(read, (shared / f"geometry/check_geojson/bad/{name}.geojson").read_bytes())
    assert TRUE_FAULTS[name] in words
    assert is_one_sentence(words)


@pytest.mark.shared
def test_no_bad_example_is_missing(shared: Path) -> None:
    assert {file.stem for file in (shared / "geometry/check_geojson/bad").glob("*.geojson")} == set(
        TRUE_FAULTS
    )


@pytest.mark.shared
def test_every_good_example_is_said_to_be_no_area_or_abroad(shared: Path) -> None:
    files = sorted((shared / "geometry/check_geojson/good").glob("*.geojson"))
    assert len(files) == 17
    for file in files:
        for read_it in (read, read_geojson):
            words = said(read_it, file.read_bytes())
            assert "not an area" in words or "outside Great Britain" in words or "nothing drawn" in words
