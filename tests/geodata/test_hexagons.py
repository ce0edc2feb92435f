"""Hexagons: each point in exactly one, all of one area, and none between them."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata import hexagons

calm = settings(deadline=None, max_examples=200)
metres = st.floats(0, 1_300_000, allow_nan=False)
areas = st.sampled_from([hectares * 10_000 for hectares in hexagons.HECTARES])
AROUND = [(1, 0), (1, -1), (0, -1), (-1, 0), (-1, 1), (0, 1)]
MILLIMETRE = 0.001


@calm
@given(metres, metres, areas)
def test_every_point_falls_in_one_hexagon_and_in_no_other(east, north, area):
    point = shapely.Point(east, north)
    q, r = hexagons.holding([east], [north], area)[0].tolist()
    assert hexagons.outline(q, r, area).distance(point) < MILLIMETRE
    for step_q, step_r in AROUND:
        other = hexagons.outline(q + step_q, r + step_r, area)
        assert not other.buffer(-MILLIMETRE).contains(point)


@calm
@given(st.integers(-5_000, 5_000), st.integers(-5_000, 5_000), areas)
def test_all_have_the_area_that_was_asked_for(q, r, area):
    assert hexagons.outline(q, r, area).area == pytest.approx(area, rel=1e-6)


@calm
@given(st.integers(0, 2_000), st.integers(0, 2_000), areas)
def test_a_hexagon_holds_its_own_middle(q, r, area):
    east, north = hexagons.middle(q, r, area)
    assert hexagons.holding([east], [north], area).tolist() == [[q, r]]


@calm
@given(st.integers(0, 2_000), st.integers(0, 2_000), areas)
def test_neighbours_share_their_corners_to_the_last_bit(q, r, area):
    here = set(hexagons.outline(q, r, area).exterior.coords)
    for step_q, step_r in AROUND:
        there = set(hexagons.outline(q + step_q, r + step_r, area).exterior.coords)
        assert len(here & there) == 2


def test_they_cover_the_ground_without_a_gap():
    area = 10_000.0
    east, north = (axis.ravel() for axis in np.meshgrid(np.arange(0, 2_000, 10.0), np.arange(0, 2_000, 10.0)))
    cells = np.unique(hexagons.holding(east, north, area), axis=0).tolist()
    ground = shapely.union_all([hexagons.outline(q, r, area) for q, r in cells])
    assert ground.geom_type == "Polygon"
    assert not ground.interiors
    assert ground.area == pytest.approx(len(cells) * area)


def test_the_size_is_a_round_one():
    assert hexagons.size_for(2_000_000, 60) == 50_000
    assert hexagons.size_for(0, 60) == 5_000
    assert hexagons.size_for(1e12, 60) == 10_000_000


def test_a_point_without_a_place_is_refused():
    with pytest.raises(ValueError, match="finite"):
        hexagons.holding([float("nan")], [1.0], 10_000)


def test_no_points_are_in_no_hexagons():
    assert hexagons.holding([], [], 10_000).shape == (0, 2)
