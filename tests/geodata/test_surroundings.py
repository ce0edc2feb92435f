"""A shape beside the register, the planning authorities and the parishes. Two neighbours in every case."""

from pathlib import Path

import pytest
import shapely
from hypothesis import given, settings
from shapely import affinity
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from geodata import crs, reading
from geodata.findings import Finding
from geodata.surroundings import Around, beside_register, on_parishes, spanning
from tests.geodata.shapes import BOW_TIE, EAST, NORTH, SQUARE, areas, broken, cells

FAR = Around("Castle Mead", affinity.translate(SQUARE, 9_000, 0))


def beside(east_m: float) -> Around:
    return Around("Beck", affinity.translate(SQUARE, east_m, 0))


def codes(found: list[Finding]) -> list[str]:
    return [finding.code for finding in found]


def rounded(area: BaseGeometry, decimals: int) -> BaseGeometry:
    return crs.to_grid(shapely.transform(crs.to_wgs84(area), lambda points: points.round(decimals)))


def test_an_overlap_names_the_neighbour_its_size_its_width_and_its_place() -> None:
    (found,) = beside_register(SQUARE, [beside(980), FAR])
    assert (found.code, found.severity) == ("overlap", "error")
    assert "“Beck” by 2.0 hectares, up to 20 m wide, at easting 412990, northing 268500." in found.message
    assert found.at == (EAST + 990, NORTH + 500)


def test_a_sliver_is_a_warning() -> None:
    (found,) = beside_register(SQUARE, [beside(999.5), FAR])
    assert (found.code, found.severity) == ("sliver", "warning")
    assert "500 m²" in found.message


@pytest.mark.parametrize(("width", "size"), [(0.05, "5 cm wide"), (2, "2.0 m wide"), (4.9, "4.9 m wide")])
def test_a_narrow_strip_between_two_areas_is_a_gap(width: float, size: str) -> None:
    (found,) = beside_register(SQUARE, [beside(1000 + width), FAR])
    assert (found.code, found.severity) == ("gap", "notice")
    assert size in found.message
    assert found.at == pytest.approx((EAST + 1000 + width / 2, NORTH + 500), abs=0.1)


@pytest.mark.parametrize("width", [0, 0.005, 5.5, 200])
def test_neighbours_that_touch_or_lie_well_apart_have_no_gap(width: float) -> None:
    assert beside_register(SQUARE, [beside(1000 + width), FAR]) == []


def test_a_strip_that_a_third_area_fills_is_no_gap() -> None:
    between = Around("Lane", shapely.box(EAST + 1000, NORTH - 20, EAST + 1003, NORTH + 1020))
    assert beside_register(SQUARE, [beside(1003), between]) == []


@pytest.mark.parametrize("degrees", [12, 45, 90, 160])
def test_the_corner_where_two_neighbours_part_is_no_gap(degrees: float) -> None:
    turned = affinity.rotate(
        shapely.box(EAST + 1000, NORTH, EAST + 2000, NORTH + 1000), -degrees, (EAST + 1000, NORTH)
    )
    assert "gap" not in codes(beside_register(SQUARE, [Around("Beck", turned), FAR]))


@settings(max_examples=20, deadline=None)
@given(cells())
def test_areas_that_share_edges_have_no_findings(sheet: list[Polygon]) -> None:
    named = [Around(str(index), area) for index, area in enumerate(sheet)]
    for index, area in enumerate(sheet):
        assert beside_register(area, named[:index] + named[index + 1 :]) == []


@pytest.mark.parametrize(
    ("other", "words"),
    [
        (SQUARE.buffer(-5, join_style="mitre"), "complete match"),
        (SQUARE.buffer(400), "contains nearly the whole of this area (single match)"),
        (SQUARE.buffer(-300), "This area contains nearly the whole of “Beck” (single match)"),
    ],
)
def test_nearly_the_same_outline_is_a_duplicate_both_ways_or_one_way(other: BaseGeometry, words: str) -> None:
    overlap, duplicate = beside_register(SQUARE, [FAR, Around("Beck", other)])
    assert overlap.code == "overlap"
    assert (duplicate.code, duplicate.severity) == ("duplicate geometry", "warning")
    assert words in duplicate.message


def test_half_of_each_shared_is_no_duplicate() -> None:
    assert codes(beside_register(SQUARE, [beside(500), FAR])) == ["overlap"]


@settings(max_examples=60, deadline=None)
@given(broken(), areas())
def test_no_shape_however_broken_makes_any_of_it_raise(shape: BaseGeometry, area: Polygon) -> None:
    for one, other in ((shape, area), (area, shape)):
        around = [Around("Beck", other), Around("Ash", SQUARE)]
        beside_register(one, around)
        spanning(one, around, "Beck")
        on_parishes(one, around, body="forum")


def test_nothing_and_what_is_not_valid_has_no_findings_here() -> None:
    assert (
        beside_register(None, [FAR])
        == spanning(None, [FAR], "x")
        == on_parishes(None, [FAR], body="forum")
        == []
    )
    assert beside_register(BOW_TIE, [Around("Beck", SQUARE)]) == []
    assert beside_register(SQUARE, [Around("Beck", BOW_TIE)]) == []


