"""The maps of a printed form: the plan's area with its sites and policies numbered, and a map to mark with a pen.

A drawing is set as wide as the text, so a narrower one has larger letters: those of large print are 18 points and more.
"""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from shapely.geometry.base import BaseGeometry

from consult.areas import maps
from consult.areas.application_pack import attribution
from consult.consultations.models import Consultation
from consult.plans import plan_maps
from consult.plans.models import PlanVersion
from consult.responses.outlines import outline_of
from consult.spaces.models import standing
from geodata.drawing import STYLES, Layer

WIDE, HIGH = 640, 500  # px on the width of the text of an A4 page, which is 174 mm
TO_MARK_HIGH = 440  # px: the whole question stands on one page
LARGE_WIDE, LARGE_HIGH = 216, 180  # px: the smallest letters, of 8 px, are then 18 points high


def of_the_plan(
    consultation: Consultation, version: PlanVersion | None, large: bool
) -> dict[str, Any] | None:
    """Where the plan is about: its area, and its sites with their numbers; None where there is neither."""
    outline, groups = outline_of(consultation), list(plan_maps.groups(version)) if version else []
    if outline is None and not groups:
        return None
    title = _("Map of the area") if not groups else _("Map of the area, with the sites of the plan")
    seen = [*area(outline), *(group.layer() for group in groups)]
    extent = [outline] if outline is not None else [group.geometry for group in groups]
    listed = [[site.reference, title_of(site, group)] for group in groups for site in group.sites]
    return drawn(title, extent, seen, large) | {"listed": listed}


def title_of(site: Any, group: Any) -> str:
    """The site's name, and the policies that are about it."""
    return str(group.title(site)).removeprefix(f"{site.reference} ")


def to_mark(consultation: Consultation, large: bool) -> dict[str, Any] | None:
    """The map of a place question; None where nobody knows of a place to show."""
    outline, space = outline_of(consultation), standing()
    if outline is None and not maps.base_layers(space.authority_id or space.id):
        return None
    title = _("Mark the place with a cross, a line, or a line round an area.")
    extent = [outline] if outline is not None else []
    return drawn(title, extent, area(outline), large, TO_MARK_HIGH) | {"kind": "map"}


def area(outline: BaseGeometry | None) -> list[Layer]:
    return [Layer([outline], "area", _("The neighbourhood area"))] if outline is not None else []


def drawn(
    title: str, extent: Sequence[BaseGeometry], layers: list[Layer], large: bool, high: int = HIGH
) -> dict[str, Any]:
    """The key stands under the drawing: in it, it would hide what lies there."""
    space = standing()
    district = space.authority_id or space.id
    unnamed = [Layer(layer.features, layer.style) for layer in layers]
    wide, high = (LARGE_WIDE, LARGE_HIGH) if large else (WIDE, high)
    says = _("%(title)s, with a scale bar, a north arrow and National Grid lines.", title=title.rstrip("."))
    picture = maps.picture(
        maps.extent_of(extent, district),
        [*maps.base_layers(district), *unnamed],
        title=title,
        description=says,
        width=wide,
        height=high,
    )
    return {
        "title": title,
        "map": str(picture),
        "alt": says,
        "key": [key_row(layer) for layer in layers],
        "attribution": attribution(space),
    }


def key_row(layer: Layer) -> dict[str, Any]:
    style = STYLES[layer.style]
    return {"label": layer.label, "fill": style.fill, "stroke": style.stroke, "dashed": bool(style.dash)}
