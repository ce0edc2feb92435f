"""How one version of a boundary differs from another, and who moves in or out."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from shapely import affinity
from shapely.geometry import Polygon

from geodata import change, crs
from tests.geodata.shapes import EAST, NORTH, SQUARE, areas, cells


@settings(max_examples=60, deadline=None)
@given(areas(spread_m=3_000), areas(spread_m=3_000))
def test_what_was_kept_and_lost_was_before_and_what_was_kept_and_gained_is_after(
    before: Polygon, after: Polygon
) -> None:
    found = change.between(before, after)
    rounding = 0.002 * (before.length + after.length)
    assert found.kept_m2 + found.lost_m2 == pytest.approx(before.area, abs=rounding)
    assert found.kept_m2 + found.gained_m2 == pytest.approx(after.area, abs=rounding)
    assert found.gained.is_valid
    assert found.lost.is_valid


@settings(max_examples=30, deadline=None)
@given(cells())
def test_a_trip_through_degrees_changes_nothing(sheet: list[Polygon]) -> None:
    for area in sheet:
        found = change.between(area, crs.to_grid(crs.to_wgs84(area)))
        assert (found.gained_m2, found.lost_m2) == (0, 0)


def test_a_corner_that_moves_by_a_millimetre_is_no_change() -> None:
    corners = shapely.get_coordinates(SQUARE)
    corners[1] += 0.001
    found = change.between(SQUARE, Polygon(corners[:-1]))
    assert found.gained.is_empty
    assert found.lost.is_empty


def test_a_strip_that_comes_in_and_one_that_goes_out_are_measured() -> None:
    found = change.between(SQUARE, affinity.translate(SQUARE, 100, 0))
    assert (found.gained_m2, found.lost_m2, found.kept_m2) == pytest.approx((100_000, 100_000, 900_000))
    assert found.gained.bounds == (EAST + 1000, NORTH, EAST + 1100, NORTH + 1000)


def test_who_is_on_an_edge_is_inside_before_and_after() -> None:
    moved = change.between(SQUARE, affinity.translate(SQUARE, 100, 0))
    #       deep in, old west edge, in the part lost, new west edge, old east edge, gained, new east edge, outside
    easts = EAST + np.array([500, 0, 50, 100, 1000, 1050, 1100, 1101])
    came, went = change.moves(moved, easts, np.full(8, NORTH + 500))
    assert came.tolist() == [False, False, False, False, False, True, True, False]
    assert went.tolist() == [False, True, True, False, False, False, False, False]


def test_nobody_moves_where_nothing_changed() -> None:
    came, went = change.moves(change.between(SQUARE, SQUARE), [EAST, EAST + 5], [NORTH, NORTH + 5])
    assert not came.any()
    assert not went.any()
