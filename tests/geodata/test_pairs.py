"""Every pair among many areas whose interiors meet."""

from collections.abc import Sequence

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Polygon

from geodata import pairs
from tests.geodata.shapes import EAST, NORTH, areas


def meeting(offered: Sequence[Polygon]) -> pairs.Indexes:
    among = np.array(offered, dtype=object)
    return pairs.meeting(among, pairs.beside(among))


@settings(max_examples=40, deadline=None)
@given(st.lists(areas(spread_m=8_000), min_size=1, max_size=14), st.integers(1, 20), st.integers(1, 4))
def test_the_pairs_are_those_that_each_pair_gives_by_itself(
    offered: list[Polygon], at_once: int, worth: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "PAIRS_AT_ONCE", at_once)
        patch.setattr(pairs, "WORTH_PREPARING", worth)
        found = meeting(offered).tolist()
    one_by_one = [
        [i, j]
        for i in range(len(offered))
        for j in range(i + 1, len(offered))
        if offered[i].relate_pattern(offered[j], "T********")
    ]
    assert found == one_by_one


def test_one_area_that_meets_a_thousand_is_found_with_each() -> None:
    columns, rows = np.divmod(np.arange(1_000), 40)
    small = shapely.box(
        EAST + columns * 10, NORTH + rows * 10, EAST + columns * 10 + 9, NORTH + rows * 10 + 9
    )
    found = meeting([shapely.box(EAST, NORTH, EAST + 300, NORTH + 500), *small])
    assert found.tolist() == [[0, index] for index in range(1, 1_001)]


def test_nothing_meets_among_none_and_one() -> None:
    assert meeting([]).shape == (0, 2)
    assert meeting([shapely.box(0, 0, 1, 1)]).shape == (0, 2)
