"""What is odd in an outline: its corners, their number and how finely they are given."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geodata import crs, outline
from geodata.findings import Finding
from tests.geodata.shapes import EAST, NORTH, SQUARE

WAVY = Polygon(
    [
        (EAST + 987.123 * np.cos(a) + 40.7 * np.cos(9 * a), NORTH + 912.457 * np.sin(a))
        for a in np.arange(0, 6.2, 0.05)
    ]
)


def only(look: Callable[[BaseGeometry], Iterator[Finding]], shape: BaseGeometry) -> Finding | None:
    found = list(look(shape))
    assert len(found) < 2
    return found[0] if found else None


def rounded(decimals: int) -> BaseGeometry:
    return crs.to_grid(shapely.transform(crs.to_wgs84(WAVY), lambda points: points.round(decimals)))


def with_spike(length: float, width: float) -> Polygon:
    tip, foot = (EAST + 1_000 + length, NORTH + 500), (EAST + 1_000, NORTH + 500 + width / 2)
    east = [
        (EAST + 1_000, NORTH),
        (EAST + 1_000, NORTH + 500 - width / 2),
        tip,
        foot,
        (EAST + 1_000, NORTH + 1_000),
    ]
    return Polygon([(EAST, NORTH), *east, (EAST, NORTH + 1_000)])


@pytest.mark.parametrize(("length", "width"), [(20, 0.1), (300, 0.9), (1.5, 0.05)])
def test_a_spike_is_shown_at_its_tip(length: float, width: float) -> None:
    found = only(outline.spikes, with_spike(length, width))
    assert found is not None
    assert (found.code, found.severity) == ("spike", "warning")
    assert found.at == (EAST + 1_000 + length, NORTH + 500)
    assert f"runs {length:.0f} m out" in found.message


@pytest.mark.parametrize(
    "shape", [SQUARE, WAVY, with_spike(20, 5), with_spike(0.5, 0.01), with_spike(300, 30)]
)
def test_an_ordinary_corner_is_no_spike(shape: Polygon) -> None:
    assert only(outline.spikes, shape) is None


def test_a_spike_at_the_first_point_and_with_a_point_given_twice_is_found() -> None:
    points = list(with_spike(20, 0.1).exterior.coords)[:-1]
    for turn in range(len(points)):
        turned = [*points[turn:], *points[:turn]]
        assert only(outline.spikes, Polygon([turned[0], *turned])) is not None


def test_many_spikes_are_one_finding() -> None:
    two = MultiPolygon([with_spike(20, 0.1), shapely.affinity.translate(with_spike(50, 0.1), 3_000, 0)])
    found = only(outline.spikes, two)
    assert found is not None
    assert found.message.endswith("and at 1 more place.")
    assert found.at == (EAST + 4_050, NORTH + 500)


@pytest.mark.parametrize("decimals", [3, 4, 5])
def test_coordinates_rounded_to_few_decimals_of_a_degree_are_seen_after_they_came_to_the_grid(
    decimals: int,
) -> None:
    found = only(outline.coarse, rounded(decimals))
    assert found is not None
    assert found.message.startswith(f"Every point has no more than {decimals} decimals of a degree")


@pytest.mark.parametrize("decimals", [6, 7, 9])
def test_finer_coordinates_are_not(decimals: int) -> None:
    assert only(outline.coarse, rounded(decimals)) is None


@pytest.mark.parametrize(
    ("step", "words"), [(100, "whole 100 metres"), (10, "whole 10 metres"), (1, "whole metre")]
)
def test_whole_metres_are_seen(step: int, words: str) -> None:
    found = only(outline.coarse, shapely.transform(WAVY, lambda points: (points / step).round() * step))
    assert found is not None
    assert words in found.message


def test_a_few_round_corners_are_chance() -> None:
    assert only(outline.coarse, SQUARE) is None


def test_two_rings_that_end_and_begin_at_one_place_repeat_nothing() -> None:
    beside = Polygon([(EAST, NORTH), (EAST - 500, NORTH), (EAST - 500, NORTH - 500)])
    first = Polygon([(EAST, NORTH), (EAST + 500, NORTH), (EAST + 500, NORTH + 500)])
    assert only(outline.repeated, MultiPolygon([first, beside])) is None


def test_more_points_than_a_district_has_are_said_to_be_many() -> None:
    assert only(outline.detailed, SQUARE.buffer(500, quad_segs=3_000)) is not None
    assert only(outline.detailed, WAVY) is None
