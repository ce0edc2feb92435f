"""What is found in one boundary, how it is repaired, and how it is kept."""

from contextlib import suppress

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geodata import boundary
from geodata.findings import REASONS, UNEXPLAINED, explain
from tests.geodata.shapes import BOW_TIE, EAST, NORTH, SQUARE, areas, broken


def ring(*points: tuple[float, float]) -> list[tuple[float, float]]:
    return [(EAST + x, NORTH + y) for x, y in points]


def block(x: float, y: float, size: float) -> list[tuple[float, float]]:
    return ring((x, y), (x + size, y), (x + size, y + size), (x, y + size))


BIG = block(0, 0, 1000)
FAULTS: dict[str, BaseGeometry] = {
    "Self-intersection": BOW_TIE,
    "Ring Self-intersection": Polygon(
        ring((0, 0), (500, 500), (0, 1000), (1000, 1000), (500, 500), (1000, 0))
    ),
    "Hole lies outside shell": Polygon(BIG, [block(2000, 2000, 100)]),
    "Holes are nested": Polygon(BIG, [block(100, 100, 800), block(300, 300, 100)]),
    "Interior is disconnected": Polygon(
        BIG,
        [
            ring((200, 500), (500, 800), (800, 500), (500, 700)),
            ring((200, 500), (500, 200), (800, 500), (500, 300)),
        ],
    ),
    "Nested shells": MultiPolygon([Polygon(BIG), Polygon(block(300, 300, 100))]),
    "Too few points in geometry component": Polygon(ring((0, 0), (0, 0), (0, 0), (0, 0))),
}
with np.errstate(invalid="ignore"):
    FAULTS["Invalid Coordinate"] = Polygon([*BIG[:2], (float("nan"), NORTH), BIG[3]])


@pytest.mark.parametrize("reason", FAULTS)
def test_each_reason_for_being_invalid_is_explained_in_plain_words(reason: str) -> None:
    shape = FAULTS[reason]
    with np.errstate(invalid="ignore"):
        assert shapely.is_valid_reason(shape).startswith(reason)
    error = boundary.check(shape)[0]
    assert error.severity == "error"
    assert error.code in ("invalid geometry", "invalid coordinates")
    assert error.message.startswith(REASONS[reason][0])
    assert error.remedy == REASONS[reason][1]
    assert reason not in error.message


@pytest.mark.parametrize("reason", sorted(set(FAULTS) - {"Invalid Coordinate"}))
def test_each_fault_is_shown_at_a_place_on_its_outline(reason: str) -> None:
    error = boundary.check(FAULTS[reason])[0]
    assert error.at is not None
    assert shapely.dwithin(shapely.boundary(FAULTS[reason]), shapely.Point(error.at), 0.001)


def test_a_crossing_is_shown_where_it_is() -> None:
    (error, *_) = boundary.check(BOW_TIE)
    assert error.at == pytest.approx((EAST + 200, NORTH + 200))
    assert f"easting {EAST + 200}" in error.message


def test_a_reason_that_is_new_is_still_explained() -> None:
    assert explain("Something GEOS thought of later") == UNEXPLAINED


def test_nothing_is_found_in_a_good_boundary() -> None:
    assert boundary.check(Polygon(ring((0, 0), (1003, 7), (990, 1001), (3, 995)))) == []


@pytest.mark.parametrize(
    ("shape", "code"),
    [
        (None, "missing geometry"),
        (Polygon(), "missing geometry"),
        (SQUARE.centroid, "Unexpected geom type"),
        (SQUARE.exterior, "Unexpected geom type"),
        (shapely.GeometryCollection([SQUARE]), "Unexpected geom type"),
        (shapely.box(EAST, NORTH, EAST + 50, NORTH + 51), "very small area"),
        (shapely.box(EAST, NORTH, EAST + 30_000, NORTH + 30_000), "very large area"),
        (shapely.box(260_000, 700_000, 261_001, 701_000), "OSGB out of bounds of England"),
        (Polygon([*BIG, BIG[-1]]), "duplicate points"),
        (Polygon([*BIG, (EAST - 10, NORTH + 500)]), "coarse coordinates"),
        (MultiPolygon([Polygon(BIG), shapely.box(EAST + 2000, NORTH, EAST + 2000.4, NORTH + 90)]), "sliver"),
    ],
)
def test_each_kind_of_finding_is_made(shape: BaseGeometry | None, code: str) -> None:
    found = {finding.code: finding for finding in boundary.check(shape)}
    assert code in found
    assert found[code].message.endswith(".")
    assert found[code].remedy.endswith(".")


def test_a_finding_prints_as_the_contract_says() -> None:
    printed = boundary.check(BOW_TIE)[0].as_dict()
    assert list(printed) == ["code", "severity", "message", "at"]
    assert printed["at"] == [EAST + 200, NORTH + 200]


