"""Which places are inside which areas."""

import subprocess
import sys

import geopandas
import numpy as np
import pandas
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Polygon

from geodata import places
from tests.geodata.shapes import EAST, NORTH, SQUARE, cells


def test_a_place_inside_or_on_the_line_is_inside_and_one_beyond_is_not() -> None:
    east = [EAST + 500, EAST, EAST + 1000, EAST + 1000.001]
    assert places.inside(SQUARE, east, [NORTH + 500] * 4).tolist() == [True, True, True, False]


def test_a_place_in_a_hole_is_outside() -> None:
    assert not places.inside(SQUARE.difference(SQUARE.buffer(-300)), EAST + 500, NORTH + 500).any()


def test_no_places_are_inside_nothing() -> None:
    assert places.inside(SQUARE, [], []).shape == (0,)


def frame(shapes: list[shapely.Geometry], **columns: list[str]) -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(columns, geometry=shapes, crs=27700)


def test_places_are_counted_by_area_on_the_areas_own_index() -> None:
    right = shapely.box(EAST + 1000, NORTH, EAST + 2000, NORTH + 1000)
    areas = frame([SQUARE, right, shapely.box(0, 0, 1, 1)]).set_axis(["a", "b", "c"])
    marked = [shapely.Point(EAST + x, NORTH + 10) for x in (5, 6, 1000, 1500, 9000)]
    counted = places.count_in(areas, frame([*marked, None, shapely.Point()]))
    assert counted.to_dict() == {"a": 3, "b": 1, "c": 0}
    assert counted.name == "count"


def test_a_place_in_two_areas_that_overlap_counts_in_both() -> None:
    counted = places.count_in(frame([SQUARE, SQUARE.buffer(-100)]), frame([SQUARE.centroid]))
    assert counted.tolist() == [1, 1]


@settings(max_examples=25, deadline=None)
@given(cells(), st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=30))
def test_every_place_in_a_sheet_of_areas_counts_exactly_once(
    sheet: list[Polygon], shares: list[tuple[float, float]]
) -> None:
    whole = shapely.union_all(sheet)
    west, south, east, north = whole.bounds
    points = [(west + x * (east - west), south + y * (north - south)) for x, y in shares]
    corners = [tuple(point) for point in shapely.get_coordinates(np.array(sheet, dtype=object))]
    easts, norths = np.array([*points, *corners]).T
    counted = places.count_in(frame(list(sheet)), frame(list(shapely.points(easts, norths))))
    on_sheet = np.zeros(len(easts), dtype=bool)
    for area in sheet:
        on_sheet |= places.inside(area, easts, norths)
    assert counted.sum() == on_sheet.sum()


def test_layers_in_another_system_are_refused() -> None:
    with pytest.raises(ValueError, match="EPSG:27700"):
        places.count_in(frame([SQUARE]).to_crs(3857), frame([SQUARE.centroid]))


def test_importing_the_package_does_not_load_geopandas_or_gdal() -> None:
    names = "boundary coordinates crs drawing findings places reading register writing"
    code = f"import sys\nfor name in '{names}'.split(): __import__('geodata.' + name)\n"
    code += "print([name for name in ('geopandas', 'pandas', 'pyogrio', 'pyproj') if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
    assert pandas.__name__ in sys.modules
