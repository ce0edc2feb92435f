"""The land left between two outlines: what is told of it, how exactly, and how long that may take."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from geodata import shaping, strips
from geodata.surroundings import Around, beside_register
from geodata.woven import TooComplex
from tests.geodata.shapes import EAST, NORTH, SQUARE

WIDTH_M, NARROWEST_M = 5.0, 0.02
SHARE = 0.02  # of the width asked for: how nearly it is told


def edge(nudges: list[float], step_m: float = 40.0) -> np.ndarray:
    return np.array([(EAST + nudge, NORTH + step_m * at) for at, nudge in enumerate(nudges)]).round(3)


def west_of(line: np.ndarray) -> Polygon:
    return Polygon([*line, (EAST - 500, line[-1, 1]), (EAST - 500, line[0, 1])])


def east_of(line: np.ndarray) -> Polygon:
    return Polygon([*line, (EAST + 500, line[-1, 1]), (EAST + 500, line[0, 1])])


def found(one: BaseGeometry, other: BaseGeometry) -> list[strips.Strip]:
    return strips.between(one, other, WIDTH_M, narrowest_m=NARROWEST_M)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(-6, 6), min_size=4, max_size=30),
    st.floats(0.1, WIDTH_M * (1 - SHARE) / 1.01),
    st.floats(0, 360),
)
def test_a_strip_along_a_crooked_edge_is_the_whole_land_between(
    nudges: list[float], width_m: float, turned: float
) -> None:
    """To the east the same edge, so many metres off: as wide all along, seen from west to east."""
    line = edge(nudges)
    beyond = np.add(line, (width_m, 0))
    land = Polygon([*line, *beyond[::-1]])
    one, other, land = (
        affinity.rotate(each, turned, origin=(EAST, NORTH)) for each in (west_of(line), east_of(beyond), land)
    )
    (strip,) = found(one, other)
    assert strip.geometry.symmetric_difference(land).area < 0.002 * strip.length_m + 2 * width_m * NARROWEST_M


@settings(max_examples=60, deadline=None)
@given(st.floats(WIDTH_M * (1 + SHARE), 8), st.floats(30, 2_000), st.floats(0, 360))
def test_land_that_is_wider_is_no_strip(width_m: float, length_m: float, turned: float) -> None:
    one = shapely.box(EAST - 500, NORTH, EAST, NORTH + length_m)
    other = shapely.box(EAST + width_m, NORTH, EAST + 500, NORTH + length_m)
    assert found(*(affinity.rotate(each, turned, origin=(EAST, NORTH)) for each in (one, other))) == []


@settings(max_examples=60, deadline=None)
@given(st.floats(0.5, 5), st.floats(0, 360))
def test_a_strip_ends_where_it_is_as_wide_as_was_asked(degrees: float, turned: float) -> None:
    """Between two edges that part at so few degrees, from a point."""
    reach = 12 / math.tan(math.radians(degrees))
    one = shapely.box(EAST - 500, NORTH, EAST, NORTH + reach)
    other = Polygon(
        [(EAST, NORTH), (EAST + 12, NORTH + reach), (EAST + 500, NORTH + reach), (EAST + 500, NORTH)]
    )
    (strip,) = found(*(affinity.rotate(each, turned, origin=(EAST, NORTH)) for each in (one, other)))
    straight = affinity.rotate(strip.geometry, -turned, origin=(EAST, NORTH))
    widest = straight.bounds[2] - EAST
    assert widest == pytest.approx(WIDTH_M, rel=SHARE + math.radians(degrees) ** 2)
    assert straight.area == pytest.approx(widest * widest / math.tan(math.radians(degrees)) / 2, rel=0.02)


def spikes(length_m: float, points: int = 5_000) -> Polygon:
    turn = np.linspace(0, math.tau, points)[:-1]
    radius = 2_000 + np.where(np.arange(points - 1) % 2, length_m, 0)
    return Polygon(np.column_stack([EAST + radius * np.cos(turn), NORTH + radius * np.sin(turn)]).round(3))


def round_about(area: Polygon) -> Polygon:
    box = shapely.box(EAST - 5_000, NORTH - 5_000, EAST + 5_000, NORTH + 5_000)
    return Polygon(box.exterior, [area.buffer(2, quad_segs=2).exterior])


@pytest.fixture
def no_buffer(monkeypatch: pytest.MonkeyPatch) -> None:
    def must_not_be_reached(*_: object, **__: object) -> None:
        raise AssertionError("buffered all the same")

    monkeypatch.setattr(strips, "_closed", must_not_be_reached)


@pytest.mark.usefixtures("no_buffer")
def test_between_spikes_nobody_looks_and_everybody_is_told() -> None:
    area = spikes(300)
    around = round_about(area)
    with pytest.raises(TooComplex, match="too intricate to look for gaps"):
        found(area, around)
    (told,) = beside_register(
        area, [Around("Beck", around), Around("Ash", affinity.translate(SQUARE, 9_000))]
    )
    assert (told.code, told.severity) == ("too complex", "notice")
    assert "Whether a gap lies between this area and “Beck” was not looked at" in told.message
    with pytest.raises(shaping.CannotShape):
        shaping.close_gaps(area, [around], 5)


def test_an_ordinary_outline_of_five_thousand_points_is_looked_at() -> None:
    area = spikes(1.5)
    (strip, *_) = found(area, round_about(area))
    assert strip.width_m == pytest.approx(2, abs=0.2)
