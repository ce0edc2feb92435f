"""The register as everyone sees it, and what maps are made of."""

import csv
import io
from datetime import date

import pytest
import shapely

from consult.areas import maps, register
from consult.areas.decisions import settling
from consult.database import db, unit_of_work
from geodata.drawing import Layer
from tests.areas.ground import application_of, apply_here, square


@pytest.fixture
def three(working, world):
    """Two areas in the first district, one of them designated, and one in the second."""
    for slug, east, name in (("ash", 0, "Ash Hill"), ("beck", 1000, "Beckside"), ("dell", 5000, "Dell Road")):
        with working(slug):
            apply_here(square(east), name)
    with working("northam"):
        settling.designate(application_of(world.space["ash"]), on=date(2026, 3, 14), by=None)


def names(client, query=""):
    return [f["properties"]["name"] for f in client.get(f"/register.geojson{query}").get_json()["features"]]


def test_an_empty_register_says_so(client):
    assert "There are no areas here" in client.page("/register").text
    assert names(client) == []


def test_the_register_lists_every_area_with_its_map(client, three):
    page = client.page("/register")
    for words in ("Ash Hill", "Designated 14 March 2026", "Dell Road", "Southby Borough Council", "3 areas"):
        assert words in page.text
    assert '<svg xmlns="http://www.w3.org/2000/svg" role="img"' in page.html


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["Ash Hill", "Beckside", "Dell Road"]),
        ("?authority=northam", ["Ash Hill", "Beckside"]),
        ("?status=applied", ["Beckside", "Dell Road"]),
        ("?authority=northam&status=designated", ["Ash Hill"]),
        ("?authority=nowhere&status=%27--", ["Ash Hill", "Beckside", "Dell Road"]),
    ],
)
def test_the_register_is_filtered_by_authority_and_status(client, three, query, shown):
    assert names(client, query) == shown
    page = client.page(f"/register{query}")
    assert all((name in page.text) == (name in shown) for name in ("Ash Hill", "Beckside", "Dell Road"))


def test_a_page_of_the_list_beyond_its_end_is_no_fault(client, three):
    assert client.get("/register?page=99").status_code == 200
    assert client.get("/register?page=x").status_code == 200


def test_the_csv_is_in_the_house_style_of_planning_data(client, three):
    rows = list(csv.DictReader(io.StringIO(client.get("/register.csv").get_data(as_text=True))))
    ash = rows[0]
    assert ash["reference"] == "NA-0001"
    assert ash["organisation"] == "Northam District Council"
    assert (ash["start-date"], rows[1]["start-date"]) == ("2026-03-14", "")
    assert ash["documentation-url"].endswith("/register/NA-0001")
    shape, point = shapely.from_wkt(ash["geometry"]), shapely.from_wkt(ash["point"])
    assert shape.geom_type == "MultiPolygon"
    assert shape.contains(point)
    assert -7 < point.x < 2


def test_what_has_left_the_register_is_not_in_it(client, working, three):
    with working("beck"):
        register.withdraw(register.application_now(), by=None)
    assert names(client) == ["Ash Hill", "Dell Road"]


def test_the_home_of_a_space_shows_its_area(client, sign_in, three):
    assert "Ash Hill Designated 100.0 hectares" in client.page("/f/ash/").text
    assert "Applications for areas" not in client.page("/a/northam/").text
    assert "Beckside Applied for" in sign_in("northam", "viewer").page("/a/northam/").text


LANE = shapely.LineString([(450_000, 200_000), (451_000, 200_500)])
LAYERS = [
    {"name": "Greens", "style": "green", "features": [{"geometry": square(0, 0, 200), "label": "The Green"}]},
    {"name": "Lanes", "style": "lane", "features": [{"geometry": LANE, "label": None}]},
    {"name": "Other", "style": "no such style", "features": [{"geometry": square(), "label": "x"}]},
]  # fmt: skip


@pytest.fixture
def ground(app, world):
    with app.app_context():
        with unit_of_work():
            maps.keep_base_map(world.space["northam"], LAYERS, "Made up")
        db.session.remove()


def test_the_base_map_is_the_districts_and_is_sent_once(client, ground):
    first = client.get("/f/ash/base-map.geojson")
    features = first.get_json()["features"]
    assert features[0]["properties"] == {"style": "green", "name": "The Green"}
    assert len(features) == 2
    again = client.get("/f/ash/base-map.geojson", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/f/dell/base-map.geojson").get_json()["features"] == []


def test_a_new_base_map_is_seen_at_once(app, client, world, ground):
    old = client.get("/f/ash/base-map.geojson")
    with app.app_context(), unit_of_work():
        maps.keep_base_map(world.space["northam"], LAYERS[:1])
    new = client.get("/f/ash/base-map.geojson", headers={"If-None-Match": old.headers["ETag"]})
    assert new.status_code == 200
    assert len(new.get_json()["features"]) == 1


def test_the_map_of_an_area_is_drawn_on_its_district(client, working, ground):
    with working("ash"):
        apply_here(square(), "Ash Hill")
    page = client.page("/f/ash/area")
    assert "The Green" in page.html
    assert 'data-basemap="/f/ash/base-map.geojson"' in page.html


def test_words_in_a_picture_are_only_words():
    layers = [Layer([square()], "area")]
    drawn = maps.picture(square(), layers, title="<script>", description="</svg>&")
    assert "<script>" not in drawn
    assert drawn.count("</svg>") == 1
