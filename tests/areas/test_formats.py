"""Files of every format, through the page: in as they come, out as they are asked for, the same boundary."""

import json
import tempfile
from pathlib import Path

import pytest
import shapely

from consult.areas.models import latest_version, save_version
from consult.areas.outline import uploads
from geodata import writing
from tests.areas.ground import person, square
from tests.areas.test_pages import send_file
from tests.areas.test_uploads import TWO

HOLED = shapely.difference(square(0.123, 0.456), square(200, 300, 50)).union(square(4000, metres=77.7))
ENDINGS = {name: ending[1:] for name, (ending, _) in writing.FORMATS.items()}


@pytest.mark.parametrize("name", writing.FORMATS)
def test_what_is_downloaded_comes_back_as_the_same_outline(sign_in, working, name):
    with working("beck"):
        kept = save_version(HOLED, source="drawn", by=None).geometry
    file = sign_in("beck").get(f"/f/beck/area/versions/1/outline.{ENDINGS[name]}")
    assert file.status_code == 200
    assert file.headers["Content-Disposition"] == f"attachment; filename=beck-outline-1.{ENDINGS[name]}"
    assert file.mimetype == writing.FORMATS[name][1]
    chair = sign_in("ash")
    answer = send_file(chair, file.data, name=f"ours.{ENDINGS[name]}")
    assert answer.location == "/f/ash/area/draft", answer.get_data(as_text=True)[:3000]
    with working("ash"):
        version = latest_version()
        assert version.geometry.hausdorff_distance(kept) <= 0.001
        assert version.geometry.symmetric_difference(kept).area < 1
        assert version.original == file.data
    assert chair.get("/f/ash/area/versions/1/original").data == file.data


def test_a_format_that_nobody_knows_is_not_there(sign_in, working):
    with working("ash"):
        save_version(square(), source="drawn", by=None)
    for ending in ("exe", "shp", "GEOJSON", "geojson.exe"):
        assert sign_in("ash").get(f"/f/ash/area/versions/1/outline.{ending}").status_code == 404


def two_layers():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "two.gpkg"
        rows = [{"name": f"Parish {n}", "geometry": square(n * 2000)} for n in range(3)]
        writing.geopackage(
            path, [("parishes", rows), ("wards", [{"name": "Ward", "geometry": square(0, 5000)}])]
        )
        return path.read_bytes()


def test_a_layer_is_chosen_then_a_shape_in_it(sign_in, working):
    chair = sign_in("ash")
    content = two_layers()
    address = send_file(chair, content, name="two.gpkg").location
    page = chair.page(address)
    assert "parishes (3 shapes)" in page.text
    assert "wards (1 shape)" in page.text
    assert "We read it as GeoPackage, in National Grid metres" in page.text
    assert "Parish 2, 100.0 hectares" in page.text
    ward = chair.page(f"{address}?layer=2")
    assert "Ward, 100.0 hectares" in ward.text
    assert "Save this as the outline" in ward.text
    assert chair.post(f"{address}/version", data={"layer": "2"}).status_code == 303
    with working("ash"):
        assert latest_version().geometry.equals(square(0, 5000))
        assert latest_version().original == content


@pytest.mark.parametrize("layer", ["", "0", "3", "²", "parishes", "9" * 500])
def test_a_layer_that_is_not_there_is_the_first(sign_in, layer):
    chair = sign_in("ash")
    address = send_file(chair, two_layers(), name="two.gpkg").location
    assert "Parish 0" in chair.page(f"{address}?layer={layer}").text


def test_turned_axes_are_said_before_anything_is_saved(sign_in, working):
    turned = json.loads(TWO)["features"][0]["geometry"]
    turned["coordinates"] = [[[lat, lon] for lon, lat in ring] for ring in turned["coordinates"]]
    chair = sign_in("ash")
    answer = send_file(chair, json.dumps(turned).encode())
    page = chair.page(answer.location)
    assert "latitude before longitude, so we turned each point round" in page.text
    with working("ash"):
        assert latest_version() is None
    chair.post(f"{answer.location}/version")
    with working("ash"):
        assert latest_version().geometry.equals(square())


def test_metres_are_said_when_they_are_saved(sign_in):
    metres = json.dumps(shapely.geometry.mapping(square())).encode()
    chair = sign_in("ash")
    assert send_file(chair, metres).location == "/f/ash/area/draft"
    assert "It was read as National Grid metres" in chair.page("/f/ash/area/draft").text


def test_a_file_that_can_no_longer_be_read_says_so_and_can_be_cancelled(sign_in, working, world):
    with working("ash"):
        upload = uploads.keep(b"not a file at all", "odd.kml", "KML", by=person(world.person["ash", "chair"]))
        address = f"/f/ash/area/uploads/{upload.id}"
    chair = sign_in("ash")
    assert "not a boundary file" in chair.page(address).text
    answer = chair.post(f"{address}/version", data={"shape": ["1"]})
    assert answer.status_code == 422
    assert "not a boundary file" in answer.get_data(as_text=True)
    assert chair.send(f"{address}/removal").status_code == 303


@pytest.mark.shared
def test_every_example_of_planning_data_opens_or_gets_a_sentence(sign_in, shared):
    chair = sign_in("ash")
    files = sorted(
        path for path in (shared / "geometry/digital_land_resource_examples").rglob("*") if path.is_file()
    )
    assert files
    for path in files:
        answer = send_file(chair, path.read_bytes()[:9_900_000], name=path.name)
        assert answer.status_code in (303, 422), path
        if answer.status_code == 303 and "/uploads/" in answer.location:
            assert chair.page(answer.location).status == 200
            chair.send(f"{answer.location}/removal")
