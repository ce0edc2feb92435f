"""The outlines as they followed one another: what each changed, who moves by it, its files, and the way back."""

import json

import pytest
import shapely

from consult.areas.models import Postcode, latest_version, save_version
from consult.areas.saved import versions
from consult.areas.saved.versions import Step
from consult.database import db
from geodata.reading import read_geojson
from geodata.woven import TooComplex
from tests.areas.ground import EAST, NORTH, drawn, square

ALL = "/f/ash/area/versions"


@pytest.fixture
def two(working):
    """An outline, and one that lies 200 m further east."""
    with working("ash"):
        for shape in (square(), square(200)):
            save_version(shape, source="drawn", by=None, original=b"as it came", original_name="ours.kml")


def postcodes(*at):
    for number, (east, north) in enumerate(at):
        db.session.add(Postcode(code=f"AB{number}1CD", easting=EAST + east, northing=NORTH + north))
    db.session.flush()


def test_every_outline_is_listed_with_what_it_changed(sign_in, two):
    page = sign_in("ash", "viewer").page(ALL)
    assert "Outline 2" in page.text
    assert page.text.count("20.0 hectares") == 2
    assert page.text.index("Outline 2") < page.text.index("Outline 1")


def test_without_an_outline_there_is_a_way_to_the_first(sign_in):
    assert "Draw the area" in sign_in("ash").page(ALL).text
    assert sign_in("ash").get(f"{ALL}/1").status_code == 404


def test_one_is_held_against_any_before_it(sign_in, two, working):
    with working("ash"):
        save_version(square(300), source="drawn", by=None)
    chair = sign_in("ash")
    assert "What changed since outline 2" in chair.page(f"{ALL}/3").text
    against = chair.page(f"{ALL}/3?against=1")
    assert "What changed since outline 1" in against.text
    assert "30.0 hectares" in against.text
    for nonsense in ("9", "x", "-1", "3", "%00"):
        assert "What changed since outline 2" in chair.page(f"{ALL}/3?against={nonsense}").text
    assert "What changed" not in chair.page(f"{ALL}/1").text


def test_going_back_saves_it_again_as_the_newest(sign_in, two, working):
    chair = sign_in("ash")
    assert chair.post(ALL, data={"how": "return", "against": "1", "of": "2"}).status_code == 303
    with working("ash"):
        newest = latest_version()
        assert (newest.number, newest.source) == (3, "returned")
        assert newest.geometry.equals(square())
        assert versions.numbered(2).geometry.equals(square(200))
    assert "the same as outline 1" in chair.page(f"{ALL}/3").text
    assert "Go back to this outline" not in chair.page(f"{ALL}/3").text
    assert "Go back to this outline" not in sign_in("ash", "viewer").page(f"{ALL}/1").text
    assert sign_in("ash", "viewer").post(ALL).status_code == 403


def test_postcodes_that_move_are_counted_and_their_limits_said(sign_in, two, working):
    with working("ash"):
        postcodes((50, 500), (100, 500), (500, 500), (1100, 500), (1100, 5000))
        step = Step.between(versions.numbered(1), versions.numbered(2))
        assert versions.postcodes_moved(step) == versions.Moved(came=1, went=2)
    page = sign_in("ash").page(f"{ALL}/2")
    assert "1 postcode comes in, and 2 go out" in page.text
    assert "approximate" in page.text


def test_a_postcode_on_an_edge_that_stays_moves_nowhere(two, working):
    with working("ash"):
        postcodes((500, 0), (500, 1000))
        step = Step.between(versions.numbered(1), versions.numbered(2))
        assert versions.postcodes_moved(step) == versions.Moved(0, 0)


def test_without_postcodes_nothing_is_said_of_homes(sign_in, two):
    assert "no postcodes are loaded" in sign_in("ash").page(f"{ALL}/2").text


# Files.


def test_a_file_has_the_very_outline_in_it(sign_in, two):
    file = sign_in("ash", "viewer").get(f"{ALL}/2/outline.geojson")
    assert read_geojson(file.data).features[0].geometry.equals(square(200))
    assert json.loads(file.data)["features"][0]["properties"]["outline"] == 2
    assert file.headers["Content-Disposition"] == "attachment; filename=ash-outline-2.geojson"


def test_the_original_comes_back_byte_for_byte(sign_in, two):
    file = sign_in("ash", "viewer").get(f"{ALL}/1/original")
    assert file.data == b"as it came"
    assert file.headers["Content-Disposition"] == "attachment; filename=ours.kml"


def test_what_was_drawn_has_an_original_too_and_what_was_not_kept_has_none(sign_in, working):
    chair = sign_in("ash")
    chair.send("/f/ash/area/draft", outline=drawn(square()))
    assert json.loads(chair.get(f"{ALL}/1/original").data)["type"] == "Polygon"
    with working("ash"):
        save_version(square(1), source="drawn", by=None)
    assert chair.get(f"{ALL}/2/original").status_code == 404
    assert "As it came" not in chair.page(f"{ALL}/2").text


@pytest.mark.parametrize("at", ["", "/1", "/1/original", "/1/outline.geojson", "/1/outline.csv"])
def test_nobody_else_sees_them(sign_in, client, two, at):
    for stranger in (sign_in("beck"), sign_in("northam", "officer"), sign_in("dell")):
        assert stranger.get(ALL + at).status_code == 404
    assert client.get(ALL + at).status_code == 302
    assert sign_in("northam", "officer").get(f"/a/northam/area/versions{at}").status_code == 404


def test_the_number_of_another_space_is_not_there(sign_in, two):
    assert sign_in("beck").get("/f/beck/area/versions/1").status_code == 404


def test_parts_and_holes_are_told_as_land(working, sign_in):
    with working("ash"):
        save_version(square(), source="drawn", by=None)
        holed = shapely.difference(square(), square(100, 100, 100)).union(square(5000, metres=10))
        save_version(holed, source="drawn", by=None)
    page = sign_in("ash").page(f"{ALL}/2")
    assert "Came in 100 m²" in page.text
    assert "Went out 1.0 hectares" in page.text


def test_two_outlines_that_cross_too_often_are_shown_without_what_changed(sign_in, two, monkeypatch):
    def too_woven(*_shapes):
        raise TooComplex("The outlines cross too often.")

    monkeypatch.setattr(versions.change, "between", too_woven)
    page = sign_in("ash", "viewer").page(f"{ALL}/2")
    assert "This cannot be told" in page.text
    assert sign_in("ash", "viewer").page(ALL).status == 200