WEST = Around("Northam", shapely.box(EAST - 5_000, NORTH - 5_000, EAST + 900, NORTH + 5_000))
REST = Around("Southam", shapely.box(EAST + 900, NORTH - 5_000, EAST + 9_000, NORTH + 5_000))


def test_an_area_in_two_authorities_is_decided_by_both() -> None:
    (found,) = spanning(SQUARE, [REST, WEST], "Northam")
    assert (found.code, found.severity) == ("spans authorities", "warning")
    assert found.message == "This area spans Northam and Southam: both decide."
    assert "20 weeks" in found.remedy
    assert found.at == (EAST + 950, NORTH + 500)


def test_an_area_within_one_authority_or_a_sliver_over_has_no_findings() -> None:
    assert spanning(affinity.translate(SQUARE, -200, 0), [REST, WEST], "Northam") == []
    assert spanning(affinity.translate(SQUARE, -99.5, 0), [REST, WEST], "Northam") == []


def test_an_area_outside_its_authority_is_an_error_that_says_where_it_lies() -> None:
    (found,) = spanning(affinity.translate(SQUARE, 2_000, 0), [WEST, REST], "Northam")
    assert (found.code, found.severity) == ("OSGB out of bounds of custom boundary", "error")
    assert found.message == "This area lies wholly outside Northam: it lies in Southam."


def test_what_lies_beyond_the_only_authority_known_is_measured() -> None:
    (found,) = spanning(SQUARE, [WEST], "Northam")
    assert (found.code, found.severity) == ("OSGB out of bounds of custom boundary", "warning")
    assert "10.0 hectares of this area lies outside Northam" in found.message


LEFT = Around("Ash", shapely.box(EAST - 3_000, NORTH, EAST + 100, NORTH + 1000))
RIGHT = Around("Beck", shapely.box(EAST + 100, NORTH, EAST + 3_000, NORTH + 1000))


def test_a_forum_may_take_no_part_of_a_parish() -> None:
    found = on_parishes(SQUARE, [LEFT, RIGHT], body="forum")
    assert [finding.severity for finding in found] == ["error", "error"]
    assert "parish of Ash" in found[0].message
    assert "section 61G(3)(b)" in found[0].message
    assert on_parishes(SQUARE, [FAR], body="forum") == []


def test_a_council_that_reaches_into_another_parish_needs_its_consent() -> None:
    (found,) = on_parishes(SQUARE, [LEFT, RIGHT], body="council", own="Ash")
    assert (found.code, found.severity) == ("reaches into another parish", "warning")
    assert "90.0 hectares of the parish of Beck" in found.message
    assert on_parishes(SQUARE, [LEFT, RIGHT], body="council", own="Ash", consents={"Beck"}) == []


def test_a_council_must_take_some_of_its_own_parish() -> None:
    shape = affinity.translate(SQUARE, 500, 0)
    (found,) = on_parishes(shape, [LEFT, RIGHT], body="council", own="Ash", consents=["Beck"])
    assert (found.code, found.severity) == ("outside own parish", "error")


@pytest.mark.parametrize("body", ["forum", "council"])
def test_a_sliver_of_a_parish_is_only_a_notice(body: str) -> None:
    parish = Around("Beck", shapely.box(EAST + 999.4, NORTH, EAST + 3_000, NORTH + 1000))
    own = Around("Ash", SQUARE) if body == "council" else FAR
    (found,) = on_parishes(SQUARE, [parish, own], body=body, own="Ash")
    assert (found.code, found.severity) == ("sliver", "notice")


def around(shared: Path, name: str) -> list[Around]:
    features = reading.read_geojson((shared / name).read_bytes()).features
    return [Around(feature.name or str(number), feature.geometry) for number, feature in enumerate(features)]


@pytest.mark.shared
def test_real_parishes_have_nothing_between_them_and_at_six_decimals_only_slivers_and_gaps(
    shared: Path,
) -> None:
    parishes = around(shared, "banes/banes_parishes_os.geojson")
    for index, parish in enumerate(parishes):
        assert beside_register(parish.geometry, parishes[:index] + parishes[index + 1 :]) == []
    for index, parish in list(enumerate(parishes))[::6]:
        others = parishes[:index] + parishes[index + 1 :]
        found = codes(beside_register(rounded(parish.geometry, 6), others))
        assert set(found) == {"sliver", "gap"}
        touching = [other for other in others if parish.geometry.touches(other.geometry)]
        along = [o for o in touching if parish.geometry.relate_pattern(o.geometry, "F***1****")]
        assert len(along) <= found.count("sliver") <= len(touching)


@pytest.mark.shared
def test_wards_that_are_in_a_file_twice_are_complete_duplicates(shared: Path) -> None:
    wards = around(shared, "trafford/trafford_ward_2023_super_generalised.geojson")
    found = [
        finding
        for index, ward in enumerate(wards)
        for finding in beside_register(ward.geometry, wards[:index])
        if finding.code == "duplicate geometry"
    ]
    assert len(found) == 21
    assert all("complete match" in finding.message for finding in found)
