"""Drawing an outline without JavaScript: the map is a picture that is a button, and each click on it adds a point.

The outline travels in the form itself; nothing is kept until it is sent to where every outline is saved.
"""

from typing import Any
from urllib.parse import quote

import shapely
from flask import g, render_template, request
from shapely.geometry.base import BaseGeometry

from consult.access import Act, needs
from consult.areas import maps
from consult.areas.drawing.sketch import LOST, Sketch
from consult.areas.models import RegisterEntry, latest_version
from consult.areas.outline import outlines
from consult.areas.outline.edges import edges_of
from consult.areas.pages import body_only, neighbours, pages
from consult.web.windows import SIZES, Window
from geodata import boundary
from geodata.drawing import Layer, draw
from geodata.findings import Unreadable

LEAST = 3
FEW = "An outline needs at least three points."
UNUSED = "There are points that are not part of it yet: use them or take them away."
WORDS = "Map to draw on"
UNTOUCHED = " /:=,;()-.'"  # what an address of this kind may hold as it is


@pages.route("/<space:space>/area/draft/points", methods=["GET", "POST"])
@needs(Act.DRAW)
def points() -> Any:
    """The map to click on, with what has been drawn so far; a click or a button gives the next such page."""
    body_only()
    version, others = latest_version(), neighbours()
    saved = version.geometry if version else None
    shapes = [saved] if saved is not None else [entry.geometry for entry in others]
    extent = maps.extent_of(shapes, g.space.authority_id)
    sketch, words = sketched(extent, others, saved)
    outline, wrong = outline_of(sketch)
    return render_template(
        "areas/clicking.html",
        sketch=sketch,
        words=words,
        saved=saved is not None,
        outline=outlines.as_text(outline) if outline is not None else "",
        wrong=wrong,
        hectares=boundary.hectares(outline) if outline is not None else 0,
        drawings={width: drawing(sketch, width, others) for width in SIZES},
        heights=SIZES,
    )


def sketched(
    extent: BaseGeometry, others: list[RegisterEntry], saved: BaseGeometry | None
) -> tuple[Sketch, str]:
    try:
        sketch = Sketch.read(request.form, extent)
    except Unreadable:
        return Sketch((), Window.of(extent)), LOST
    if request.method == "GET":
        return sketch, ""
    return sketch.after(request.form, extent, edges_of([(n.name, n.geometry) for n in others]), saved)


def outline_of(sketch: Sketch) -> tuple[BaseGeometry | None, str]:
    """The outline if it can be saved, or why it cannot yet, in one sentence. The first ring needs no other button."""
    if sketch.shape is not None and sketch.points:
        return None, UNUSED
    if sketch.shape is None and len(sketch.points) < LEAST:
        return None, FEW
    drawn = sketch.shape if sketch.shape is not None else shapely.Polygon(sketch.points)
    errors = [finding.message for finding in boundary.check(drawn) if finding.severity == "error"]
    return (None, errors[0]) if errors else (drawn, "")


def drawing(sketch: Sketch, width: int, others: list[RegisterEntry]) -> str:
    """The picture, as an address that holds it: an outline may be longer than an address on the server can be."""
    seen = maps.neighbours(others, "Areas on the register")
    layers = [
        *maps.base_layers(g.space.authority_id or g.space.id),
        *(one.layer() for one in seen),
        *drawn_so_far(sketch),
    ]
    picture = draw(sketch.window.view(width), layers, title=WORDS, description=WORDS)
    return f"data:image/svg+xml,{quote(picture, safe=UNTOUCHED)}"


def drawn_so_far(sketch: Sketch) -> list[Layer]:
    """The shape, the points, and the line that they make; closed where it would be a ring."""
    layers = []
    if sketch.shape is not None:
        valid = boundary.is_valid(sketch.shape)
        shown = sketch.shape if valid else shapely.boundary(sketch.shape)
        layers.append(Layer([shown], "draft", "Your outline"))
    if len(sketch.points) >= LEAST and sketch.shape is None:
        layers.append(Layer([shapely.LinearRing(sketch.points)], "draft"))
    elif len(sketch.points) > 1:
        layers.append(Layer([shapely.LineString(sketch.points)], "fault"))
    marks = Layer([shapely.Point(spot) for spot in sketch.points], "pin")
    return [*layers, marks] if sketch.points else layers
