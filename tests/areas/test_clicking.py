"""Drawing without JavaScript: points clicked on the server's map, carried by the form, saved like any outline."""

import json
import re

import pytest
import shapely

from consult.areas.models import latest_version
from consult.areas.sketch import SIZES, Sketch
from tests.areas.ground import apply_here, square
from tests.inspector import Page

POINTS = "/f/ash/area/draft/points"
FIRST = {"view": "450500_200500_2000", "points": ""}


def fields(page):
    return {e.get("name"): e.get("value") for e in page.tree.iter("input") if e.get("type") == "hidden"}


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
    assert chair.send("/f/ash/area/draft", outline=fields(page)["outline"]).status_code == 303
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
        ("closer", "450500_200500_1000"),
        ("east", "451500_200500_2000"),
        ("south", "450500_199500_2000"),
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
    assert fields(page)["outline"] == ""


def test_a_neighbours_edge_is_caught_and_followed(sign_in, working):
    corners = [(450_400, 200_000), (450_450, 200_400), (450_400, 200_900)]
    with working("beck"):
        apply_here(shapely.Polygon([*corners, (450_000, 200_900), (450_000, 200_000)]), "Beckside")
    chair = sign_in("ash")
    page = press(chair, start(chair), do="closer")
    view = Sketch.read(fields(page), square()).look.view(600)
    for spot in ((450_402, 200_003), (450_403, 200_897)):
        page = click(chair, page, 600, *(round(px) for px in view.to_px(*spot)))
    assert spots(page) == tuple(corners)
    assert "on the edge of Beckside" in page.text


@pytest.mark.parametrize(
    "given",
    [
        {"points": "x_y 1_1 nan_nan 450000_200000", "view": "a_b"},
        {"points": "1e400_3 " * 50, "view": "1_2_3_4"},
        {"points": "450000_200000 " * 5000, "view": "450000_200000_0"},
        {"points": "٤_٤", "map600.x": "٤", "map600.y": "9999999"},
        {"do": "closer", "view": "inf_nan_1"},
    ],
)
def test_nonsense_is_left_out(sign_in, given):
    page = Page(sign_in("ash").post(POINTS, data=given))
    assert page.status == 200


def test_the_drawing_shows_the_points(sign_in):
    chair = sign_in("ash")
    page = click(chair, click(chair, start(chair), 600, 100, 100), 600, 200, 100)
    address = (
        re.search(r'src="(/f/ash/area/draft/points/600\.svg[^"]*)"', page.html).group(1).replace("&amp;", "&")
    )
    answer = chair.get(address)
    assert answer.mimetype == "image/svg+xml"
    assert answer.get_data(as_text=True).count("<circle") >= 2
    assert chair.get("/f/ash/area/draft/points/601.svg").status_code == 404


def test_a_long_outlines_drawing_has_an_address_that_fits():
    spots = " ".join(f"{450_000 + i}.123_{200_000 + i}.456" for i in range(2_000))
    assert len(Sketch.read({"points": spots}, square()).drawn) < 3_000


def test_it_is_for_those_who_may_draw(sign_in):
    assert sign_in("ash", "viewer").get(POINTS).status_code == 403
    assert sign_in("beck").get(POINTS).status_code == 404


def test_a_carried_outline_is_json(sign_in):
    chair = sign_in("ash")
    page = start(chair)
    for x, y in ((100, 100), (400, 100), (400, 300)):
        page = click(chair, page, 600, x, y)
    assert json.loads(fields(page)["outline"])["type"] == "Polygon"
