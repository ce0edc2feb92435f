"""Curves are drawn as short straight lines, and the person is told."""

import math
import struct

import pytest
import shapely

from geodata import curves
from geodata.reading import read
from tests.geodata.hostile import packages
from tests.geodata.hostile.markup import gml
from tests.geodata.shapes import SQUARE

CIRCLE = [(450_000, 200_000), (450_500, 200_500), (451_000, 200_000), (450_500, 199_500), (450_000, 200_000)]
ARC = (
    '<gml:featureMember><area gml:id="a"><shape><gml:Polygon><gml:exterior><gml:Ring><gml:curveMember><gml:Curve>'
    "<gml:segments><gml:ArcString><gml:posList>"
    + " ".join(f"{east} {north}" for east, north in CIRCLE)
    + "</gml:posList></gml:ArcString></gml:segments></gml:Curve></gml:curveMember></gml:Ring></gml:exterior>"
    "</gml:Polygon></shape></area></gml:featureMember>"
)


def curve_polygon() -> bytes:
    points = b"".join(struct.pack("<dd", *point) for point in CIRCLE)
    return struct.pack("<BII", 1, 10, 1) + struct.pack("<BII", 1, 8, len(CIRCLE)) + points


@pytest.mark.parametrize("format", ["GML", "GeoPackage"])
def test_curves_are_drawn_as_short_straight_lines_and_said(format: str) -> None:
    found = read(gml(ARC) if format == "GML" else packages.changed(shape=curve_polygon()))
    assert curves.SAID in found.said
    assert found.features[0].geometry.area == pytest.approx(math.pi * 500**2, rel=0.002)


def test_a_straight_area_in_a_table_for_curves_is_not_called_curved() -> None:
    surface = struct.pack("<BII", 1, 12, 1) + shapely.to_wkb(SQUARE, byte_order=1)
    assert read(packages.changed(shape=surface)).said == ()
