"""The map of a place question without JavaScript: a drawing that is a button, whose clicks the server understands."""

import json
import math
from typing import Any

import numpy as np
import shapely
from flask import g, request
from shapely.geometry.base import BaseGeometry

from consult.areas import maps
from consult.consultations.models import Consultation
from consult.responses.form.parts import Spot
from consult.responses.form.pointing import LEAST_POINTS, MOST_POINTS, NotAPlace, point_given, points_in
from consult.responses.outlines import outline_of
from consult.web.windows import NO_CLICK, click_on
from consult.web.windows import SIZES as SIZES  # the page of a question shows this picture
from consult.web.windows import Window as Window
from geodata import crs
from geodata.coordinates import GRID
from geodata.drawing import Layer, draw

CLOSER = 3
CLOSEST_M = 250.0
LONGEST_ADDRESS = 20 * MOST_POINTS
DECIMALS = 6  # of a degree: about ten centimetres


def district_of(space: Any) -> Any:
    return space.authority_id or space.id


def extent_of(consultation: Consultation) -> BaseGeometry:
    """What its maps show: the area, else the district, else England."""
    outline = outline_of(consultation)
    return maps.extent_of([outline] if outline is not None else [], district_of(g.space))


def drawing(
    outline: BaseGeometry | None, window: Window, marks: list[BaseGeometry], width: int, words: str
) -> str:
    layers = list(maps.base_layers(district_of(g.space)))
    if outline is not None:
        layers.append(Layer([outline], "area"))
    shapes = [mark for mark in marks if mark.geom_type != "Point"]
    layers += [Layer(shapes, "place")] if shapes else []
    layers += [Layer([mark for mark in marks if mark.geom_type == "Point"], "pin")]
    return draw(window.view(width), layers, title=words, description=words)


def marks_of(form: Any, part: Spot) -> str:
    """What is on the map so far, as the drawing's address says it: `area:e_n,e_n`; nothing where nothing is."""
    given = part.given(form)
    try:
        if given.drawn in LEAST_POINTS:
            spots = grid_spots(points_in(given.points))
        else:
            pin = point_given(given.lon, given.lat)
            spots = [pin] if pin else []
    except (NotAPlace, crs.OutsideGreatBritain):
        return ""
    return f"{given.drawn}:" + ",".join(f"{e:.0f}_{n:.0f}" for e, n in spots) if spots else ""


def grid_spots(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    if not points:
        return []
    eastings, northings = crs.grid_points(*zip(*points, strict=True))
    return [(float(e), float(n)) for e, n in zip(eastings, northings, strict=True)]


def marks_in(text: str) -> list[BaseGeometry]:
    """The marks that an address names; none where it names none."""
    drawn, _colon, spots = text[:LONGEST_ADDRESS].partition(":")
    try:
        points = [
            tuple(float(part) for part in spot.split("_")) for spot in spots.split(",")[:MOST_POINTS] if spot
        ]
        if not points or not GRID.holds(np.array(points, dtype=np.float64).reshape(-1, 2)):
            return []
    except ValueError:
        return []
    corners: list[BaseGeometry] = [shapely.Point(*point) for point in points]
    if drawn == "area" and len(points) > 2:
        return [shapely.Polygon(points), *corners]
    return [shapely.LineString(points), *corners] if len(points) > 1 else corners


def window_of(form: Any, part: Spot, extent: BaseGeometry) -> Window:
    return Window.read(part.value(form, "view")) or Window.of(extent)


def took_click(form: Any, part: Spot, extent: BaseGeometry) -> bool:
    """Puts the pin or the next point where the drawing was clicked, or does what a button beside it says. NO_CLICK
    is what Enter sends."""
    if not part.drawings:
        return False
    if pressed(form, part, extent, request.form.get("do", "")):
        return True
    for width in SIZES:
        click = click_on(request.form, f"{part.name}.map{width}", width)
        if click is None:
            continue
        if click != NO_CLICK:
            put(form, part, window_of(form, part, extent), width, click)
        return True
    return False


def pressed(form: Any, part: Spot, extent: BaseGeometry, do: str) -> bool:
    """Whether one of this question's buttons was pressed: takes back a point or all of them, looks closer or not."""
    name, _dot, act = do.rpartition(".")
    if name != part.name:
        return False
    view, points = form[f"{part.name}.view"], form[f"{part.name}.points"]
    window = window_of(form, part, extent)
    if act == "back":
        points.data = " ".join((points.data or "").split()[:-1])
    elif act == "again":
        for what in ("points", "lon", "lat"):
            if (field := form._fields.get(f"{part.name}.{what}")) is not None:
                field.data = ""
    elif act == "whole":
        view.data = ""
    elif act in ("closer", "further"):
        view.data = str(window.closer(CLOSER if act == "closer" else 1 / CLOSER))
    return True


def put(form: Any, part: Spot, window: Window, width: int, click: tuple[int, int]) -> None:
    """A pin is put there, and looked at closer; a point of a line or an area follows on the last, and the view stays
    about it."""
    easting, northing = window.view(width).to_grid(*click)
    try:
        lons, lats = crs.lonlat_points([easting], [northing])
    except crs.OutsideGreatBritain:
        return
    if not math.isfinite(float(lons[0])):
        return
    lon, lat = f"{float(lons[0]):.{DECIMALS}f}", f"{float(lats[0]):.{DECIMALS}f}"
    if part.drawn(form) == "pin":
        form[f"{part.name}.lon"].data, form[f"{part.name}.lat"].data = lon, lat
        form[f"{part.name}.view"].data = str(closer_at(window, easting, northing))
        return
    points = form[f"{part.name}.points"]
    known = (points.data or "").split()
    if len(known) < MOST_POINTS and known[-1:] != [f"{lon},{lat}"]:
        points.data = " ".join([*known, f"{lon},{lat}"])
    form[f"{part.name}.view"].data = str(window)


def closer_at(window: Window, easting: float, northing: float) -> Window:
    return Window(easting, northing, max(window.span_m / CLOSER, CLOSEST_M))


def outline_json(outline: BaseGeometry) -> str:
    """The outline as GeoJSON in degrees, to be looked at and not measured."""
    seen = maps.Seen(outline, "area").for_browser(maps.finest_of(outline))
    return json.dumps({"type": "FeatureCollection", "features": [seen["data"]]}, separators=(",", ":"))
