"""The maps of a printed form: the plan's area with its sites and policies numbered, and a map to mark with a pen.

A drawing is set as wide as the text, so a narrower one has larger letters: those of large print are 18 points and more.
"""

from collections.abc import Sequence
from typing import Any

import shapely
from flask_babel import gettext as _
from shapely.geometry.base import BaseGeometry

from consult.areas import maps
from consult.areas.application.pack import attribution
from consult.consultations.models import Consultation
from consult.plans import plan_maps
from consult.plans.models import PlanVersion
from consult.responses.outlines import outline_of
from consult.spaces.models import standing
from geodata.drawing import STYLES, Layer, Shape
from geodata.svg import text

WIDE, HIGH = 640, 500  # px on the width of the text of an A4 page, which is 174 mm
LARGE_WIDE, LARGE_HIGH = 216, 218  # px: the smallest letters, of 8 px, are then 18 points high
TO_MARK_HIGH, LARGE_TO_MARK_HIGH = 440, 180  # px: the question stands on the same page
SCALE_BAR_HIGH = 46  # px, with the room under it


def of_the_plan(
    consultation: Consultation, version: PlanVersion | None, large: bool
) -> dict[str, Any] | None:
    """Where the plan is about: its area, and its sites with their numbers; None where there is neither."""
    outline, groups = outline_of(consultation), list(plan_maps.groups(version)) if version else []
    if outline is None and not groups:
        return None
    title = _("Map of the area") if not groups else _("Map of the area, with the sites of the plan")
    seen = [*area(outline), *(numbered(group) for group in groups)]
    extent = [outline] if outline is not None else [group.geometry for group in groups]
    listed = [[site.reference, title_of(site, group)] for group in groups for site in group.sites]
    size = (LARGE_WIDE, LARGE_HIGH) if large else (WIDE, HIGH)
    return drawn(title, extent, seen, size) | {"listed": listed}


def numbered(group: Any) -> Layer:
    """Its sites with nothing but their numbers on them: what they are is listed under the map."""
    return Layer([Shape(site.geometry, site.reference) for site in group.sites], group.style, group.key)


def title_of(site: Any, group: Any) -> str:
    """The site's name, and the numbers of the policies that are about it."""
    about = ", ".join(policy.reference for policy in group.policies.get(site.id, []))
    return _("%(site)s: policy %(policies)s", site=site.name, policies=about) if about else str(site.name)


def to_mark(consultation: Consultation, large: bool) -> dict[str, Any] | None:
    """The map of a place question; None where nobody knows of a place to show."""
    outline, space = outline_of(consultation), standing()
    if outline is None and not maps.base_layers(space.authority_id or space.id):
        return None
    title = _("Mark the place with a cross, a line, or a line round an area.")
    extent = [outline] if outline is not None else []
    size = (LARGE_WIDE, LARGE_TO_MARK_HIGH) if large else (WIDE, TO_MARK_HIGH)
    return drawn(title, extent, area(outline), size) | {"kind": "map"}


def area(outline: BaseGeometry | None) -> list[Layer]:
    return [Layer([outline], "area", _("The neighbourhood area"))] if outline is not None else []


def drawn(
    title: str, extent: Sequence[BaseGeometry], layers: list[Layer], size: tuple[int, int]
) -> dict[str, Any]:
    """The key stands under the drawing: in it, it would hide what lies there."""
    space = standing()
    district = space.authority_id or space.id
    unnamed = [Layer(layer.features, layer.style) for layer in layers]
    says = _("%(title)s, with a scale bar, a north arrow and National Grid lines.", title=title.rstrip("."))
    look: Any = {"title": title, "description": says, "width": size[0], "height": size[1]}
    shown, ground = with_room(maps.extent_of(extent, district), size[1]), maps.base_layers(district)
    picture = str(maps.picture(shown, [*ground, *unnamed], **look))
    if not all(f">{text(number)}<" in picture for number in numbers(layers)):
        picture = str(maps.picture(shown, [*without_names(ground), *unnamed], **look))
    return {
        "title": title,
        "map": picture,
        "alt": says,
        "key": [key_row(layer) for layer in layers],
        "attribution": attribution(space),
    }


def with_room(extent: BaseGeometry, high: int) -> BaseGeometry:
    """Free ground under it, so that the scale bar does not hide its edge."""
    west, south, east, north = extent.bounds
    return shapely.box(west, south - (north - south) * SCALE_BAR_HIGH / high, east, north)


def numbers(layers: Sequence[Layer]) -> list[str]:
    return [shape.text for layer in layers for shape in layer.shapes() if shape.text]


def without_names(ground: Sequence[Layer]) -> list[Layer]:
    """So that no street's name takes the place of a site's number."""
    return [Layer([shape.geometry for shape in layer.shapes()], layer.style) for layer in ground]


def key_row(layer: Layer) -> dict[str, Any]:
    style = STYLES[layer.style]
    return {"label": layer.label, "fill": style.fill, "stroke": style.stroke, "dashed": bool(style.dash)}
