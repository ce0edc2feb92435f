"""Outlines that cross one another too often are refused before they are laid over one another."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry import MultiPolygon, Polygon

from geodata import change, giving_way, register, segments, shaping
from geodata.surroundings import Around, beside_register, on_parishes, spanning
from geodata.woven import TooComplex, refuse_woven
from tests.geodata.shapes import EAST, NORTH, SQUARE, areas


def comb(teeth: int) -> Polygon:
    """Its teeth lie east and west, 3 m wide and 3 m apart."""
    corners = [(0.0, 0.0)]
    for tooth in range(teeth):
        at = tooth * 6.0
        corners += [(2_000.0, at), (2_000.0, at + 3), (10.0, at + 3), (10.0, at + 6)]
    return Polygon([(EAST + x, NORTH + y) for x, y in [*corners, (0.0, teeth * 6.0)]])


WARP = comb(80)
WEFT = affinity.rotate(WARP, 90, origin=(EAST + 240, NORTH + 240))


def rotated(area: Polygon) -> Polygon:
    return affinity.rotate(area, 180, origin=(EAST + 1_000, NORTH + 240))


def must_not_be_reached(*_: object, **__: object) -> None:
    raise AssertionError("laid over one another all the same")


@pytest.fixture
def no_overlay(monkeypatch: pytest.MonkeyPatch, no_intersection: None) -> None:
    for name in ("relate_pattern", "difference", "union_all", "snap", "contains_properly"):
        monkeypatch.setattr(shapely, name, must_not_be_reached)


@pytest.fixture
def no_intersection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapely, "intersection", must_not_be_reached)


@pytest.mark.usefixtures("no_overlay")
@pytest.mark.parametrize(
    "act",
    [
        lambda: register.clashes(WARP, [SQUARE, WEFT]),
        lambda: register.snap_to(WARP, [WEFT]),
        lambda: change.between(WARP, WEFT),
        lambda: giving_way.cut_back(MultiPolygon([WARP]), [WEFT], 1.0),
    ],
)
def test_two_woven_combs_are_not_laid_over_one_another(act) -> None:
    with pytest.raises(TooComplex, match=r"cross one another more than 10,000 times.*draw simpler ones"):
        act()


@pytest.mark.usefixtures("no_overlay")
@pytest.mark.parametrize(
    "act",
    [
        lambda: shaping.add_hole(WARP, WEFT),
        lambda: shaping.add_part(WARP, WEFT),
        lambda: shaping.give_way(WARP, [WEFT]),
        lambda: shaping.give_way(SQUARE, [WARP, WEFT]),
        lambda: shaping.close_gaps(WARP, [WEFT], 5),
    ],
)
def test_the_editor_says_that_combs_are_woven(act) -> None:
    with pytest.raises(shaping.CannotShape, match="cross one another too many times"):
        act()


@pytest.mark.usefixtures("no_intersection")
def test_an_audit_names_the_two_that_are_woven() -> None:
    with pytest.raises(TooComplex, match=r"^“Weald” and “Fosse” cross"):
        register.audit([SQUARE, WARP, WEFT], ["Ash", "Weald", "Fosse"])


@pytest.mark.usefixtures("no_overlay")
def test_a_comb_beside_what_lies_round_it_is_one_finding() -> None:
    around = [Around("Ash", SQUARE), Around("Weald", WEFT)]
    for found in (
        beside_register(WARP, around),
        spanning(WARP, around, "Ash"),
        on_parishes(WARP, around, body="forum"),
    ):
        assert [(each.code, each.severity) for each in found] == [("too complex", "error")]
        assert found[0].message.startswith("The outline is too intricate to compare with the ")


def test_many_neighbours_are_counted_together() -> None:
    strips = [
        affinity.translate(comb(30), 0, 0),
        *(affinity.translate(comb(30), 0.1 * n, 0.1 * n) for n in range(6)),
    ]
    weft = affinity.rotate(comb(30), 90, origin=(EAST + 90, NORTH + 90))
    for strip in strips:
        refuse_woven(weft, [strip])
    with pytest.raises(TooComplex):
        refuse_woven(weft, strips)


def test_an_intricate_outline_that_crosses_nothing_is_compared() -> None:
    """Beside itself turned round a comb is as long and as near, and crosses nothing."""
    assert register.clashes(WARP, [rotated(affinity.translate(WARP, 4_100, 0))]) == []
    assert [clash.kind for clash in register.clashes(WARP, [WARP])] == ["overlap"]


@settings(max_examples=60, deadline=None)
@given(areas(spread_m=2_000), areas(spread_m=2_000))
def test_crossings_are_those_that_geos_counts(one: Polygon, other: Polygon) -> None:
    mine, theirs = segments.of_rings(one), segments.of_rings(other)
    lines = shapely.linestrings(mine)[:, None], shapely.linestrings(theirs)[None, :]
    counted = int(np.sum(shapely.crosses(*lines)))
    assert segments.cross_more_than(counted - 1, mine, theirs)
    assert not segments.cross_more_than(counted, mine, theirs)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0.3, 1), min_size=5, max_size=60), st.floats(3, 3_000))
def test_an_overlap_is_as_wide_as_the_largest_circle_in_it(radii: list[float], metres: float) -> None:
    """With up to 39 corners GEOS is asked for the circle; with more, the shape is eroded."""
    turns = np.arange(len(radii)) * 2 * np.pi / len(radii)
    reach = metres * np.array(radii)
    area = Polygon(np.column_stack([EAST + reach * np.cos(turns), NORTH + reach * np.sin(turns)]))
    (clash,) = register.clashes(area, [area])
    circle = shapely.maximum_inscribed_circle(area, tolerance=area.area / area.length * 1e-4)
    assert clash.width_m == pytest.approx(max(1.0, 2 * circle.length), rel=0.005)


@pytest.mark.parametrize("metres", [1.1, 7.3, 60, 411])
def test_an_overlap_with_a_comb_is_as_wide_as_the_largest_circle_in_it(metres: float) -> None:
    plot = shapely.box(EAST - metres, NORTH + 2, EAST + 1, NORTH + 2 + 3 * metres)
    one, other = (shapely.union(area, plot) for area in (comb(20), affinity.translate(comb(20), 0.4, 0.8)))
    (clash,) = register.clashes(one, [other])
    circles = shapely.maximum_inscribed_circle(shapely.get_parts(clash.geometry), tolerance=0.01)
    assert clash.width_m == pytest.approx(2 * max(shapely.length(circles)), rel=0.03)
