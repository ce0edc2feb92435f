"""From what somebody gave of a place to where it is: what they drew, then numbers, a grid reference, a postcode, the
plan's own list, and words."""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from shapely.geometry.base import BaseGeometry

from consult.areas.loaded import postcodes
from consult.plans.sites import Site
from consult.responses.form.frozen import Shown
from consult.web.languages import ENGLISH, ours
from geodata import crs, gridref
from geodata.coordinates import BRITAIN_DEGREES, GRID

MOST_POINTS = 100
LONGEST_DRAWING = 50 * MOST_POINTS
LEAST_POINTS = {"line": 2, "area": 3}
SMALLEST_AREA_M2 = 1.0
NOT_IN_BRITAIN = _l(
    "That point is not in Great Britain. Longitude lies between -9 and 2, latitude between 49 and 61. "
    "You can leave both empty and say where it is in words."
)


class NotAPlace(ValueError):
    """`where` is the part of the place (lon, lat, points, grid, postcode) that the sentence is about."""

    def __init__(self, where: str, sentence: str) -> None:
        super().__init__(sentence)
        self.where, self.sentence = where, sentence


@dataclass(frozen=True)
class Pointing:
    """`points` is what was drawn, “lon,lat lon,lat …” in degrees, where `drawn` is line or area."""

    lon: str = ""
    lat: str = ""
    postcode: str = ""
    words: str = ""
    listed: Site | Shown | None = None
    grid: str = ""
    points: str = ""
    drawn: str = "pin"


@dataclass(frozen=True)
class Found:
    easting: float | None
    northing: float | None
    words: str
    outline: BaseGeometry | None = None  # what was drawn; the point lies on it

    @property
    def shape(self) -> bytes | None:
        if self.outline is not None:
            return bytes(shapely.to_wkb(self.outline))
        if self.easting is None or self.northing is None:
            return None
        return bytes(shapely.to_wkb(shapely.Point(self.easting, self.northing)))


def pointed(given: Pointing) -> Found | None:
    """Where it is, or None when nothing was given. Raises NotAPlace."""
    words = "\n".join(
        filter(
            None,
            [given.words, label_of(given.listed), postcode_words(given.postcode), grid_words(given.grid)],
        )
    )
    shape = shape_drawn(given.points, given.drawn)
    if shape is not None:
        inside = shape.representative_point()
        return Found(round(inside.x, 3), round(inside.y, 3), words, shape)
    point = (
        point_given(given.lon, given.lat)
        or point_of_grid(given.grid)
        or point_of_postcode(given.postcode)
        or point_of_site(given.listed)
    )
    if point is None:
        return Found(None, None, words) if words else None
    return Found(*point, words)


def point_given(lon: str, lat: str) -> tuple[float, float] | None:
    if not lon and not lat:
        return None
    for where, text in (("lon", lon), ("lat", lat)):
        if not is_number(text):
            raise NotAPlace(
                where, gettext("Give both longitude and latitude as numbers, such as -1.2614 and 51.7550.")
            )
    return on_the_grid(float(lon), float(lat))


def on_the_grid(lon: float, lat: float) -> tuple[float, float]:
    """Degrees, or metres of the National Grid, as millimetres of the National Grid. Raises NotAPlace."""
    point = np.array([[lon, lat]])
    if GRID.holds(point):
        return round(lon, 3), round(lat, 3)
    if BRITAIN_DEGREES.holds(point[:, ::-1]):
        raise NotAPlace("lon", gettext("Longitude and latitude look the wrong way round: swap them."))
    try:
        if not BRITAIN_DEGREES.holds(point):
            raise NotAPlace("lon", str(NOT_IN_BRITAIN))
        eastings, northings = crs.grid_points([lon], [lat])
    except crs.OutsideGreatBritain:
        raise NotAPlace("lon", str(NOT_IN_BRITAIN)) from None
    return round(float(eastings[0]), 3), round(float(northings[0]), 3)


def is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


# What was drawn.


def points_in(text: str) -> list[tuple[float, float]]:
    """Pairs of degrees. Raises NotAPlace for anything else, and for more than can be looked at."""
    pairs = text.split()
    if len(text) > LONGEST_DRAWING or len(pairs) > MOST_POINTS:
        raise NotAPlace("points", gettext("Draw it with %(most)s points or fewer.", most=MOST_POINTS))
    found = []
    for pair in pairs:
        lon, _comma, lat = pair.partition(",")
        if not (is_number(lon) and is_number(lat)):
            raise NotAPlace("points", gettext("What was drawn could not be read: draw it again."))
        found.append((float(lon), float(lat)))
    return found


def shape_drawn(text: str, drawn: str) -> BaseGeometry | None:
    """A line or an area in metres of EPSG:27700; none where nothing was drawn. Raises NotAPlace."""
    points = points_in(text) if drawn in LEAST_POINTS else []
    if not points:
        return None
    if len(set(points)) < LEAST_POINTS[drawn]:
        least = LEAST_POINTS[drawn]
        raise NotAPlace(
            "points", gettext("Put at least %(least)s points on the map, or take them away.", least=least)
        )
    try:
        metres = np.column_stack(crs.grid_points(*zip(*points, strict=True))).round(3)
    except crs.OutsideGreatBritain:
        raise NotAPlace(
            "points", gettext("Part of what was drawn is not in Great Britain: draw it again.")
        ) from None
    shape = shapely.LineString(metres) if drawn == "line" else shapely.Polygon(metres)
    if drawn == "area" and not (shape.is_valid and shape.area >= SMALLEST_AREA_M2):
        raise NotAPlace(
            "points", gettext("The edge of the area crosses itself: take back points, and go round it.")
        )
    return shape


def point_of_grid(text: str) -> tuple[float, float] | None:
    """Raises NotAPlace."""
    if not text:
        return None
    try:
        return gridref.point_of(text)
    except gridref.NotAReference as problem:
        raise NotAPlace("grid", in_our_language(problem)) from None


def in_our_language(problem: gridref.NotAReference) -> str:
    """What exactly is wrong is said in English alone; in other languages, what a reference looks like."""
    if ours().code == ENGLISH:
        return str(problem)
    return gettext(
        "Check the grid reference: two letters of the National Grid, then 6, 8 or 10 figures, such as ST 748 648."
    )


# What is kept as words beside the place is in English, in whichever language the form was: its readers are.


def grid_words(text: str) -> str:
    return f"Grid reference {' '.join(text.upper().split())}" if text else ""


def point_of_postcode(text: str) -> tuple[float, float] | None:
    code = normal_postcode(text)
    point = postcodes.point_of(code) if code else None
    return (float(point[0]), float(point[1])) if point else None


def normal_postcode(text: str) -> str:
    """Raises NotAPlace when it is not a postcode at all; one that we do not know is kept as words."""
    if not text:
        return ""
    code = postcodes.normalised(text)
    if code is None:
        raise NotAPlace(
            "postcode", gettext("Check the postcode: it should look like BA1 1AA. You can leave it empty.")
        )
    return code


def postcode_words(text: str) -> str:
    return f"Postcode {text.upper()}" if text else ""


def point_of_site(listed: Site | Shown | None) -> tuple[float, float] | None:
    if not isinstance(listed, Site):
        return None
    inside = shapely.from_wkb(listed.outline).representative_point()
    return round(inside.x, 3), round(inside.y, 3)


def label_of(listed: Site | Shown | None) -> str:
    if isinstance(listed, Site):
        return f"Site {listed.reference}: {listed.name}"
    if isinstance(listed, Shown):
        return f"Policy {listed.reference}: {listed.title}"
    return ""
