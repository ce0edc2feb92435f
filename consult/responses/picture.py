"""The map of a place question without JavaScript: a drawing that is a button, whose clicks the server understands."""

import json
import math
from typing import Any

import shapely
from flask import g, request
from shapely.geometry.base import BaseGeometry

from consult.areas import maps
from consult.consultations.models import Consultation
from consult.responses.outlines import outline_of
from consult.responses.parts import Spot
from consult.responses.pointing import NotAPlace, point_given
from consult.web.windows import NO_CLICK, click_on
from consult.web.windows import SIZES as SIZES  # the page of a question shows this picture
from consult.web.windows import Window as Window
from geodata import crs
from geodata.drawing import Layer, draw

CLOSER = 3
CLOSEST_M = 250.0
DECIMALS = 6  # of a degree: about ten centimetres


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
    """Puts the pin where the drawing was clicked, and looks closer."""
    for width in SIZES:
        click = click_on(request.form, f"{part.name}.map{width}", width)
        if click is None:
            continue
        if click != NO_CLICK:
            put_pin(form, part, window_of(form, part, extent), width, click)
        return True
    return False


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
    form[f"{part.name}.view"].data = str(closer_at(window, easting, northing))


def closer_at(window: Window, easting: float, northing: float) -> Window:
    return Window(easting, northing, max(window.span_m / CLOSER, CLOSEST_M))


def outline_json(outline: BaseGeometry) -> str:
    """The outline as GeoJSON in degrees, to be looked at and not measured."""
    seen = maps.Seen(outline, "area").for_browser(maps.finest_of(outline))
    return json.dumps({"type": "FeatureCollection", "features": [seen["data"]]}, separators=(",", ":"))
