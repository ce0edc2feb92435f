"""A map drawn on the server."""

import json
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geodata.drawing import STYLES, Layer, Shape, View, draw, styles_json
from geodata.furniture import nice_length
from tests.geodata.shapes import EAST, NORTH, SQUARE

SVG = "{http://www.w3.org/2000/svg}"
VIEW = View.fit(SQUARE, 600, 400)
ROAD = shapely.LineString([(EAST - 500, NORTH + 500), (EAST + 1500, NORTH + 520)])
EVIL = "</text><script>alert(1)</script>\x00\x0b & \"quotes\" 'too'"


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def drawn(*layers: Layer, **options: object) -> str:
    return draw(VIEW, layers, title="Alderbrook", description="The area.", **options)  # type: ignore[arg-type]


def lines_of(d: str) -> list[list[tuple[float, float]]]:
    """The lines and rings of a path, their points told from the corner of the picture."""
    lines = []
    for first, steps, end in re.findall(r"M([^lM]+)l([^MZ]+)(Z?)", d):
        at = complex(*map(float, first.split(",")))
        moves = [complex(*map(float, step.split(","))) for step in steps.split()]
        places = [at, *(at := at + move for move in moves)]
        line = [(round(place.real, 1), round(place.imag, 1)) for place in places]
        lines.append(line + line[:1] if end else line)
    return lines


def test_a_map_says_what_it_is() -> None:
    root = parsed(drawn(Layer([SQUARE], "area")))
    assert root.get("role") == "img"
    assert (root.get("viewBox"), root.get("width"), root.get("height")) == ("0 0 600 400", "600", "400")
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert (title.text, description.text) == ("Alderbrook", "The area.")
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


@pytest.mark.parametrize("style", STYLES)
def test_every_style_draws_every_kind_of_shape_without_an_inline_style(style: str) -> None:
    mixed = [SQUARE, ROAD, SQUARE.centroid, SQUARE.difference(SQUARE.buffer(-200)), shapely.Polygon()]
    mixed += [
        shapely.MultiPolygon([SQUARE]),
        shapely.MultiPoint([(EAST, NORTH)]),
        shapely.GeometryCollection([ROAD]),
    ]
    svg = drawn(Layer(mixed, style, "Some things"), mask=SQUARE)
    parsed(svg)
    assert "style=" not in svg
    assert "nan" not in svg


def test_words_from_people_are_harmless() -> None:
    layer = Layer([Shape(SQUARE, EVIL, EVIL)], "area", EVIL)
    svg = draw(VIEW, [layer], title=EVIL, description=EVIL)
    root = parsed(svg)
    assert "<script" not in svg
    assert not root.findall(f".//{SVG}script")
    assert any("alert(1)" in (text.text or "") for text in root.iter(f"{SVG}text"))


def test_a_hole_is_left_open() -> None:
    holed = SQUARE.difference(SQUARE.buffer(-200))
    paths = parsed(drawn(Layer([holed], "area"), furnished=False)).findall(f".//{SVG}path")
    fill = next(path for path in paths if path.get("fill") == STYLES["area"].fill)
    assert fill.get("fill-rule") == "evenodd"
    assert fill.get("d", "").count("Z") == 2


def test_coordinates_have_one_decimal() -> None:
    svg = drawn(Layer([SQUARE.buffer(123.456)], "area"), Layer([ROAD], "road-major"), mask=SQUARE)
    assert not re.search(r'\bd="[^"]*\.\d\d', svg)


def test_a_town_of_houses_is_one_path_and_its_specks_are_left_out() -> None:
    houses = [
        shapely.box(EAST + x, NORTH + y, EAST + x + 20, NORTH + y + 12)
        for x in range(0, 900, 60)
        for y in (0, 90)
    ]
    specks = [shapely.box(EAST + x, NORTH + 500, EAST + x + 1, NORTH + 501) for x in range(0, 900, 60)]
    paths = parsed(drawn(Layer(houses + specks, "building"), furnished=False)).findall(f".//{SVG}path")
    built = [path for path in paths if path.get("fill") == STYLES["building"].fill]
    assert len(built) == 1
    assert built[0].get("d", "").count("Z") == len(houses)
    assert built[0].get("stroke") == STYLES["building"].stroke


