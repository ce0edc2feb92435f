"""The map of a place question without JavaScript: a drawing that is a button, whose clicks the server understands."""

import json
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from flask import g, request
from shapely.geometry.base import BaseGeometry

from consult.areas import maps
from consult.consultations.models import Consultation
from consult.responses.outlines import outline_of
from consult.responses.parts import Spot
from consult.responses.pointing import NotAPlace, point_given
from geodata import crs
from geodata.coordinates import GRID
from geodata.drawing import Layer, View, draw

SIZES = {288: 288, 600: 420}  # px wide: px high; the smaller fits a page of 320 px
CLOSER = 3
CLOSEST_M = 250.0
FURTHEST_M = 1_000_000.0
DECIMALS = 6  # of a degree: about ten centimetres


@dataclass(frozen=True)
class Window:
    """What the drawing shows: its middle, and how many metres its shorter side is."""

    easting: float
    northing: float
    span_m: float

    @classmethod
    def read(cls, text: str) -> "Window | None":
        try:
            easting, northing, span = (float(part) for part in text.split(","))
        except ValueError:
            return None
        inside = GRID.holds(np.array([[easting, northing]])) and CLOSEST_M <= span <= FURTHEST_M
        return cls(easting, northing, span) if inside else None

    @classmethod
    def of(cls, extent: BaseGeometry) -> "Window":
        west, south, east, north = extent.bounds
        span = max(east - west, north - south) * 1.15
        return cls((west + east) / 2, (south + north) / 2, min(max(span, CLOSEST_M), FURTHEST_M))

    def __str__(self) -> str:
        return f"{self.easting:.0f},{self.northing:.0f},{self.span_m:.0f}"

    def view(self, width: int) -> View:
        e, n, half = self.easting, self.northing, self.span_m / 2
        return View((e - half, n - half, e + half, n + half), width, SIZES[width])

    def closer(self, easting: float, northing: float) -> "Window":
        return Window(easting, northing, max(self.span_m / CLOSER, CLOSEST_M))


def district_of(space: Any) -> Any:
    return space.authority_id or space.id


def extent_of(consultation: Consultation) -> BaseGeometry:
    """What its maps show: the area, else the district, else England."""
    outline = outline_of(consultation)
    return maps.extent_of([outline] if outline is not None else [], district_of(g.space))


def drawing(
    outline: BaseGeometry | None, window: Window, pin: tuple[float, float] | None, width: int, words: str
) -> str:
    layers = list(maps.base_layers(district_of(g.space)))
    if outline is not None:
        layers.append(Layer([outline], "area"))
    if pin is not None:
        layers.append(Layer([shapely.Point(pin)], "pin"))
    return draw(window.view(width), layers, title=words, description=words)


def pin_of(form: Any, part: Spot) -> tuple[float, float] | None:
    given = part.given(form)
    try:
        return point_given(given.lon, given.lat)
    except NotAPlace:
        return None


def window_of(form: Any, part: Spot, extent: BaseGeometry) -> Window:
    return Window.read(form[f"{part.name}.view"].data or "") or Window.of(extent)


def took_click(form: Any, part: Spot, extent: BaseGeometry) -> bool:
    """Puts the pin where the drawing was clicked, and looks closer. (0, 0) is what Enter sends: not a click."""
    for width in SIZES:
        click = click_on(f"{part.name}.map{width}")
        if click is None:
            continue
        if click != (0, 0) and max(click) <= max(width, SIZES[width]):
            put_pin(form, part, window_of(form, part, extent), width, click)
        return True
    return False


def click_on(name: str) -> tuple[int, int] | None:
    given = [request.form.get(f"{name}.{axis}", "") for axis in "xy"]
    if not all(given):
        return None
    return (
        (int(given[0]), int(given[1]))
        if all(n.isascii() and n.isdecimal() and len(n) < 6 for n in given)
        else (0, 0)
    )


def put_pin(form: Any, part: Spot, window: Window, width: int, click: tuple[int, int]) -> None:
    easting, northing = window.view(width).to_grid(*click)
    try:
        lons, lats = crs.lonlat_points([easting], [northing])
    except crs.OutsideGreatBritain:
        return
    if not math.isfinite(float(lons[0])):
        return
    form[f"{part.name}.lon"].data = f"{float(lons[0]):.{DECIMALS}f}"
    form[f"{part.name}.lat"].data = f"{float(lats[0]):.{DECIMALS}f}"
    form[f"{part.name}.view"].data = str(window.closer(easting, northing))


def outline_json(outline: BaseGeometry) -> str:
    """The outline as GeoJSON in degrees, to be looked at and not measured."""
    seen = maps.Seen(outline, "area").for_browser(maps.finest_of(outline))
    return json.dumps({"type": "FeatureCollection", "features": [seen["data"]]}, separators=(",", ":"))
