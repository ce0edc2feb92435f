"""The pages of the saved outlines: all of them, one held against another, and the next that is made of the newest."""

from typing import Any

import sqlalchemy as sa
from flask import abort, flash, g, redirect, render_template, request, url_for

from consult.access import Act, needs
from consult.accounts import sessions
from consult.areas import maps, register
from consult.areas.forms import ComparingForm, SettlingForm
from consult.areas.maps import Seen
from consult.areas.models import AreaVersion, latest_version, save_version
from consult.areas.outline import neighbouring
from consult.areas.pages import body_only, pages
from consult.areas.saved import versions
from consult.areas.saved.version_files import FORMATS, original_of
from consult.areas.saved.versions import SOURCES, Step
from consult.database import db
from consult.web.errors import Refused
from consult.web.paging import page_asked_for

A_PAGE = 20
MOST_TO_COMPARE = 50
CHANGED = (
    "The outline has been changed since you opened that page. Look at it as it is now, and choose again."
)
REGISTER_CHANGED = "The register has changed since you looked at this. Look at it again, then choose."
GONE = "That area is no longer on the register beside yours: nothing needs to be settled there."
NO_WAY = "Nothing would change that way. Look at the edges as they are now."


@pages.get("/<space:space>/area/versions")
@needs(Act.LOOK)
def versions_page() -> str:
    """All outlines, the newest first, each with what it changed."""
    body_only()
    page = db.paginate(
        sa.select(AreaVersion).order_by(AreaVersion.number.desc()),
        page=page_asked_for(),
        per_page=A_PAGE,
        error_out=False,
    )
    shown = list(page.items)
    rows = [(version, changed_by(version)) for version in shown]
    return render_template(
        "areas/versions.html", page=page, rows=rows, who=versions.who_saved(shown), sources=SOURCES
    )


@pages.get("/<space:space>/area/versions/<int:number>")
@needs(Act.LOOK)
def version_page(number: int) -> str:
    body_only()
    version = versions.numbered(number) or abort(404)
    earlier = versions.earlier_than(version, MOST_TO_COMPARE)
    step = compared(version, earlier)
    form = ComparingForm(None, data={"against": str(step.before.number)} if step else {})
    form.against.choices = [(str(each.number), f"Outline {each.number}") for each in earlier]
    return render_template(
        "areas/version.html",
        version=version,
        latest=(latest := latest_number()),
        is_latest=version.number == latest,
        who=versions.who_saved([version]).get(version.by_id, "the service"),
        sources=SOURCES,
        same=versions.same_as(version),
        step=step,
        follows=earlier[0].number if earlier else None,
        form=form,
        map=the_map(version, step),
        formats=FORMATS,
        original=original_of(version),
        postcodes=versions.postcodes_moved(step) if step else None,
        moving=versions.moving(step) if step else [],
    )


@pages.post("/<space:space>/area/versions")
@needs(Act.DRAW)
def make_version() -> Any:
    """The next outline, made of the newest: an edge settled with a neighbour, or an earlier outline again."""
    body_only()
    form, latest = SettlingForm(), latest_version()
    if latest is None or form.of.data != str(latest.number):
        raise Refused(CHANGED)
    if form.how.data == "return":
        earlier = versions.called(form.against.data or "")
        if earlier is None:
            raise Refused("There is no such outline to go back to.")
        return saved(save_version(earlier.geometry, source="returned", by=sessions.me()))
    way = way_asked_for(latest, form.how.data or "", form.against.data or "")
    if form.seen.data and form.seen.data != way.mark:
        raise Refused(REGISTER_CHANGED)
    return saved(save_version(way.outline, source=way.source, by=sessions.me()))


def way_asked_for(latest: AreaVersion, how: str, reference: str) -> neighbouring.Way:
    """Worked out again from the outline and the register as they are now. Raises Refused."""
    found = neighbouring.sides(latest.geometry, g.space)
    side = next((side for side in found if side.entry.reference == reference), None)
    if side is None:
        raise Refused(GONE)
    way = neighbouring.way(how, latest.geometry, side)
    if way is None:
        raise Refused(NO_WAY)
    return way


def saved(version: AreaVersion) -> Any:
    flash(f"The outline is saved: {version.hectares:,.1f} hectares.", "success")
    shape = version.geometry
    settled = register.shared_with(shape, apart_from=register.entry_of(g.space.id)) == []
    return redirect(url_for("areas.draft" if settled else "areas.overlaps"), 303)


def changed_by(version: AreaVersion) -> Step | None:
    before = versions.before(version)
    return Step.between(before, version) if before else None


def compared(version: AreaVersion, earlier: list[AreaVersion]) -> Step | None:
    """Against the outline that is asked for, else the one just before; None for the first."""
    wanted = request.args.get("against", "")
    before = next((each for each in earlier if str(each.number) == wanted), earlier[0] if earlier else None)
    return Step.between(before, version) if before else None


def latest_number() -> int:
    latest = latest_version()
    return latest.number if latest else 0


def the_map(version: AreaVersion, step: Step | None) -> dict[str, Any]:
    """The outline, and what it gained and lost."""
    seen = []
    if step:
        seen.append(Seen(step.before.geometry, "neighbour", f"Outline {step.before.number}"))
        seen += [Seen(step.change.gained, "place", "Came in")] if step.change.gained_m2 else []
        seen += [Seen(step.change.lost, "clash", "Went out")] if step.change.lost_m2 else []
    seen.append(Seen(version.geometry, "draft", f"Outline {version.number}"))
    extent = maps.extent_of([thing.geometry for thing in seen], None)
    caption = f"Outline {version.number}"
    if step:
        caption += f", and what came in and went out since outline {step.before.number}"
    return maps.with_key(maps.on_map(extent, seen, caption=caption, ground=g.space), seen)