def test_ground_that_overlaps_is_filled_and_its_holes_are_not() -> None:
    holed = SQUARE.difference(SQUARE.buffer(-200))
    svg = drawn(Layer([holed, shapely.box(EAST, NORTH, EAST + 150, NORTH + 150)], "wood"), furnished=False)
    path = next(path for path in parsed(svg).iter(f"{SVG}path") if path.get("fill") == STYLES["wood"].fill)
    assert path.get("fill-rule") is None
    turns = [shapely.LinearRing(ring).is_ccw for ring in lines_of(path.get("d", ""))]
    assert (len(turns), turns[0] is turns[1], turns[0] is turns[2]) == (3, False, True)


def test_a_path_ends_where_its_shape_does() -> None:
    svg = drawn(Layer([ROAD], "road-major"), furnished=False)
    line = next(
        path for path in parsed(svg).iter(f"{SVG}path") if path.get("stroke") == STYLES["road-major"].stroke
    )
    north = [VIEW.to_px(*point)[1] for point in ROAD.coords]
    (found,) = lines_of(line.get("d", ""))
    assert (found[0][1], found[-1][1]) == pytest.approx(north, abs=2)


def test_what_is_out_of_sight_costs_nothing() -> None:
    far = shapely.box(EAST + 50_000, NORTH, EAST + 51_000, NORTH + 1000)
    assert drawn(Layer([far], "neighbour")) == drawn(Layer([shapely.Polygon()], "neighbour"))


def test_an_edge_that_dashed_neighbours_share_is_drawn_once() -> None:
    left, right = (
        shapely.box(EAST, NORTH, EAST + 500, NORTH + 500),
        shapely.box(EAST + 500, NORTH, EAST + 900, NORTH + 500),
    )
    root = parsed(drawn(Layer([left, right], "neighbour"), furnished=False))
    lines = [path for path in root.iter(f"{SVG}path") if path.get("stroke-dasharray")]
    assert len(lines) == 1
    x = round(VIEW.to_px(EAST + 500, 0)[0], 1)
    steps = [step for line in lines_of(lines[0].get("d", "")) for step in pairwise(line)]
    assert sum(one[0] == x == other[0] for one, other in steps) == 1


def test_outside_the_plan_area_is_dimmed_above_the_background_only() -> None:
    svg = drawn(Layer([SQUARE], "area"), Layer([ROAD], "road-minor"), mask=SQUARE, furnished=False)
    road, dim, area = (
        svg.find(STYLES["road-minor"].casing),
        svg.find('fill-opacity="0.62"'),
        svg.find("#7a2a63"),
    )
    assert 0 < road < dim < area


def test_labels_that_would_run_into_one_another_are_left_out() -> None:
    near = [Shape(shapely.Point(EAST + 500 + x, NORTH + 500), f"Place {x}") for x in (0, 10, 400)]
    root = parsed(drawn(Layer(near, "place-label"), furnished=False))
    assert [text.text for text in root.iter(f"{SVG}text")] == ["Place 400", "Place 0"]


def test_a_map_has_grid_numbers_a_scale_bar_a_north_arrow_and_a_key() -> None:
    root = parsed(drawn(Layer([SQUARE], "area", "The plan area"), Layer([ROAD], "road-minor")))
    words = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert {"412500", "268500", "N", "200 m", "The plan area"} <= set(words)


def test_the_key_names_only_what_is_in_view_and_is_left_off_a_phone() -> None:
    far = shapely.box(EAST + 50_000, NORTH, EAST + 51_000, NORTH + 1000)
    layers = [Layer([SQUARE], "area", "The plan area"), Layer([far], "neighbour", "Neighbours")]
    wide = draw(VIEW, layers, title="Alderbrook", description="")
    assert "The plan area" in wide
    assert "Neighbours" not in wide
    assert "The plan area" not in draw(View.fit(SQUARE, 320, 300), layers, title="Alderbrook", description="")


