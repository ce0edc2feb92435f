"""Places as a table gives them: in columns of their own, `q5.grid` for the grid reference of question q5, and so on."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from consult.responses.form.pointing import (
    LONGEST_DRAWING,
    MOST_POINTS,
    NOT_IN_BRITAIN,
    SMALLEST_AREA_M2,
    Found,
    NotAPlace,
    Pointing,
    pointed,
)
from geodata import crs
from geodata.coordinates import BRITAIN_DEGREES, GRID

WAYS = ("lon", "lat", "grid", "postcode", "about", "wkt")
KINDS = ("Point", "LineString", "Polygon")


def place_columns(question: Any) -> Iterator[str]:
    return (f"{question.reference}.{way}" for way in WAYS)


def written_place(cell: Callable[[str], str], words: str, listed: dict[str, Any]) -> Found | None:
    """`cell` gives what stands in one of the columns. A shape comes before everything else. Raises NotAPlace."""
    about = cell("about")
    given = Pointing(
        *(cell("lon"), cell("lat"), cell("postcode"), words),
        listed=named(about, listed) if about else None,
        grid=cell("grid"),
    )
    found, text = pointed(given), cell("wkt")
    if not text:
        return found
    shape = shape_of(text)
    inside = shape.representative_point()
    outline = None if isinstance(shape, shapely.Point) else shape
    return Found(round(inside.x, 3), round(inside.y, 3), found.words if found else "", outline)


def named(about: str, listed: dict[str, Any]) -> Any:
    """The site or policy of that reference. Raises NotAPlace."""
    for key, thing in listed.items():
        if about.casefold() in (key.casefold(), thing.reference.casefold()):
            return thing
    known = ", ".join(thing.reference for thing in listed.values())
    raise NotAPlace("about", f"“{about[:60]}” is no site or policy of the plan: {known or 'it has none'}.")


def shape_of(text: str) -> BaseGeometry:
    """A point, line or area as well-known text (OGC 06-103r4), in longitude and latitude or in National Grid metres;
    given in metres of EPSG:27700. Raises NotAPlace."""
    shape = read(text)
    points = shapely.get_coordinates(shape)
    if not GRID.holds(points):
        if not BRITAIN_DEGREES.holds(points):
            swapped = BRITAIN_DEGREES.holds(points[:, ::-1])
            sentence = "Longitude comes first, then latitude: swap them." if swapped else NOT_IN_BRITAIN
            raise NotAPlace("wkt", sentence)
        try:
            points = np.column_stack(crs.grid_points(points[:, 0], points[:, 1]))
        except crs.OutsideGreatBritain:
            raise NotAPlace("wkt", NOT_IN_BRITAIN) from None
    metres = shapely.set_coordinates(shape, points.round(3))
    if not metres.is_valid or (metres.geom_type == "Polygon" and metres.area < SMALLEST_AREA_M2):
        raise NotAPlace(
            "wkt", "The shape crosses itself or is too small: draw it again, or write words instead."
        )
    return metres


def read(text: str) -> BaseGeometry:
    """Two-dimensional, of a kind we take, not too long. Raises NotAPlace."""
    if len(text) > LONGEST_DRAWING:
        raise NotAPlace(
            "wkt", f"The shape is longer than {LONGEST_DRAWING:,} characters: give a simpler one."
        )
    try:
        shape = shapely.force_2d(shapely.from_wkt(text))
    except shapely.errors.ShapelyError:
        shape = None
    if shape is None or shape.geom_type not in KINDS or shape.is_empty:
        raise NotAPlace("wkt", "Write a shape such as POINT (-2.345 51.4), LINESTRING (…) or POLYGON ((…)).")
    if shapely.count_coordinates(shape) > MOST_POINTS:
        raise NotAPlace("wkt", f"The shape has more than {MOST_POINTS} points: give a simpler one.")
    return shape
