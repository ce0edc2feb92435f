"""Pairs that certainly share no ground: never one that does, and nearly all that do not where edges are shared."""

from collections.abc import Sequence

import numpy as np
import pytest
import shapely
import shapely.affinity
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geodata import covering, pairs
from tests.geodata.shapes import EAST, NORTH, SQUARE, areas, cells

PACE = 100


def sheet(side: int, east: float = EAST, north: float = NORTH) -> list[Polygon]:
    """Square cells edge to edge, each side with a point in its middle."""
    corners = [(0, 0), (50, 0), (100, 0), (100, 50), (100, 100), (50, 100), (0, 100), (0, 50)]
    return [
        Polygon([(east + column * PACE + x, north + row * PACE + y) for x, y in corners])
        for column in range(side)
        for row in range(side)
    ]


def told(offered: Sequence[BaseGeometry]) -> tuple[pairs.Indexes, covering.Truths]:
    among = np.array(offered, dtype=object)
    near = pairs.beside(among)
    return near, covering.apart(among, near)


def must_be_true(offered: Sequence[BaseGeometry]) -> None:
    near, apart = told(offered)
    for i, j in near[apart]:
        assert not offered[i].relate_pattern(offered[j], "T********")


def test_of_a_sheet_only_the_pairs_along_its_edge_are_left_in_doubt():
    near, apart = told(sheet(7))
    inner = [column * 7 + row for column in range(1, 6) for row in range(1, 6)]
    for (i, j), is_apart in zip(near.tolist(), apart.tolist(), strict=True):
        assert is_apart or not {i, j} & set(inner[6:9])


def test_an_area_that_reaches_into_the_next_leaves_those_around_it_in_doubt():
    offered = sheet(9)
    offered[40] = offered[40].union(shapely.box(EAST + 490, NORTH + 410, EAST + 520, NORTH + 430))
    near, apart = told(offered)
    doubtful = {tuple(pair) for pair in near[~apart].tolist()}
    assert (40, 49) in doubtful
    assert apart.any()


def test_a_sheet_laid_over_another_is_told_apart_in_nothing():
    """Each edge cancels within its own sheet, and yet every area shares ground with four of the other."""
    offered = [*sheet(6), *sheet(6, EAST + 37, NORTH + 21)]
    _, apart = told(offered)
    assert not apart.any()


def test_a_small_area_within_another_is_not_told_apart_from_it():
    offered = [*sheet(7), shapely.box(EAST + 320, NORTH + 320, EAST + 340, NORTH + 340)]
    near, apart = told(offered)
    assert [24, 49] in near[~apart].tolist()


def test_the_same_area_twice_is_not_told_apart():
    offered = [*sheet(7), sheet(7)[24]]
    near, apart = told(offered)
    assert [24, 49] in near[~apart].tolist()


def test_parts_and_holes_are_told_apart_whichever_way_they_run():
    middle = sheet(7)[24]
    offered = [cell if cell is not middle else cell.reverse() for cell in sheet(7)]
    hole = shapely.box(EAST + 430, NORTH + 330, EAST + 470, NORTH + 370)
    offered[31] = Polygon(offered[31].exterior.reverse(), [hole.exterior])
    offered += [hole, MultiPolygon([offered[0], offered[48]])]
    must_be_true(offered)
    near, apart = told(offered)
    assert [31, 49] in near[apart].tolist()


def test_areas_that_fit_nowhere_are_told_nothing_of(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(covering, "MOST_LEFT", 3)
    _, apart = told(sheet(7))
    assert not apart.any()


def test_nothing_is_told_of_none_of_one_and_of_an_empty_area():
    assert told([])[1].tolist() == []
    assert told([SQUARE])[1].tolist() == []
    must_be_true([MultiPolygon(), SQUARE, *sheet(3)])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(areas(spread_m=6_000), min_size=1, max_size=8), st.lists(cells(), max_size=2), st.integers(1, 60)
)
def test_no_pair_that_shares_ground_is_ever_told_apart(
    anywhere: list[Polygon], sheets: list[list[Polygon]], at_once: int
):
    offered = [*anywhere, *(cell for each in sheets for cell in each)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(covering, "POINTS_AT_ONCE", at_once)
        must_be_true(offered)


@settings(max_examples=40, deadline=None)
@given(cells(), st.integers(0, 8), st.integers(0, 8), st.floats(-2_000, 2_000), st.floats(-2_000, 2_000))
def test_a_cell_moved_or_joined_to_another_is_found_with_all_it_meets(
    sheet: list[Polygon], moved: int, joined: int, east: float, north: float
):
    offered: list[BaseGeometry] = [*sheet]
    offered[moved] = shapely.affinity.translate(sheet[moved], round(east, 3), round(north, 3))
    offered[joined] = shapely.union(sheet[joined], sheet[(joined + 1) % 9])
    must_be_true([area for area in offered if area.is_valid])