def test_a_plain_map_has_none_of_these() -> None:
    assert "<text" not in drawn(Layer([SQUARE], "area", "The plan area"), furnished=False)


def test_the_same_map_is_drawn_the_same_and_two_maps_share_no_ids() -> None:
    one = drawn(Layer([SQUARE], "clash"))
    other = draw(VIEW.zoomed(2), [Layer([SQUARE], "clash")], title="Alderbrook", description="The area.")
    assert one == drawn(Layer([SQUARE], "clash"))
    assert not set(re.findall(r'id="([^"]+)"', one)) & set(re.findall(r'id="([^"]+)"', other))


def test_the_palette_goes_to_the_browser_as_json() -> None:
    palette = json.loads(styles_json())
    assert palette["area"]["stroke"] == STYLES["area"].stroke
    assert set(palette) == set(STYLES)


@given(st.floats(0, 800), st.floats(0, 600), st.floats(0.2, 5), st.floats(-2, 2), st.floats(-2, 2))
def test_a_pixel_and_its_place_are_the_same_point(
    px: float, py: float, zoom: float, dx: float, dy: float
) -> None:
    view = View.fit(SQUARE).zoomed(zoom).panned(dx, dy)
    assert view.to_px(*view.to_grid(px, py)) == pytest.approx((px, py), abs=1e-5)


def test_a_view_fits_its_shape_with_room_around_it() -> None:
    west, south, east, north = View.fit(SQUARE, 600, 400, padding=0.1).bounds
    assert north - south == pytest.approx(1250)
    assert east - west == pytest.approx(1875)
    assert shapely.box(west, south, east, north).contains_properly(SQUARE)


def test_a_view_of_a_single_point_is_a_neighbourhood() -> None:
    assert View.fit(SQUARE.centroid, 600, 400).box().area > 100 * 100


def test_a_view_moves_by_shares_of_itself() -> None:
    moved = VIEW.panned(0.5, -1)
    across, up = VIEW.bounds[2] - VIEW.bounds[0], VIEW.bounds[3] - VIEW.bounds[1]
    assert moved.bounds[0] - VIEW.bounds[0] == pytest.approx(across / 2)
    assert moved.bounds[1] - VIEW.bounds[1] == pytest.approx(-up)


def test_a_view_cannot_be_zoomed_out_of_reason() -> None:
    assert VIEW.zoomed(1e9).metres_per_px == pytest.approx(0.05)
    assert VIEW.zoomed(1e-9).metres_per_px == pytest.approx(2000)


@pytest.mark.parametrize("bounds", [(float("nan"), 0, 1, 1), (0, 0, float("inf"), 1)])
def test_a_view_without_edges_is_refused(bounds: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="four edges"):
        View(bounds)


@given(st.floats(0.001, 1e7))
def test_a_scale_bar_has_a_round_length_that_fits(at_most: float) -> None:
    length = nice_length(at_most)
    assert at_most / 2.6 < length <= at_most * 1.000001
    assert f"{length:e}"[0] in "125"


@pytest.mark.parametrize("style", sorted(STYLES))
@pytest.mark.parametrize("width_m", [250, 20_000, 100_000, 400_000, 1_000_000])
def test_every_layer_is_drawn_at_every_scale(style, width_m):
    """Specks are left out of the base map: what is left must still be what it was."""
    sizes = ((EAST, 3), (EAST + 100, 400), (EAST + 1_000, 9_000))
    areas = [shapely.box(x, NORTH, x + size, NORTH + size) for x, size in sizes]
    others = [
        shapely.LineString([(EAST, NORTH), (EAST + 2, NORTH + 2)]),
        shapely.Point(EAST + 50, NORTH + 50),
    ]
    view = View.fit(shapely.Point(EAST, NORTH).buffer(width_m / 2), 288, 200)
    for some in (areas + others, areas, others):
        layer = Layer([Shape(shape) for shape in some], style)
        parsed(draw(view, [layer], title="Somewhere", description=""))
