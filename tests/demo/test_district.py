"""The demo's district holds together as a map of a real place would."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields, is_dataclass
from itertools import combinations
from typing import Any

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from consult.demo import borders
from consult.demo.district import District, base_map, district
from geodata import drawing
from geodata.register import audit

SEEDS = [7, 1]
STYLES = {
    "green",
    "wood",
    "water",
    "river",
    "road-major",
    "road-minor",
    "lane",
    "rail",
    "building",
    "place-label",
    "town-label",
    "parish",
}


@pytest.fixture(params=SEEDS, scope="module")
def place(request: pytest.FixtureRequest) -> District:
    return district(request.param)


def grounds(place: District) -> dict[str, Any]:
    outlines = {area.name: area.outline for area in place.areas}
    return outlines | {parish.name: parish.outline for parish in place.parishes}


def shapes(value: object) -> list[BaseGeometry]:
    """Every geometry in a record, however deep."""
    if isinstance(value, BaseGeometry):
        return [value]
    if isinstance(value, tuple):
        return [shape for part in value for shape in shapes(part)]
    if is_dataclass(value) and not isinstance(value, type):
        return [shape for part in fields(value) for shape in shapes(getattr(value, part.name))]
    return []


def test_the_same_seed_draws_the_same_district_to_the_byte() -> None:
    first = district(7)
    again = district.__wrapped__(7)
    assert first is not again
    assert [shape.wkb for shape in shapes(first)] == [shape.wkb for shape in shapes(again)]
    assert [road.name for road in first.roads] == [road.name for road in again.roads]
    assert first.postcodes == again.postcodes


def test_another_seed_draws_another_district() -> None:
    assert district(7).outline.wkb != district(1).outline.wkb


def test_there_are_four_forums_and_one_council(place: District) -> None:
    assert Counter(area.kind for area in place.areas) == {"forum": 4, "council": 1}
    assert len({area.slug for area in place.areas}) == 5
    assert len(place.parishes) == 10


def test_every_shape_is_valid_and_on_the_millimetre(place: District) -> None:
    for shape in shapes(place):
        assert shape.is_valid and not shape.is_empty
        scaled = shapely.get_coordinates(shape) * 1000
        assert abs(scaled - scaled.round()).max() < 1e-3


def test_areas_and_parishes_are_whole_and_tile_the_district(place: District) -> None:
    outlines = grounds(place)
    assert {outline.geom_type for outline in outlines.values()} == {"Polygon"}
    assert sum(outline.area for outline in outlines.values()) == pytest.approx(place.outline.area, abs=1)
    assert shapely.coverage_is_valid(list(outlines.values()))


def test_no_two_areas_have_ground_in_common(place: District) -> None:
    for one, other in combinations(grounds(place).values(), 2):
        assert not one.relate_pattern(other, "T********")


def test_neighbours_share_their_border_vertex_for_vertex(place: District) -> None:
    for one, other in combinations(grounds(place).values(), 2):
        shared = shapely.line_merge(one.boundary.intersection(other.boundary))
        if shared.length == 0:
            continue
        mine, theirs = ({tuple(at) for at in shapely.get_coordinates(side)} for side in (one, other))
        assert {tuple(at) for at in shapely.get_coordinates(shared)} <= mine & theirs


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("highfold", "station-fields"),
        ("highfold", "oldbridge"),
        ("station-fields", "tannery-wharf"),
        ("oldbridge", "tannery-wharf"),
        ("tannery-wharf", "nether-tarrow"),
    ],
)
def test_areas_that_are_neighbours_touch_along_a_line(place: District, one: str, other: str) -> None:
    mine, theirs = place.area(one).outline, place.area(other).outline
    assert mine.touches(theirs)
    assert mine.intersection(theirs).length > 300


def test_every_area_has_housing_and_local_green_space_inside_it(place: District) -> None:
    for area in place.areas:
        kinds = {site.kind for site in place.sites if site.area_slug == area.slug}
        assert kinds == {"housing", "local green space"}
    for site in place.sites:
        assert place.area(site.area_slug).outline.contains(site.outline), site.name
    assert len({(site.area_slug, site.reference) for site in place.sites}) == len(place.sites)


def test_buildings_stay_off_the_roads_and_out_of_the_water(place: District) -> None:
    roads = shapely.union_all([road.line for road in place.roads])
    homes = list(place.buildings)
    assert 400 < len(homes) < 2500
    assert not shapely.intersects(homes, place.water).any()
    assert shapely.intersects(homes, roads).sum() <= len(homes) * 0.01
    assert place.outline.contains(shapely.union_all(homes))


def test_postcodes_are_unique_well_shaped_and_fictional(place: District) -> None:
    codes = [postcode.code for postcode in place.postcodes]
    assert len(codes) > 200
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"TB\d \d[ABD-HJLNP-UW-Z]{2}", code) for code in codes)
    assert all(place.outline.contains(postcode.at) for postcode in place.postcodes)
    for area in place.areas:
        assert sum(area.outline.contains(postcode.at) for postcode in place.postcodes) >= 8, area.name


def test_the_station_stands_on_the_railway_in_station_fields(place: District) -> None:
    assert place.rail.distance(place.station) < 0.01
    assert place.area("station-fields").outline.contains(place.station)


def test_the_river_runs_in_its_water_across_the_whole_district(place: District) -> None:
    assert place.river.intersection(place.water).length == pytest.approx(place.river.length, rel=0.001)
    assert place.river.length > 14_000
    assert place.river.length > 1.08 * shapely.Point(place.river.coords[0]).distance(
        shapely.Point(place.river.coords[-1])
    )


def test_the_base_map_is_layers_of_known_styles(place: District) -> None:
    layers = base_map(place)
    assert {layer["style"] for layer in layers} == STYLES
    assert set(drawing.STYLES) >= STYLES
    for layer in layers:
        assert set(layer) == {"name", "style", "features"} and layer["features"]
        for feature in layer["features"]:
            assert isinstance(feature["geometry"], BaseGeometry)
            assert feature["label"] is None or feature["label"].strip()
            assert layer["style"] != "place-label" or feature["label"]


def test_the_map_names_the_town_and_every_village(place: District) -> None:
    ranks = {label.text: label.rank for label in place.labels}
    assert ranks["Tarrowbridge"] == 1
    assert all(ranks[parish.name] == 2 for parish in place.parishes)


def test_parishes_and_wards_cover_the_district_without_an_overlap(place: District) -> None:
    for drawn in (list(borders.parishes(place)), list(borders.wards(place))):
        shapes_of = [outline for _, outline in drawn]
        assert not audit(shapes_of).overlaps
        assert not audit(shapes_of).invalid
        assert shapely.union_all(shapes_of).difference(place.outline.buffer(0.01)).is_empty
    wards = shapely.union_all([outline for _, outline in borders.wards(place)])
    assert place.outline.difference(wards.buffer(0.01)).is_empty
