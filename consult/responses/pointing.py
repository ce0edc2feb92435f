"""From what somebody gave of a place to where it is: numbers, then a postcode, then the plan's own list, then words."""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from flask_babel import gettext

from consult.areas import postcodes
from consult.plans.sites import Site
from consult.responses.frozen import Shown
from geodata import crs
from geodata.coordinates import BRITAIN_DEGREES, GRID

NOT_IN_BRITAIN = (
    "That point is not in Great Britain. Longitude lies between -9 and 2, latitude between 49 and 61. "
    "You can leave both empty and say where it is in words."
)


class NotAPlace(ValueError):
    """`where` is the part of the place (lon, lat, postcode) that the sentence is about."""

    def __init__(self, where: str, sentence: str) -> None:
        super().__init__(sentence)
        self.where, self.sentence = where, sentence


@dataclass(frozen=True)
class Pointing:
    lon: str = ""
    lat: str = ""
    postcode: str = ""
    words: str = ""
    listed: Site | Shown | None = None


@dataclass(frozen=True)
class Found:
    easting: float | None
    northing: float | None
    words: str

    @property
    def shape(self) -> bytes | None:
        if self.easting is None or self.northing is None:
            return None
        return bytes(shapely.to_wkb(shapely.Point(self.easting, self.northing)))


def pointed(given: Pointing) -> Found | None:
    """Where it is, or None when nothing was given. Raises NotAPlace."""
    words = "\n".join(filter(None, [given.words, label_of(given.listed), postcode_words(given.postcode)]))
    point = (
        point_given(given.lon, given.lat) or point_of_postcode(given.postcode) or point_of_site(given.listed)
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
            raise NotAPlace("lon", gettext(NOT_IN_BRITAIN))
        eastings, northings = crs.grid_points([lon], [lat])
    except crs.OutsideGreatBritain:
        raise NotAPlace("lon", gettext(NOT_IN_BRITAIN)) from None
    return round(float(eastings[0]), 3), round(float(northings[0]), 3)


def is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


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
    return gettext("Postcode %(code)s", code=text.upper()) if text else ""


def point_of_site(listed: Site | Shown | None) -> tuple[float, float] | None:
    if not isinstance(listed, Site):
        return None
    inside = shapely.from_wkb(listed.outline).representative_point()
    return round(inside.x, 3), round(inside.y, 3)


def label_of(listed: Site | Shown | None) -> str:
    if isinstance(listed, Site):
        return gettext("Site %(ref)s: %(name)s", ref=listed.reference, name=listed.name)
    if isinstance(listed, Shown):
        return gettext("Policy %(ref)s: %(name)s", ref=listed.reference, name=listed.title)
    return ""
