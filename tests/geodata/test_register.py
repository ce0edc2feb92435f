"""No two areas on the register overlap; sharing an edge is fine."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from geodata import crs, reading, register, surroundings
from tests.geodata.shapes import BOW_TIE, EAST, NORTH, SQUARE, areas, cells


def rounded(area: BaseGeometry, decimals: int) -> BaseGeometry:
    """The area as a neighbour would get it back from a file with this many decimals."""
    return crs.to_grid(shapely.transform(crs.to_wgs84(area), lambda points: points.round(decimals)))


@settings(max_examples=30, deadline=None)
@given(cells())
def test_areas_that_share_edges_never_clash(sheet: list[Polygon]) -> None:
    for index, area in enumerate(sheet):
        assert register.clashes(area, sheet[:index] + sheet[index + 1 :]) == []
    assert register.audit(sheet).as_dict() == {"n": 9, "overlaps": (), "slivers": (), "invalid": ()}


@settings(max_examples=30, deadline=None)
@given(cells())
def test_areas_that_share_edges_still_do_after_a_trip_through_degrees(sheet: list[Polygon]) -> None:
    travelled = [crs.to_grid(crs.to_wgs84(area)) for area in sheet]
    assert register.audit(travelled).overlaps == ()
    assert register.audit(travelled).slivers == ()


@settings(max_examples=30, deadline=None)
@given(cells())
def test_rounding_one_side_to_six_decimals_gives_only_slivers(sheet: list[Polygon]) -> None:
    for index, area in enumerate(sheet):
        found = register.clashes(rounded(area, 6), sheet[:index] + sheet[index + 1 :])
        assert {clash.kind for clash in found} <= {"sliver"}
        assert all(clash.width_m < 0.3 for clash in found)


@settings(max_examples=60, deadline=None)
@given(st.floats(2, 60), st.floats(20, 3_000), st.floats(0, 360), st.booleans())
def test_a_strip_two_metres_wide_is_always_caught(
    width: float, length: float, angle: float, other_way: bool
) -> None:
    mine = shapely.box(EAST, NORTH, EAST + 900, NORTH + length)
    theirs = shapely.box(EAST + 900 - width, NORTH, EAST + 2000, NORTH + length)
    pair = [affinity.rotate(shape, angle, origin=(EAST, NORTH)) for shape in (mine, theirs)]
    new, other = reversed(pair) if other_way else pair
    (clash,) = register.clashes(new, [other])
    assert clash.kind == "overlap"
    assert clash.width_m == pytest.approx(min(width, length), rel=0.03)
    assert clash.area_m2 == pytest.approx(width * length, rel=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.lists(areas(spread_m=6_000), min_size=2, max_size=10))
def test_a_set_that_was_accepted_one_by_one_never_overlaps(offered: list[Polygon]) -> None:
    accepted: list[BaseGeometry] = []
    for area in offered:
        if not any(clash.kind == "overlap" for clash in register.clashes(area, accepted)):
            accepted.append(area)
    assert register.audit(accepted).overlaps == ()
    assert accepted


@settings(max_examples=30, deadline=None)
@given(st.lists(areas(spread_m=6_000), min_size=2, max_size=8))
def test_an_audit_finds_exactly_the_pairs_that_checking_each_pair_finds(offered: list[Polygon]) -> None:
    audit = register.audit(offered)
    singly = {"overlap": set(), "sliver": set()}
    for index, area in enumerate(offered):
        for clash in register.clashes(area, offered[:index]):
            singly[clash.kind].add((str(clash.index + 1), str(index + 1)))
    assert {(pair.a, pair.b) for pair in audit.overlaps} == singly["overlap"]
    assert {(pair.a, pair.b) for pair in audit.slivers} == singly["sliver"]


def test_one_area_inside_another_is_an_overlap() -> None:
    inner = SQUARE.buffer(-200)
    (clash,) = register.clashes(inner, [SQUARE])
    assert (clash.index, clash.kind) == (0, "overlap")
    assert clash.area_m2 == pytest.approx(inner.area)


def test_the_same_area_twice_is_an_overlap_as_wide_as_itself() -> None:
    (clash,) = register.clashes(SQUARE, [SQUARE])
    assert clash.width_m == pytest.approx(1000, rel=0.03)


def test_a_long_hair_of_great_area_is_a_sliver() -> None:
    other = shapely.box(EAST + 999.2, NORTH, EAST + 5000, NORTH + 1000)
    (clash,) = register.clashes(SQUARE, [other])
    assert clash.kind == "sliver"
    assert clash.area_m2 == pytest.approx(800)
    assert clash.width_m == pytest.approx(0.8, abs=0.02)


def test_an_area_in_the_hole_of_another_does_not_clash() -> None:
    hole = SQUARE.buffer(-300)
    assert register.clashes(hole, [SQUARE.difference(hole)]) == []


def test_nothing_clashes_with_an_empty_register() -> None:
    assert register.clashes(SQUARE, []) == []
    assert register.audit([]).as_dict() == {"n": 0, "overlaps": (), "slivers": (), "invalid": ()}


def test_an_invalid_area_is_reported_and_its_repaired_form_compared() -> None:
    audit = register.audit([SQUARE, BOW_TIE], ["Alderbrook", "Castle Mead"])
    assert not audit.is_clean
    assert audit.invalid[0].name == "Castle Mead"
    assert audit.invalid[0].reason.startswith("The outline crosses itself")
    assert [(pair.a, pair.b) for pair in audit.overlaps] == [("Alderbrook", "Castle Mead")]


def test_an_audit_prints_as_the_contract_says() -> None:
    printed = json.loads(json.dumps(register.audit([SQUARE, SQUARE, BOW_TIE]).as_dict()))
    assert list(printed) == ["n", "overlaps", "slivers", "invalid"]
    assert list(printed["overlaps"][0]) == ["a", "b", "area_m2", "width_m"]
    assert list(printed["invalid"][0]) == ["name", "reason", "at"]


@settings(max_examples=30, deadline=None)
@given(cells(), st.sampled_from([4, 5, 6]))
def test_after_a_snap_nothing_wider_than_the_tolerance_is_shared(sheet: list[Polygon], decimals: int) -> None:
    tolerance = {4: 15.0, 5: 2.0, 6: 1.0}[decimals]
    middle, others = rounded(sheet[4], decimals), sheet[:4] + sheet[5:]
    snapped = register.snap_to(middle, others, tolerance)
    assert snapped.is_valid
    assert {clash.kind for clash in register.clashes(snapped, others)} <= {"sliver"}
    assert abs(snapped.area - sheet[4].area) < tolerance * sheet[4].length


def test_a_snap_leaves_no_scraps_behind() -> None:
    neighbour = shapely.box(EAST + 1000, NORTH, EAST + 2000, NORTH + 1000)
    over = SQUARE.union(shapely.box(EAST + 1000, NORTH + 300, EAST + 1000.6, NORTH + 700))
    snapped = register.snap_to(over, [neighbour])
    assert len(snapped.geoms) == 1
    assert register.clashes(snapped, [neighbour]) == []


def parishes(shared: Path) -> reading.Reading:
    return reading.read_geojson((shared / "banes/banes_parishes_os.geojson").read_bytes())


@pytest.mark.shared
def test_fifty_two_real_parishes_lie_side_by_side(shared: Path) -> None:
    features = parishes(shared).features
    shapes = np.array([feature.geometry for feature in features], dtype=object)
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    audit = register.audit(shapes, [feature.name for feature in features])
    assert (audit.n, int((one < other).sum())) == (52, 123)
    assert (audit.overlaps, audit.slivers, audit.invalid) == ((), (), ())


@pytest.mark.shared
def test_real_parishes_at_six_decimals_against_the_originals_are_only_slivers(shared: Path) -> None:
    shapes = [feature.geometry for feature in parishes(shared).features]
    found = [
        clash
        for index, shape in enumerate(shapes)
        for clash in register.clashes(rounded(shape, 6), shapes[:index] + shapes[index + 1 :])
    ]
    assert len(found) > 100
    assert {clash.kind for clash in found} == {"sliver"}
    assert max(clash.width_m for clash in found) < 0.2


@pytest.mark.shared
def test_wards_that_are_in_a_file_twice_are_all_found(shared: Path) -> None:
    folder = shared / "trafford"
    data = (folder / "trafford_ward_2023_super_generalised.geojson").read_bytes()
    features = reading.read_geojson(data).features
    audit = register.audit([feature.geometry for feature in features], [feature.name for feature in features])
    assert len(audit.overlaps) == 21
    assert all(pair.a == pair.b for pair in audit.overlaps)
    data = (folder / "trafford_ward_2023_full_resolution.geojson").read_bytes()
    assert register.audit([feature.geometry for feature in reading.read_geojson(data).features]).is_clean


def test_an_encroaching_house_plot_is_caught() -> None:
    plot = shapely.box(EAST + 990, NORTH + 400, EAST + 1010, NORTH + 410)
    other = shapely.box(EAST + 1000, NORTH, EAST + 2000, NORTH + 1000)
    (clash,) = register.clashes(SQUARE.union(plot), [other])
    assert clash.kind == "overlap"
    assert clash.geometry.area == pytest.approx(100)


def test_clashes_come_in_the_order_of_the_candidates() -> None:
    row = [shapely.box(EAST + x, NORTH, EAST + x + 400, NORTH + 400) for x in (0, 300, 5000, 600)]
    found = [clash.index for clash in register.clashes(SQUARE, row)]
    assert found == [0, 1, 3]
    assert all(one < other for one, other in pairwise(found))


def test_an_edge_is_drawn_to_several_neighbours_though_a_hair_is_left_between_them():
    mine, *others = (
        Polygon([(450_000 + east / 1000, 200_000 + north / 1000) for east, north in corners])
        for corners in (
            [(-2555, -2370), (-929, 230), (794, -491), (241, -996)],
            [(-1530, -2505), (-2323, 94), (-41, 1396), (2637, 1087)],
            [(-2691, -2650), (1692, 1486), (543, -2135)],
            [(2916, -34), (411, 1312), (1109, 2468)],
        )
    )
    drawn = register.snap_to(mine, others)
    assert not [clash for clash in register.clashes(drawn, others) if clash.kind == "overlap"]


def test_two_areas_that_meet_by_less_than_a_number_can_hold_share_nothing():
    """The corner lies inside the other by an exact look, and the ground that they share is a point when worked out."""
    field = Polygon([(412811.504, 268085.649), (414179.44, 268236.81), (413000, 266000)])
    corner = (413742.74651210196, 268188.554069661)
    beyond = Polygon([corner, (corner[0] - 300, corner[1] + 3000), (corner[0] + 300, corner[1] + 3000)])
    assert field.relate_pattern(beyond, "T********")
    assert field.intersection(beyond).area == 0
    assert register.clashes(field, [beyond]) == []
    assert register.audit([field, beyond]).as_dict() == {"n": 2, "overlaps": (), "slivers": (), "invalid": ()}
    around = [
        surroundings.Around("Beck", beyond),
        surroundings.Around("Ash", affinity.translate(field, 9_000)),
    ]
    assert surroundings.beside_register(field, around) == []
