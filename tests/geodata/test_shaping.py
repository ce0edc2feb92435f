"""What the editor's buttons do to an area, worked out exactly."""

from contextlib import suppress

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geodata import register, shaping
from tests.geodata.shapes import BOW_TIE, EAST, NORTH, SQUARE, areas, broken, cells

ROUNDING_M = 0.0015


def line(*points: tuple[float, float]) -> LineString:
    return LineString([(EAST + x, NORTH + y) for x, y in points])


def box(west: float, south: float, east: float, north: float) -> Polygon:
    return shapely.box(EAST + west, NORTH + south, EAST + east, NORTH + north)


def shares_nothing(one: BaseGeometry, other: BaseGeometry) -> bool:
    return not shapely.relate_pattern(one, other, "T********")


@settings(max_examples=60, deadline=None)
@given(areas(spread_m=100), st.floats(0, 180), st.integers(-500, 500))
def test_the_pieces_of_a_cut_add_up_to_the_whole_and_join_into_it_again(
    area: Polygon, angle: float, off: int
) -> None:
    centre = area.centroid
    across = LineString([(centre.x - 9_000, centre.y + off), (centre.x + 9_000, centre.y + off)])
    with suppress(shaping.CannotShape):
        pieces = shaping.cut(area, affinity.rotate(across, angle, origin=centre))
        assert len(pieces) >= 2
        assert all(piece.is_valid for piece in pieces)
        assert sum(piece.area for piece in pieces) == pytest.approx(area.area, abs=area.length * ROUNDING_M)
        assert register.audit(pieces).overlaps + register.audit(pieces).slivers == ()
        joined = shaping.join(pieces)
        assert joined.is_valid
        assert joined.symmetric_difference(area).area < area.length * ROUNDING_M


def test_a_cut_gives_the_larger_piece_first_and_leaves_other_parts_whole() -> None:
    area = MultiPolygon([SQUARE, box(3_000, 0, 3_050, 50)])
    pieces = shaping.cut(area, line((-10, 200), (1_010, 200)))
    assert [piece.area for piece in pieces] == [800_000, 200_000, 2_500]


@pytest.mark.parametrize(
    "along",
    [
        line((-10, 500), (500, 500)),
        line((200, 500), (800, 500)),
        line((-10, 2_000), (2_000, 2_000)),
        line((0, 0), (1_000, 0)),
        LineString(),
        SQUARE,
    ],
)
def test_a_line_that_does_not_cross_fully_cuts_nothing(along: BaseGeometry) -> None:
    with pytest.raises(shaping.CannotShape, match="line"):
        shaping.cut(SQUARE, along)


def test_a_line_of_too_many_points_or_crossings_is_refused_in_words() -> None:
    with pytest.raises(shaping.CannotShape, match="1,001 points"):
        shaping.cut(SQUARE, line(*((x, x % 7) for x in range(1_001))))
    teeth = [(x, 900.0 if x % 2 else 100.0) for x in range(2_000)]
    comb = Polygon([*line((0, 0), *teeth, (2_000, 0)).coords])
    crossing = line(*((-5 if x % 2 else 2_005, 200 + x) for x in range(20)))
    with pytest.raises(shaping.CannotShape, match="too many times"):
        shaping.cut(comb, crossing)


@settings(max_examples=25, deadline=None)
@given(cells())
def test_a_sheet_of_areas_joins_into_one_part_without_a_hole(sheet: list[Polygon]) -> None:
    joined = shaping.join(sheet)
    assert len(joined.geoms) == 1
    assert not joined.geoms[0].interiors
    assert joined.area == pytest.approx(sum(area.area for area in sheet), abs=joined.length * ROUNDING_M)


@pytest.mark.parametrize("slit", [0.001, 0.05, 0.8])
def test_a_slit_between_two_parts_is_closed(slit: float) -> None:
    joined = shaping.join([SQUARE, box(1_000 + slit, 0, 2_000, 1_000)])
    assert len(joined.geoms) == 1
    assert joined.area == pytest.approx(2_000_000, abs=5)


def test_a_sliver_hole_between_parts_goes_and_a_true_hole_stays() -> None:
    notched = SQUARE.difference(box(999.5, 300, 1_000, 700)).difference(box(200, 200, 200.5, 600))
    joined = shaping.join([notched, box(1_000, 0, 2_000, 1_000)])
    (hole,) = joined.geoms[0].interiors
    assert Polygon(hole).equals(box(200, 200, 200.5, 600))


def test_parts_that_do_not_touch_stay_parts() -> None:
    assert len(shaping.join([SQUARE, box(1_002, 0, 2_000, 1_000)]).geoms) == 2
    with pytest.raises(shaping.CannotShape):
        shaping.join([])


def test_a_hole_is_added_made_larger_and_filled() -> None:
    holed = shaping.add_hole(SQUARE, box(200, 200, 400, 400))
    assert holed.area == 960_000
    larger = shaping.add_hole(holed, box(300, 300, 500, 500))
    assert larger.area == 930_000
    assert shaping.fill_hole(larger, (EAST + 250, NORTH + 250)).equals(SQUARE)


@pytest.mark.parametrize("hole", [box(900, 0, 1_100, 50), box(0, 100, 50, 200), box(2_000, 0, 2_100, 100)])
def test_a_hole_must_lie_clear_of_the_outline(hole: Polygon) -> None:
    with pytest.raises(shaping.CannotShape, match="not wholly inside"):
        shaping.add_hole(SQUARE, hole)


