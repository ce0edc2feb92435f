"""Drawing an outline without JavaScript: the map is a drawing that is a button, and each click on it adds a point.

The points travel in the form itself; nothing is kept until the outline is sent to where every outline is saved.
"""

from typing import Any

import shapely
from flask import Response, abort, g, render_template, request, url_for
from shapely.geometry.base import BaseGeometry

from consult.access import Act, needs
from consult.areas import maps, outlines
from consult.areas.edges import edges_of
from consult.areas.models import latest_version
from consult.areas.pages import body_only, neighbours, pages
from consult.areas.sketch import SIZES, Sketch
from geodata import boundary
from geodata.drawing import Layer, draw

LEAST = 3
FEW = "An outline needs at least three points."


@pages.route("/<space:space>/area/draft/points", methods=["GET", "POST"])
@needs(Act.DRAW)
def points() -> Any:
    """The map to click on, with what has been drawn so far; a click or a button gives the next such page."""
    body_only()
    around = extent()
    sketch = Sketch.read(request.form, around)
    words = ""
    if request.method == "POST":
        sketch, words = sketch.after(
            request.form, around, edges_of([(n.name, n.geometry) for n in neighbours()])
        )
    drawn, wrong = outline_of(sketch)
    return render_template(
        "areas/clicking.html",
        sketch=sketch,
        words=words,
        outline=outlines.as_text(drawn) if drawn is not None else "",
        wrong=wrong,
        hectares=boundary.hectares(drawn) if drawn is not None else 0,
        drawings={
            width: url_for("areas.points_drawing", width=width, view=str(sketch.look), points=sketch.drawn)
            for width in SIZES
        },
        heights=SIZES,
    )


@pages.get("/<space:space>/area/draft/points/<int:width>.svg")
@needs(Act.DRAW)
def points_drawing(width: int) -> Response:
    """The map of that page, with the points so far."""
    body_only()
    if width not in SIZES:
        abort(404)
    sketch = Sketch.read(request.args, extent())
    seen = maps.neighbours(neighbours(), "Areas on the register")
    layers = [
        *maps.base_layers(g.space.authority_id or g.space.id),
        *(one.layer() for one in seen),
        *drawn_so_far(sketch),
    ]
    words = "Map to draw on"
    return Response(
        draw(sketch.look.view(width), layers, title=words, description=words), mimetype="image/svg+xml"
    )


def extent() -> BaseGeometry:
    """What the map shows first: the outline saved last, else the neighbours, else the district."""
    version = latest_version()
    shapes = [version.geometry] if version else [entry.geometry for entry in neighbours()]
    return maps.extent_of(shapes, g.space.authority_id)


def outline_of(sketch: Sketch) -> tuple[BaseGeometry | None, str]:
    """The outline if it can be saved, or why it cannot yet, in one sentence."""
    if len(sketch.points) < LEAST:
        return None, FEW
    drawn = shapely.Polygon(sketch.points)
    errors = [finding.message for finding in boundary.check(drawn) if finding.severity == "error"]
    return (None, errors[0]) if errors else (drawn, "")


def drawn_so_far(sketch: Sketch) -> list[Layer]:
    """The points, and from three on the outline that they make."""
    if not sketch.points:
        return []
    line = shapely.LinearRing(sketch.points) if len(sketch.points) >= LEAST else None
    marks = Layer([shapely.Point(spot) for spot in sketch.points], "pin")
    return [*([Layer([line], "draft")] if line is not None else []), marks]