@settings(max_examples=150, deadline=None)
@given(broken())
def test_any_polygon_however_broken_gives_findings_and_never_an_exception(shape: BaseGeometry) -> None:
    findings = boundary.check(shape)
    errors = [finding for finding in findings if finding.severity == "error"]
    assert bool(errors) is not boundary.is_valid(shape)


@settings(max_examples=100, deadline=None)
@given(broken())
def test_a_repair_is_valid_or_refused_in_words(shape: BaseGeometry) -> None:
    with suppress(boundary.TooComplex, boundary.NotABoundary):
        repaired = boundary.repair(shape)
        assert boundary.is_valid(repaired.geometry)
        assert repaired.parts == len(repaired.geometry.geoms)
        assert repaired.change_m2 >= 0


def test_a_bow_tie_is_repaired_into_its_two_halves() -> None:
    repaired = boundary.repair(BOW_TIE)
    assert repaired.parts == 2
    assert repaired.geometry.area == pytest.approx(80_000)
    assert repaired.change_m2 == pytest.approx(0, abs=0.001)  # it covers what the bow-tie covers


@settings(max_examples=40, deadline=None)
@given(areas())
def test_the_change_of_a_repair_is_the_land_that_differs_where_that_is_defined(area: Polygon) -> None:
    point_twice = Polygon([*area.exterior.coords, area.exterior.coords[0]], area.interiors)
    part_twice = MultiPolygon([area, Polygon([area.exterior.coords[0]] * 4)])
    for drawn in (area, point_twice, part_twice):
        repaired = boundary.repair(drawn)
        assert repaired.geometry.symmetric_difference(area).area == pytest.approx(
            repaired.change_m2, abs=area.length * 0.002
        )


def test_a_scribble_of_several_parts_is_not_repaired_here_either() -> None:
    points = np.random.default_rng(7).uniform((EAST, NORTH), (EAST + 1000, NORTH + 1000), (900, 2))
    with pytest.raises(boundary.TooComplex, match="crosses itself too many times"):
        boundary.repair(
            MultiPolygon([Polygon(points), shapely.box(EAST + 5000, NORTH, EAST + 6000, NORTH + 9)])
        )


def test_the_size_of_a_crossed_outline_is_not_judged() -> None:
    assert [finding.code for finding in boundary.check(BOW_TIE)] == ["invalid geometry"]


def test_a_scribble_is_not_repaired_here() -> None:
    points = np.random.default_rng(7).uniform((EAST, NORTH), (EAST + 1000, NORTH + 1000), (900, 2))
    with pytest.raises(boundary.TooComplex, match="crosses itself too many times"):
        boundary.repair(Polygon(points))


def test_an_outline_of_too_many_points_is_not_repaired_here() -> None:
    with pytest.raises(boundary.TooComplex, match="more than 5,000 points"):
        boundary.repair(SQUARE.buffer(500, quad_segs=2_000))


def test_hectares_are_ten_thousand_square_metres() -> None:
    assert boundary.hectares(SQUARE) == 100


@settings(max_examples=60, deadline=None)
@given(areas())
def test_a_boundary_is_kept_the_same_however_it_was_drawn(area: Polygon) -> None:
    kept = boundary.canonical(area)
    points = list(area.exterior.coords)[:-1]
    turned = Polygon([*points[2:], *points[:2]][::-1], area.interiors)
    assert boundary.canonical(turned) == kept
    assert boundary.canonical(boundary.from_wkb(kept)) == kept
    assert boundary.vertex_count(kept) == len(shapely.get_coordinates(area))


def test_a_kept_boundary_is_flat_whole_millimetres_and_anticlockwise() -> None:
    high = shapely.force_3d(shapely.box(EAST + 0.00049, NORTH, EAST + 10, NORTH + 10, ccw=False), 7.0)
    kept = boundary.from_wkb(boundary.canonical(high))
    assert isinstance(kept, MultiPolygon)
    assert not kept.has_z
    assert kept.geoms[0].exterior.is_ccw
    assert kept.bounds == (EAST, NORTH, EAST + 10, NORTH + 10)


@pytest.mark.parametrize("shape", [BOW_TIE, SQUARE.centroid, Polygon()])
def test_only_a_valid_area_can_be_kept(shape: BaseGeometry) -> None:
    with pytest.raises(boundary.NotABoundary, match="not a valid area"):
        boundary.canonical(shape)


@pytest.mark.parametrize("damaged", [b"", b"\x01\x06", b"\x01\x06\x00\x00\x00\xff\xff\xff\xff", b"\x01" * 40])
def test_damaged_bytes_are_refused_in_words(damaged: bytes) -> None:
    with pytest.raises(boundary.NotABoundary, match="draw or upload it again"):
        boundary.vertex_count(damaged)
