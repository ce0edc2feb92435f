"""Drawing the area: an outline is checked, explained where it is wrong, repaired if the person likes, and saved."""

from typing import Any

import shapely
from flask import flash, g, redirect, render_template, url_for
from shapely.geometry import Point

from consult.access import Act, needs
from consult.accounts import sessions
from consult.areas import maps, outlines, register
from consult.areas.forms import DraftForm
from consult.areas.maps import Seen
from consult.areas.models import AreaVersion, latest_version, save_version
from consult.areas.outlines import Mending
from consult.areas.pages import body_only, neighbours, pages
from consult.web.errors import Refused
from geodata import boundary
from geodata.findings import Unreadable


@pages.route("/<space:space>/area/draft", methods=["GET", "POST"])
@needs(Act.DRAW)
def draft() -> Any:
    body_only()
    form, version = DraftForm(), latest_version()
    mending = None
    if form.validate_on_submit() and (given := outlines.read_form(form)) is not None:
        if not given.errors:
            return saved(save_version(given.shape, source=given.source, by=sessions.me(), **original(given)))
        mending = Mending.of(given)
        form.outline.data = given.text
        form.outline.errors = [given.errors[0].message]
    if not form.is_submitted() and version is not None:
        form.outline.data = outlines.as_text(version.geometry)
    page = render_template("areas/draft.html", form=form, mending=mended(mending), **around(version))
    return page, 422 if form.errors else 200


@pages.post("/<space:space>/area/draft/repair")
@needs(Act.DRAW)
def repair() -> Any:
    """The person accepts the repair that was shown; it is made again from the same outline."""
    body_only()
    try:
        given = outlines.read((DraftForm().outline.data or "").encode("utf-8", "replace"), "repaired")
        mended = boundary.repair(given.shape)
    except (Unreadable, boundary.TooComplex, boundary.NotABoundary) as problem:
        raise Refused(str(problem)) from problem
    return saved(save_version(mended.geometry, source="repaired", by=sessions.me(), **original(given)))


def original(given: outlines.Given) -> dict[str, Any]:
    return {"original": given.data, "original_name": given.name}


def saved(version: AreaVersion) -> Any:
    flash(f"The outline is saved: {version.hectares:,.1f} hectares.", "success")
    return redirect(url_for("areas.draft"), 303)


def around(version: AreaVersion | None) -> dict[str, Any]:
    """What the page says of the outline saved last, and the map to draw the next one on."""
    entry, others = register.entry_of(g.space.id), neighbours()
    shapes = (
        [version.geometry] if version else [entry.geometry] if entry else [other.geometry for other in others]
    )
    seen = maps.neighbours(others, "Areas on the register")
    if version:
        seen.append(Seen(version.geometry, "draft", "Your outline", g.space.name))
    extent = maps.extent_of(shapes, g.space.authority_id)
    shared = register.shared_with(version.geometry, apart_from=entry) if version else []
    return {
        "version": version,
        "designated": bool(entry and entry.designated_on),
        "findings": boundary.check(version.geometry) if version else [],
        "shared": shared,
        "map": maps.on_map(extent, seen, caption="Your outline and the areas around it", ground=g.space),
    }


def mended(mending: Mending | None) -> dict[str, Any] | None:
    """The findings with their places marked, and the picture before and after the repair."""
    if mending is None:
        return None
    shape, findings = mending.given.shape, mending.given.errors
    faults = [Seen(Point(f.at), "fault", "What is wrong", str(n)) for n, f in enumerate(findings, 1) if f.at]
    lines = Seen(
        shapely.boundary(shape), "draft", "The outline as it came"
    )  # a crossed area cannot be filled
    pictures = {
        "before": picture(shape, [lines, *faults], "The outline as it came, with what is wrong marked")
    }
    if mending.repair:
        after = [Seen(mending.repair.geometry, "draft", "The outline repaired"), *faults]
        pictures["after"] = picture(shape, after, "The outline after the repair")
    return {"findings": findings, "repair": mending.repair, "no_repair": mending.no_repair, **pictures}


def picture(extent: Any, seen: list[Seen], words: str) -> Any:
    layers = [thing.layer() for thing in seen]
    return maps.picture(extent, layers, title=words, description=words, width=520, height=400)
