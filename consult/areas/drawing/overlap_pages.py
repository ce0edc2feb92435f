"""Help with the edges that an outline shares with areas on the register: what is there, and each way to settle it."""

from typing import Any

import shapely
from flask import g, render_template, request

from consult.access import Act, needs
from consult.areas import maps, register
from consult.areas.maps import Seen
from consult.areas.models import Application, AreaVersion, latest_version
from consult.areas.outline import neighbouring
from consult.areas.outline.looking import marks_of
from consult.areas.outline.mending import picture
from consult.areas.outline.neighbouring import Side, Way
from consult.areas.pages import body_only, pages
from geodata.drawing import Layer

ROUND_M = 60.0
LEFT_OUT = ("building", "place-label", "town-label")


@pages.get("/<space:space>/area/overlaps")
@needs(Act.DRAW)
def overlaps() -> str:
    """One neighbour at a time: the one that is asked for, else the worst."""
    body_only()
    version = latest_version()
    found = neighbouring.sides(version.geometry, g.space) if version else []
    wanted = request.args.get("with", "")
    side = next((each for each in found if each.entry.reference == wanted), found[0] if found else None)
    if version is None or side is None:
        return render_template("areas/overlaps.html", version=version, sides=[], side=None)
    ways = list(neighbouring.ways(version.geometry, side))
    return render_template(
        "areas/overlaps.html",
        version=version,
        sides=found,
        side=side,
        ways=[(way, pictures(version, side, way)) for way in ways],
        map=the_map(version, side),
        applied=is_live(register.application_now()),
    )


def is_live(application: Application | None) -> bool:
    return application is not None and application.is_live


def the_map(version: AreaVersion, side: Side) -> dict[str, Any]:
    """Both outlines with what they share; or one place of it, close up."""
    shared = neighbouring.shared_with(version.geometry, side.entry)
    seen = [Seen(side.entry.geometry, "neighbour", "On the register", side.entry.name)]
    seen.append(Seen(version.geometry, "draft", "Your outline", g.space.name))
    seen += [Seen(shared, "clash", "In both")] if shared is not None else []
    seen += marks_of(side.found)
    place = next((each for each in side.found if str(each.number) == request.args.get("show")), None)
    extent = maps.extent_of([version.geometry, side.entry.geometry], None)
    caption = f"Your outline and “{side.entry.name}”"
    if place:
        extent = place.close_up()
    return maps.with_key(maps.on_map(extent, seen, caption=caption, ground=g.space), seen)


def pictures(version: AreaVersion, side: Side, way: Way) -> dict[str, Any]:
    """The changed places before and after."""
    changed = shapely.union_all([way.change.gained, way.change.lost])
    where = changed if not changed.is_empty else version.geometry
    extent = shapely.box(*where.bounds).buffer(ROUND_M, join_style="mitre")
    other = Seen(side.entry.geometry, "neighbour", "On the register")
    now, then = Seen(version.geometry, "draft", "Your outline"), Seen(way.outline, "draft", "Your outline")
    marked = [Seen(way.change.lost, "clash", "Goes out")] if way.change.lost_m2 else []
    marked += [Seen(way.change.gained, "place", "Comes in")] if way.change.gained_m2 else []
    ground = bare_ground()
    return {
        "before": picture(extent, [other, *marked, now], f"{way.title}: the edge as it is", ground),
        "after": picture(extent, [other, then], f"{way.title}: the edge afterwards", ground),
    }


def bare_ground() -> list[Layer]:
    """Roads, water and greens without their names, which would hide a line in a picture this small."""
    layers = maps.base_layers(g.space.authority_id) if g.space.authority_id else []
    return [
        Layer([shape.geometry for shape in layer.shapes()], layer.style)
        for layer in layers
        if layer.style not in LEFT_OUT
    ]
