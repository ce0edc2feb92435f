"""Drawing without JavaScript: points clicked on the server's map, carried by the form, saved like any outline."""

import json
from urllib.parse import unquote

import pytest
import shapely

from consult.areas.drawing.sketch import Sketch
from consult.areas.models import latest_version, save_version
from consult.web.windows import SIZES
from tests.areas.ground import apply_here, square
from tests.inspector import Page

POINTS = "/f/ash/area/draft/points"
FIRST = {"view": "450500,200500,2000", "points": ""}


def fields(page):
    return {e.get("name"): e.get("value") for e in page.tree.iter("input") if e.get("type") == "hidden"}


def outline(page):
    return page.tree.find(".//input[@name='outline']").get("value")


def click(client, page, width, x, y):
    """As a browser without JavaScript sends it."""
    carried = {k: v for k, v in fields(page).items() if k != "csrf_token"}
    return Page(client.post(POINTS, data={**carried, f"map{width}.x": x, f"map{width}.y": y}))


def press(client, page, **more):
    carried = {k: v for k, v in fields(page).items() if k != "csrf_token"}
    return Page(client.post(POINTS, data={**carried, **more}))


def start(client):
    return Page(client.post(POINTS, data=FIRST))


def spots(page):
    return Sketch.read(fields(page), square()).points


def test_an_outline_is_clicked_together_and_saved(sign_in, working):
    chair = sign_in("ash")
    page = start(chair)
    for x, y in ((100, 100), (400, 100), (400, 300)):
        page = click(chair, page, 600, x, y)
    assert len(spots(page)) == 3
    assert "hectares" in page.text
    assert chair.send("/f/ash/area/draft", outline=outline(page)).status_code == 303
    with working("ash"):
        kept = shapely.get_coordinates(latest_version().geometry)
    assert {tuple(spot) for spot in kept} == set(spots(page))


