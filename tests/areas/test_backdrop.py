"""The base map that a page's moving map fetches: only its window, only what can be seen, the same for everyone."""

import gzip

import numpy as np
import pytest
import shapely

from consult.areas import backdrop, maps
from consult.areas.backdrop import Window
from consult.database import db, unit_of_work
from geodata import crs
from tests.areas.ground import EAST, NORTH, square

ADDRESS = "/f/ash/base-map.geojson"
HOUSES = [square(east, north, 12) for east in range(0, 9_000, 300) for north in range(0, 3_000, 300)]


def layer(name, style, *shapes):
    return {"name": name, "style": style, "features": [{"geometry": g, "label": w} for g, w in shapes]}


def wavy(metres):
    """A lane of so many metres with a wobble that nobody sees from afar."""
    along = np.arange(0, metres, 5.0)
    return shapely.LineString(np.column_stack([EAST + along, NORTH + 50 + np.sin(along / 9) * 0.4]))


@pytest.fixture
def ground(app, world):
    with app.app_context():
        with unit_of_work():
            maps.keep_base_map(
                world.space["northam"],
                [
                    layer(
                        "Greens",
                        "green",
                        (square(0, 0, 200), "The Green"),
                        (square(8_000, 0, 200), "Far Green"),
                    ),
                    layer("Buildings", "building", *[(house, None) for house in HOUSES]),
                    layer("Lanes", "lane", (wavy(9_000), "Long Lane")),
                ],
            )
        db.session.remove()


def asked(client, west, south, metres):
    """The address with a window so many metres wide, from so far east and north of the corner."""
    lons, lats = crs.lonlat_points(
        [EAST + west, EAST + west + metres], [NORTH + south, NORTH + south + metres]
    )
    return client.get(f"{ADDRESS}?bounds={lons[0]},{lats[0]},{lons[1]},{lats[1]}")


def styles(answer):
    return [feature["properties"] for feature in answer.get_json()["features"]]


def coordinates(answer):
    shapes = shapely.from_geojson(answer.text)
    return shapely.get_coordinates(shapes)


def test_only_what_lies_in_the_window_is_sent(client, ground):
    near = styles(asked(client, 0, 0, 1_000))
    assert {"style": "green", "name": "The Green"} in near
    assert not [feature for feature in near if feature.get("name") == "Far Green"]
    east = coordinates(asked(client, 0, 0, 1_000))
    assert np.ptp(crs.grid_points(east[:, 0], east[:, 1])[0]) < 1_500  # the lane is cut where the window ends


def test_houses_are_one_shape_and_sent_only_where_they_can_be_seen(client, ground):
    near = asked(client, 0, 0, 1_000).get_json()["features"]
    houses = [feature for feature in near if feature["properties"] == {"style": "building"}]
    assert [house["geometry"]["type"] for house in houses] == ["MultiPolygon"]
    assert not [feature for feature in styles(asked(client, 0, 0, 8_000)) if feature["style"] == "building"]


def test_too_many_houses_are_none(client, ground, monkeypatch):
    monkeypatch.setattr(backdrop, "MOST_BUILDINGS", 3)
    assert not [feature for feature in styles(asked(client, 0, 0, 1_001)) if feature["style"] == "building"]


def test_a_line_is_no_finer_than_can_be_seen(client, ground):
    def points_of_the_lane(answer):
        lanes = [f["geometry"] for f in answer.get_json()["features"] if f["properties"]["style"] == "lane"]
        return sum(len(lane["coordinates"]) for lane in lanes)

    assert points_of_the_lane(asked(client, 0, 0, 400)) > 20
    assert points_of_the_lane(asked(client, 0, 0, 8_000)) == 2


def test_degrees_have_five_decimals(client, ground):
    seen = coordinates(asked(client, 0, 0, 1_000))
    assert len(seen)
    assert (seen == seen.round(5)).all()


def test_nearly_the_same_window_is_the_same_answer(client, ground):
    first, second = asked(client, 20, 20, 1_000), asked(client, 25, 25, 985)
    assert first.headers["ETag"] == second.headers["ETag"]
    assert first.data == second.data
    assert asked(client, 3_000, 0, 1_000).headers["ETag"] != first.headers["ETag"]
    assert first.cache_control.public


def test_a_window_is_never_less_than_was_asked():
    window = Window(EAST + 1, NORTH + 2, EAST + 777, NORTH + 555)
    wider = window.whole_cells()
    assert wider.west <= window.west
    assert wider.south <= window.south
    assert wider.east >= window.east
    assert wider.north >= window.north
    assert wider.span_m <= window.span_m * 1.6


@pytest.mark.parametrize(
    "bounds", ["", "x", "1,2,3", "nan,nan,nan,nan", "-1,51,-1,51", "170,80,175,85", "1e999,0,0,0"]
)
def test_a_window_that_is_none_is_the_whole_district(client, ground, bounds):
    answer = client.get(f"{ADDRESS}?bounds={bounds}")
    assert {"style": "green", "name": "Far Green"} in styles(answer)


def test_it_is_squeezed_for_those_who_can_read_it(client, ground):
    plain = client.get(ADDRESS)
    squeezed = client.get(ADDRESS, headers={"Accept-Encoding": "gzip"})
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(squeezed.data) == plain.data
