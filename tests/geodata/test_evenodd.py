"""How much a repair changes of what an outline covers as it is drawn."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from shapely.geometry import MultiPolygon, Polygon

from geodata import boundary
from geodata.evenodd import changed_m2, differing_m2
from tests.geodata.shapes import BOW_TIE, EAST, NORTH, SQUARE, areas


def test_a_bow_tie_covers_its_two_halves_already() -> None:
    assert changed_m2(BOW_TIE, shapely.make_valid(BOW_TIE)) == 0
    assert changed_m2(BOW_TIE, Polygon()) == pytest.approx(80_000)


def test_the_middle_of_a_star_in_one_stroke_is_not_covered_and_filling_it_is_a_change() -> None:
    turns = np.arange(5) * 4 * np.pi / 5
    star = Polygon(np.column_stack([EAST + 500 * np.sin(turns), NORTH + 500 * np.cos(turns)]))
    open_middle = shapely.make_valid(star, method="linework")
    assert changed_m2(star, open_middle) == 0
    middle = boundary.repair(star).geometry.area - open_middle.area
    assert boundary.repair(star).change_m2 == pytest.approx(abs(middle), abs=2)


def test_two_parts_on_one_another_cover_nothing_where_both_are() -> None:
    inner = shapely.box(EAST + 200, NORTH + 200, EAST + 400, NORTH + 400)
    repaired = boundary.repair(MultiPolygon([SQUARE, inner]))
    assert repaired.change_m2 == pytest.approx(abs(repaired.geometry.area - 960_000))


@settings(max_examples=50, deadline=None)
@given(areas())
def test_a_valid_outline_is_not_changed_and_all_of_it_is_when_nothing_is_left(area: Polygon) -> None:
    if area.is_valid:
        assert changed_m2(area, area) == 0
        assert changed_m2(area, Polygon()) == pytest.approx(area.area)


def test_an_area_cut_back_differs_by_what_was_mended_and_what_was_cut():
    kept = shapely.intersection(
        shapely.make_valid(BOW_TIE), shapely.box(EAST, NORTH, EAST + 100, NORTH + 400)
    )
    assert differing_m2(BOW_TIE, kept) == pytest.approx(80_000 - kept.area)
    assert differing_m2(SQUARE, shapely.affinity.translate(SQUARE, 100, 0)) == pytest.approx(200_000)
    assert differing_m2(SQUARE, SQUARE) == 0
