"""The page on which somebody says which shape of a file is the area: its two forms and its map."""

from typing import Any

import shapely
from flask import g, request
from shapely.geometry.base import BaseGeometry

from consult.areas import maps
from consult.areas.forms import LayerForm, ShapesForm
from consult.areas.maps import Seen, Several
from consult.areas.outline.choosing import Candidate, Choice
from consult.areas.outline.looking import Look, overlaps_on
from geodata.boundary import is_valid
from geodata.reading import Reading

MOST_DRAWN = 300


def layer_form(reading: Reading) -> LayerForm | None:
    """None where a file has one layer only."""
    if len(reading.layers) < 2:
        return None
    names = [layer.name for layer in reading.layers]
    form = LayerForm(None, data={"layer": str(names.index(reading.layer) + 1)})
    form.layer.choices = [
        (str(place), f"{layer.name} ({layer.features:,} {'shape' if layer.features == 1 else 'shapes'})")
        for place, layer in enumerate(reading.layers, 1)
    ]
    return form


def shapes_form(choice: Choice, problem: str) -> ShapesForm:
    words = request.args.get("q", "").strip()
    names = [layer.name for layer in choice.reading.layers]
    layer = str(names.index(choice.reading.layer) + 1) if choice.reading.layer in names else ""
    chosen = [str(each.number) for each in choice.chosen]
    form = ShapesForm(None, data={"q": words, "layer": layer, "shape": chosen})
    form.shape.choices = [(str(each.number), described(each)) for each in choice.listed(words)]
    if problem:
        form.shape.errors = [problem]
    return form


def described(candidate: Candidate) -> str:
    return f"{candidate.name}, {candidate.hectares:,.1f} hectares"


def map_of(choice: Choice, outline: BaseGeometry | None, look: Look | None, show: str) -> dict[str, Any]:
    """Every shape of the layer, the chosen ones apart, with what was found in them; or one place of it, close up."""
    place = look.numbered(show) if look else None
    taken = {each.number for each in choice.chosen}
    others = [
        (drawable(each.feature.geometry), each.name) for each in choice.candidates if each.number not in taken
    ][:MOST_DRAWN]
    seen: list[Seen] = maps.neighbours(look.around if look else [], "Areas on the register")
    key = "Other shapes in the file" if choice.chosen else "Shapes in the file"
    seen += [Several.of(others, "site", key)] if others else []
    seen += [Seen(drawable(outline), "draft", "What you chose")] if outline is not None else []
    if outline is not None and look is not None:
        seen += [*overlaps_on(outline, look), *look.marks]
    extent = maps.extent_of([outline] if outline is not None else [shape for shape, _ in others], None)
    if place:
        extent = place.close_up()
    caption = "The shapes in the file" if len(choice.candidates) > 1 else "The shape in the file"
    return maps.with_key(maps.on_map(extent, seen, caption=caption, ground=g.space), seen)


def drawable(shape: BaseGeometry) -> BaseGeometry:
    """A crossed area cannot be filled: its line is drawn."""
    return shape if is_valid(shape) else shapely.boundary(shape)