def test_a_click_is_where_it_was_made(sign_in):
    chair = sign_in("ash")
    page = start(chair)
    for width, high in SIZES.items():
        page = click(chair, press(chair, page, do="again"), width, width // 2, high // 2)
        assert spots(page)[0] == pytest.approx((450_500, 200_500), abs=2000 / width)


def test_enter_on_the_map_adds_nothing(sign_in):
    chair = sign_in("ash")
    assert spots(click(chair, start(chair), 600, 0, 0)) == ()


def test_nothing_is_kept_until_it_is_saved(sign_in, working):
    chair = sign_in("ash")
    page = start(chair)
    for x, y in ((100, 100), (400, 100), (400, 300)):
        page = click(chair, page, 600, x, y)
    with working("ash"):
        assert latest_version() is None


def test_the_last_point_and_all_points_are_taken_back(sign_in):
    chair = sign_in("ash")
    page = click(chair, click(chair, start(chair), 600, 100, 100), 600, 200, 100)
    assert len(spots(press(chair, page, do="back"))) == 1
    assert spots(press(chair, page, do="again")) == ()


def test_the_map_is_moved_and_the_points_stay(sign_in):
    chair = sign_in("ash")
    page = click(chair, start(chair), 600, 100, 100)
    for do, view in (
        ("closer", "450500,200500,1000"),
        ("east", "451500,200500,2000"),
        ("south", "450500,199500,2000"),
    ):
        moved = press(chair, page, do=do)
        assert fields(moved)["view"] == view
        assert spots(moved) == spots(page)


def test_a_point_is_typed(sign_in):
    chair = sign_in("ash")
    page = press(chair, start(chair), at="450123, 200456")
    assert spots(page) == ((450_123, 200_456),)
    page = press(chair, page, at="-1.26 51.70")
    assert spots(page)[1] == pytest.approx((451_234, 200_000), abs=2_000)
    assert "Write the point as easting and northing" in press(chair, page, at="the old oak").text


def test_a_crossing_is_said_and_cannot_be_saved(sign_in):
    chair = sign_in("ash")
    page = start(chair)
    for x, y in ((100, 100), (400, 300), (400, 100), (100, 300)):
        page = click(chair, page, 600, x, y)
    assert "crosses itself" in page.text
    assert page.tree.find(".//input[@name='outline']") is None


def test_a_neighbours_edge_is_caught_and_followed(sign_in, working):
    corners = [(450_400, 200_000), (450_450, 200_400), (450_400, 200_900)]
    with working("beck"):
        apply_here(shapely.Polygon([*corners, (450_000, 200_900), (450_000, 200_000)]), "Beckside")
    chair = sign_in("ash")
    page = press(chair, start(chair), do="closer")
    view = Sketch.read(fields(page), square()).window.view(600)
    for spot in ((450_402, 200_003), (450_403, 200_897)):
        page = click(chair, page, 600, *(round(px) for px in view.to_px(*spot)))
    assert spots(page) == tuple(corners)
    assert "on the edge of Beckside" in page.text


@pytest.mark.parametrize(
    "given",
    [
        {"points": "x_y 1_1 nan_nan 450000_200000", "view": "a,b"},
        {"points": "1e400_3 " * 50, "view": "1,2,3,4"},
        {"points": "450000_200000 " * 5000, "view": "450000,200000,0"},
        {"points": "٤_٤", "map600.x": "٤", "map600.y": "9999999"},
        {"shape": "{", "before": "[1]", "do": "undo"},
        {"shape": '{"type":"Point","coordinates":[-1.2,51.7]}', "do": "remove"},
        {"do": "by", "east": "1e999", "north": "nan"},
        {"do": "cut"},
        {"do": "join"},
        {"do": "closer", "view": "inf,nan,1"},
    ],
)
def test_nonsense_is_left_out(sign_in, given):
    page = Page(sign_in("ash").post(POINTS, data=given))
    assert page.status == 200


def picture(page):
    address = page.tree.find(".//input[@name='map600']").get("src")
    assert address.startswith("data:image/svg+xml,")
    return unquote(address)


def test_the_drawing_shows_the_points(sign_in):
    chair = sign_in("ash")
    page = click(chair, click(chair, start(chair), 600, 100, 100), 600, 200, 100)
    assert picture(page).count("<circle") >= 2


def spots_typed(client, page, *corners):
    for east, north in corners:
        page = press(client, page, at=f"{450_000 + east} {200_000 + north}")
    return page


def shape(page):
    return Sketch.read(fields(page), square()).shape


SQUARE = ((0, 0), (400, 0), (400, 400), (0, 400))


@pytest.fixture
def begun(sign_in):
    """Somebody with a square of 16 hectares on the page."""
    chair = sign_in("ash")
    page = press(chair, spots_typed(chair, start(chair), *SQUARE), do="begin")
    assert shape(page).area == pytest.approx(160_000)
    return chair, page


def test_another_part_is_drawn_and_deleted_again(begun):
    chair, page = begun
    page = press(chair, spots_typed(chair, page, (600, 0), (700, 0), (700, 100)), do="part")
    assert len(shapely.get_parts(shape(page))) == 2
    assert "in 2 parts" in page.text
    page = press(chair, spots_typed(chair, page, (690, 20)), do="remove")
    assert shape(page).area == pytest.approx(160_000)
    assert shape(press(chair, page, do="undo")).area == pytest.approx(165_000)


def test_a_hole_is_drawn_and_filled_again(begun):
    chair, page = begun
    page = press(chair, spots_typed(chair, page, (100, 100), (200, 100), (200, 200), (100, 200)), do="hole")
    assert shape(page).area == pytest.approx(150_000)
    page = press(chair, spots_typed(chair, page, (150, 150)), do="remove")
    assert shape(page).area == pytest.approx(160_000)


def test_the_outline_is_cut_and_a_piece_goes(begun, working):
    chair, page = begun
    page = press(chair, spots_typed(chair, page, (-10, 100), (410, 100)), do="cut")
    assert page.tree.find(".//input[@name='outline']") is None  # its pieces lie against each other
    assert shape(press(chair, page, do="join")).area == pytest.approx(160_000)
    page = press(chair, spots_typed(chair, page, (200, 50)), do="remove")
    assert shape(page).area == pytest.approx(120_000)
    assert chair.send("/f/ash/area/draft", outline=outline(page)).status_code == 303
    with working("ash"):
        assert latest_version().hectares == pytest.approx(12)


def test_the_whole_is_moved_from_spot_to_spot_and_by_metres(begun):
    chair, page = begun
    page = press(chair, spots_typed(chair, page, (0, 0), (30, 40)), do="move")
    assert shape(page).bounds == pytest.approx((450_030, 200_040, 450_430, 200_440))
    page = press(chair, page, east="-10", north="")
    assert shape(page).bounds == pytest.approx((450_020, 200_040, 450_420, 200_440))
    assert "how many metres" in press(chair, page, do="by", east="a little").text


def test_points_that_are_not_used_yet_keep_it_from_being_saved(begun):
    chair, page = begun
    page = spots_typed(chair, page, (600, 0))
    assert page.tree.find(".//input[@name='outline']") is None
    assert "use them or take them away" in page.text
    assert "There is no part and no hole" in press(chair, page, do="remove").text
    assert "only part" in press(chair, spots_typed(chair, begun[1], (50, 50)), do="remove").text


def test_it_begins_with_the_outline_saved_last(sign_in, working):
    with working("ash"):
        save_version(square(), source="drawn", by=None)
    chair = sign_in("ash")
    page = press(chair, start(chair), do="saved")
    assert shape(page).equals(square())


def test_it_is_for_those_who_may_draw(sign_in):
    assert sign_in("ash", "viewer").get(POINTS).status_code == 403
    assert sign_in("beck").get(POINTS).status_code == 404


def test_a_carried_outline_is_json(sign_in):
    chair = sign_in("ash")
    page = start(chair)
    for x, y in ((100, 100), (400, 100), (400, 300)):
        page = click(chair, page, 600, x, y)
    assert json.loads(outline(page))["type"] == "Polygon"
