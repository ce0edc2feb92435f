import numpy as np
import pytest
import shapely

from geodata.widths import wider_than

STRIP = shapely.box(450_000, 200_000, 450_150, 200_002)  # 150 m by 2 m


@pytest.mark.parametrize(("width_m", "wider"), [(0.5, True), (1.99, True), (2.01, False), (5, False)])
def test_a_strip_is_as_wide_as_its_shorter_side_however_long(width_m, wider):
    assert bool(wider_than(width_m, STRIP)) is wider


def test_each_part_is_told_for_itself_and_where_it_is_widest():
    bulging = shapely.union(STRIP, shapely.box(450_050, 200_000, 450_060, 200_010))
    hair = shapely.box(450_000, 200_000, 450_150, 200_000.5)
    assert wider_than(5, np.array([STRIP, bulging, hair], dtype=object)).tolist() == [False, True, False]
