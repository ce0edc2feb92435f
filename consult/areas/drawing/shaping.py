"""What the map's editor asks of the server: a shape cut, joined, given a hole or another part. Nothing is kept."""

import json
from collections.abc import Callable
from typing import Any

import shapely
from flask import jsonify, request
from shapely.geometry.base import BaseGeometry

from consult.access import Act, needs
from consult.areas.outline.choosing import MOST_POINTS
from consult.areas.outline.outlines import MOST_BYTES
from consult.areas.pages import body_only, pages
from geodata import jsontext, shaping, writing
from geodata.findings import Unreadable
from geodata.reading import read_geojson, read_place

NOT_ASKED = "The map asked for something that is not known here: reload the page."


@pages.post("/<space:space>/area/shaping")
@needs(Act.DRAW)
def shape() -> Any:
    """The field `asked`, {"act", "shape"} and a "line" or an "other" shape where the act needs it, as JSON ->
    {"shape"}, or 422 with a {"sentence"}."""
    body_only()
    try:
        made = shaped(jsontext.parse(request.form.get("asked", "").encode("utf-8", "replace"), MOST_BYTES))
    except (Unreadable, shaping.CannotShape) as problem:
        return jsonify(sentence=str(problem)), 422
    return jsonify(shape=writing.geojson_geometry(made))


def shaped(asked: Any) -> BaseGeometry:
    """The shape that was asked for, in EPSG:27700. Raises Unreadable and CannotShape."""
    name = asked.get("act") if isinstance(asked, dict) else None
    act = ACTS.get(name) if isinstance(name, str) else None
    if act is None:
        raise Unreadable(NOT_ASKED)
    return act(area(asked.get("shape")), asked)


def area(given: Any) -> BaseGeometry:
    features = read_geojson(as_bytes(given), max_bytes=MOST_BYTES, max_vertices=MOST_POINTS).features
    if len(features) != 1:
        raise Unreadable(NOT_ASKED)
    return features[0].geometry


def as_bytes(given: Any) -> bytes:
    return json.dumps(given).encode("utf-8", "replace")


def cut(shape: BaseGeometry, asked: dict[str, Any]) -> BaseGeometry:
    """The pieces as parts of one shape: they lie against each other, so it is not valid until one of them goes."""
    pieces = shaping.cut(shape, read_place(as_bytes(asked.get("line"))))
    return shapely.MultiPolygon([part for piece in pieces for part in piece.geoms])


def join(shape: BaseGeometry, asked: dict[str, Any]) -> BaseGeometry:
    return shaping.join(list(shapely.get_parts(shape)))


def add_hole(shape: BaseGeometry, asked: dict[str, Any]) -> BaseGeometry:
    return shaping.add_hole(shape, area(asked.get("other")))


def add_part(shape: BaseGeometry, asked: dict[str, Any]) -> BaseGeometry:
    return shaping.add_part(shape, area(asked.get("other")))


ACTS: dict[str, Callable[[BaseGeometry, dict[str, Any]], BaseGeometry]] = {
    "cut": cut,
    "join": join,
    "add_hole": add_hole,
    "add_part": add_part,
}
