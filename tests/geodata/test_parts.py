"""The separate parts of an area that may have been left over by mistake."""

import pytest
import shapely
from shapely.geometry import MultiPolygon, Polygon

from geodata import parts
from tests.geodata.shapes import EAST, NORTH, SQUARE


def with_part(east_m: float, width_m: float, height_m: float) -> MultiPolygon:
    west = EAST + east_m
    return MultiPolygon([SQUARE, shapely.box(west, NORTH, west + width_m, NORTH + height_m)])


@pytest.mark.parametrize(
    ("shape", "code", "words"),
    [
        (with_part(9_000, 500, 500), "isolated part", "lies 8.0 km from any other"),
        (with_part(1_100, 20, 20), "isolated part", "less than a thousandth of the whole"),
        (with_part(1_100, 0.4, 90), "sliver", "less than 1 metre wide"),
    ],
)
def test_a_part_far_off_or_tiny_or_thin_is_shown(shape: MultiPolygon, code: str, words: str) -> None:
    (found,) = parts.oddities(shape)
    assert (found.code, found.severity) == (code, "warning")
    assert words in found.message
    assert found.at is not None
    assert shapely.dwithin(shape.geoms[1], shapely.Point(found.at), 0.001)


@pytest.mark.parametrize("shape", [SQUARE, with_part(1_100, 500, 500), with_part(1_900, 100, 100)])
def test_an_ordinary_part_is_not(shape: Polygon | MultiPolygon) -> None:
    assert list(parts.oddities(shape)) == []


def test_a_part_with_nothing_in_it_is_no_part() -> None:
    assert list(parts.oddities(MultiPolygon([SQUARE, Polygon()]))) == []