def test_a_hole_in_a_hole_and_a_fill_where_there_is_none_are_refused() -> None:
    holed = shaping.add_hole(SQUARE, box(200, 200, 400, 400))
    with pytest.raises(shaping.CannotShape, match="already"):
        shaping.add_hole(holed, box(250, 250, 300, 300))
    for place in ((600, 600), (5_000, 0)):
        with pytest.raises(shaping.CannotShape, match="no hole"):
            shaping.fill_hole(holed, (EAST + place[0], NORTH + place[1]))


def test_a_part_is_added_and_taken_away_again() -> None:
    two = shaping.add_part(SQUARE, box(3_000, 0, 3_100, 100))
    assert len(two.geoms) == 2
    assert shaping.remove_part(two, (EAST + 3_050, NORTH + 50)).equals(SQUARE)
    assert len(shaping.add_part(SQUARE, box(1_000, 0, 1_100, 100)).geoms) == 1
    with pytest.raises(shaping.CannotShape, match="covers that part already"):
        shaping.add_part(SQUARE, box(100, 100, 200, 200))
    with pytest.raises(shaping.CannotShape, match="only part"):
        shaping.remove_part(SQUARE, (EAST + 50, NORTH + 50))
    with pytest.raises(shaping.CannotShape, match="no part at that place"):
        shaping.remove_part(two, (EAST + 2_000, NORTH + 50))


def test_a_move_keeps_the_shape_and_stays_in_great_britain() -> None:
    assert shaping.move(SQUARE, 12.5, -3).equals(affinity.translate(SQUARE, 12.5, -3))
    with pytest.raises(shaping.CannotShape, match="out of Great Britain"):
        shaping.move(SQUARE, 1e6, 0)
    with pytest.raises(shaping.CannotShape, match="not a number"):
        shaping.move(SQUARE, float("nan"), 0)


@settings(max_examples=60, deadline=None)
@given(areas(spread_m=3_000), st.lists(areas(spread_m=3_000), min_size=1, max_size=4))
def test_what_gives_way_shares_nothing_at_all_afterwards(mine: Polygon, theirs: list[Polygon]) -> None:
    with suppress(shaping.CannotShape):
        left = shaping.give_way(mine, theirs)
        assert left.is_valid
        assert all(shares_nothing(left, other) for other in theirs)
        taken = mine.difference(shapely.union_all(theirs)).symmetric_difference(left)
        assert shapely.buffer(taken, -0.51).is_empty  # scraps less than a metre wide may be gone too


@settings(max_examples=15, deadline=None)
@given(st.lists(areas(spread_m=6_000), min_size=2, max_size=8))
def test_a_set_in_which_each_gives_way_to_those_before_never_overlaps(offered: list[Polygon]) -> None:
    accepted: list[BaseGeometry] = []
    for area in offered:
        with suppress(shaping.CannotShape):
            accepted.append(shaping.give_way(area, accepted))
    found = register.audit(accepted)
    assert (found.overlaps, found.slivers, found.invalid) == ((), (), ())


def test_nothing_is_left_of_an_area_within_its_neighbours() -> None:
    with pytest.raises(shaping.CannotShape, match="nothing would be left"):
        shaping.give_way(box(100, 100, 200, 200), [SQUARE])


@pytest.mark.parametrize("gap", [0.2, 3, 4.9])
def test_a_gap_is_closed_up_to_the_neighbour(gap: float) -> None:
    neighbour = box(1_000 + gap, 0, 2_000, 1_000)
    closed = shaping.close_gaps(SQUARE, [neighbour], 5)
    assert closed.area == pytest.approx(1_000_000 + 1_000 * gap, abs=0.5)
    assert shares_nothing(closed, neighbour)
    assert closed.intersection(neighbour).length == pytest.approx(
        1_000, abs=0.1
    )  # its ends are drawn straight


@pytest.mark.parametrize(("gap", "width"), [(0, 5), (6, 5), (3, 0), (3, 21), (3, float("nan"))])
def test_where_there_is_no_gap_so_narrow_nothing_is_closed(gap: float, width: float) -> None:
    with pytest.raises(shaping.CannotShape, match="metres"):
        shaping.close_gaps(SQUARE, [box(1_000 + gap, 0, 2_000, 1_000)], width)


@settings(max_examples=40, deadline=None)
@given(broken())
def test_a_broken_shape_is_shaped_validly_or_refused_in_words(shape: BaseGeometry) -> None:
    for act in (
        lambda: shaping.cut(shape, line((-10, 3), (10, 3)))[0],
        lambda: shaping.join([shape, SQUARE]),
        lambda: shaping.add_hole(SQUARE, shape),
        lambda: shaping.give_way(shape, [SQUARE]),
        lambda: shaping.close_gaps(SQUARE, [shape], 3),
        lambda: shaping.move(shape, 1, 1),
    ):
        with suppress(shaping.CannotShape):
            assert act().is_valid


def test_an_invalid_area_is_sent_back_to_be_mended() -> None:
    with pytest.raises(shaping.CannotShape, match="mend what is marked first"):
        shaping.join([BOW_TIE, SQUARE])
