"""Degrees to the National Grid and back."""

import csv
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings

from geodata import crs
from tests.geodata.shapes import BOW_TIE, SQUARE, areas


def official_points(shared: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    folder = shared / "crs/ostn15"
    with (folder / "OSTN15_OSGM15_TestInput_ETRStoOSGB.txt").open() as given_file:
        degrees = list(csv.DictReader(given_file))
    with (folder / "OSTN15_OSGM15_TestOutput_ETRStoOSGB.txt").open() as wanted_file:
        metres = list(csv.DictReader(wanted_file))
    columns = [
        [float(row["ETRS Longitude"]) for row in degrees],
        [float(row["ETRS89 Latitude"]) for row in degrees],
        [float(row["OSGBEast"]) for row in metres],
        [float(row["OSGBNorth"]) for row in metres],
    ]
    lons, lats, easts, norths = (np.array(column) for column in columns)
    return lons, lats, easts, norths


@pytest.mark.shared
def test_ordnance_surveys_forty_points_are_met_to_the_millimetre(shared: Path) -> None:
    lons, lats, easts, norths = official_points(shared)
    found_east, found_north = crs.grid_points(lons, lats)
    assert len(lons) == 40
    assert np.hypot(found_east - easts, found_north - norths).max() <= 0.001


@pytest.mark.shared
def test_ordnance_surveys_forty_points_come_back_within_a_millimetre(shared: Path) -> None:
    lons, lats, easts, norths = official_points(shared)
    found_lons, found_lats = crs.lonlat_points(easts, norths)
    east_m = (found_lons - lons) * 111_320 * np.cos(np.radians(lats))
    north_m = (found_lats - lats) * 111_320
    assert np.hypot(east_m, north_m).max() <= 0.001


@settings(max_examples=60, deadline=None)
@given(areas())
def test_any_valid_area_survives_the_round_trip_to_the_millimetre(area: shapely.Polygon) -> None:
    kept = crs.snapped(area)
    back = crs.to_grid(crs.to_wgs84(kept))
    assert back.is_valid
    moved = shapely.get_coordinates(back) - shapely.get_coordinates(kept)
    assert np.abs(moved).max() <= 0.001


def test_holes_parts_and_types_are_kept() -> None:
    holed = SQUARE.difference(SQUARE.buffer(-300))
    several = shapely.MultiPolygon([holed, shapely.box(420_000, 268_000, 421_000, 269_000)])
    for shape in (holed, several, SQUARE.centroid, SQUARE.exterior, shapely.LineString(SQUARE.exterior)):
        back = crs.to_grid(crs.to_wgs84(shape))
        assert back.geom_type == shape.geom_type
        assert back.equals_exact(crs.snapped(shape), 0.0011)


def test_heights_are_dropped() -> None:
    assert not crs.to_grid(shapely.Point(-1.5, 52.0, 80.0)).has_z


def test_a_broken_outline_is_moved_as_it_is() -> None:
    moved = crs.to_grid(crs.to_wgs84(BOW_TIE))
    assert not moved.is_valid
    assert len(moved.exterior.coords) == len(BOW_TIE.exterior.coords)


def test_a_spike_thinner_than_a_millimetre_does_not_make_a_valid_area_invalid() -> None:
    east, north = 412_000.0, 268_000.0
    thin = [(east, north), (east + 100, north), (east + 100, north + 100), (east + 50, north + 0.0003)]
    area = shapely.Polygon([*thin, (east, north + 100)])
    assert area.is_valid
    assert crs.snapped(area).is_valid


@pytest.mark.parametrize("place", [(0.0, 0.0), (-74.0, 40.7), (float("nan"), 51.0), (51.5, -1.2)])
def test_a_point_outside_great_britain_is_refused_in_words(place: tuple[float, float]) -> None:
    with pytest.raises(crs.OutsideGreatBritain, match="outside Great Britain"):
        crs.grid_points(*place)


def test_metres_off_the_grid_are_refused_in_words() -> None:
    with pytest.raises(crs.OutsideGreatBritain, match="easting 990000, northing 5"):
        crs.lonlat_points([400_000, 990_000], [200_000, 5])


def test_an_empty_shape_stays_empty() -> None:
    assert crs.to_grid(shapely.Polygon()).is_empty
    assert crs.to_wgs84(shapely.MultiPolygon()).is_empty
