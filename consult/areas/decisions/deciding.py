"""The authority's side: applications that were handed to it, what contests them, and its decisions."""

from typing import Any
from uuid import UUID

import shapely
import sqlalchemy as sa
from flask import abort, flash, g, redirect, render_template, url_for

from consult import clock
from consult.access import Act, needs
from consult.accounts import sessions
from consult.areas import maps, register
from consult.areas.application import consents
from consult.areas.decisions import duties, proposing, settling
from consult.areas.decisions.proposing import Proposal
from consult.areas.forms import DesignationForm, RefusalForm
from consult.areas.maps import Seen
from consult.areas.models import Application, RegisterEntry
from consult.areas.outline import surroundings
from consult.areas.pages import pages
from consult.database import db
from consult.spaces import handed

CHANGED = "The register has changed since you looked. This is how it is now: look again, then decide."


@pages.get("/<space:space>/applications")
@needs(Act.LOOK)
def applications() -> str:
    authority_only()
    handed = (
        sa.select(Application).where(Application.authority_id == g.space.id).order_by(Application.at.desc())
    )
    found = list(db.session.scalars(handed))
    live = [application for application in found if application.is_live]
    settled = [application for application in found if not application.is_live]
    return render_template("areas/applications.html", live=live, settled=settled)


@pages.get("/<space:space>/applications/<uuid:application_id>")
@needs(Act.LOOK)
def application(application_id: UUID) -> Any:
    return page_of(find(application_id))


@pages.post("/<space:space>/applications/<uuid:application_id>/designation")
@needs(Act.DESIGNATE)
def designate(application_id: UUID) -> Any:
    found, form = find(application_id), DesignationForm(prefix="designation")
    if not form.validate_on_submit():
        return page_of(found, designation=form)
    drawn = drawn_edge(found, form) if form.edge.data == "snap" else None
    if drawn is not None and form.seen.data != drawn.mark:
        form.edge.errors = [CHANGED]
        return page_of(found, designation=form)
    left = "" if drawn else form.slivers.data or ""
    outline = drawn.outline if drawn else None
    words = {"reasons": form.reasons.data or "", "slivers": left}
    try:
        settling.designate(found, on=form.on.day, by=sessions.me(), outline=outline, **words)
    except settling.SliversLeft as problem:
        form.slivers.errors = [problem.sentence]
        return page_of(found, designation=form)
    return decided(found, f"{found.name} is designated and on the register.")


def drawn_edge(found: Application, form: DesignationForm) -> Proposal | None:
    register.hold()  # what is proposed is what is decided
    settling.undecided(found)
    return proposing.snapped(found, register.shared_with(found.geometry, apart_from=found.entry))


@pages.post("/<space:space>/applications/<uuid:application_id>/refusal")
@needs(Act.DESIGNATE)
def refuse(application_id: UUID) -> Any:
    found, form = find(application_id), RefusalForm(prefix="refusal")
    if not form.validate_on_submit():
        return page_of(found, refusal=form)
    settling.refuse(found, reasons=form.reasons.data, on=form.on.day, by=sessions.me())
    return decided(found, f"{found.name} is refused, and is not on the register.")


def decided(found: Application, words: str) -> Any:
    flash(words, "success")
    return redirect(url_for("areas.application", application_id=found.id), 303)


def authority_only() -> None:
    if not g.space.is_authority:
        abort(404)


def find(application_id: UUID) -> Application:
    """An application handed to the authority that we stand in."""
    authority_only()
    handed = sa.select(Application).where(
        Application.id == application_id, Application.authority_id == g.space.id
    )
    found = db.session.scalar(handed)
    if found is None:
        abort(404)
    return found


def page_of(
    found: Application, *, designation: DesignationForm | None = None, refusal: RefusalForm | None = None
) -> tuple[str, int]:
    failed = designation or refusal
    shared = register.shared_with(found.geometry, apart_from=found.entry) if found.is_live else []
    others = [register.entry_numbered(neighbour.number) for neighbour in shared]
    snapped = proposing.snapped(found, shared)
    fresh = {"on": clock.today(), "seen": snapped.mark if snapped else "", "edge": "snap"}
    form = designation or DesignationForm(None, prefix="designation", data=fresh)
    form.seen.data = fresh["seen"]
    page = render_template(
        "areas/application.html",
        application=found,
        overlaps=[neighbour for neighbour in shared if neighbour.kind == "overlap"],
        slivers=[neighbour for neighbour in shared if neighbour.kind == "sliver"],
        snapped=snapped,
        law=surroundings.of(found.space, found.geometry) if found.is_live else None,
        duties=duties.of(found, others) if found.is_live else None,
        consents=consents.standing_consents(found.space),
        parts=handed.parts_of("area", found),
        map=the_map(found, shared, others),
        form=failed,
        designation=form,
        refusal=refusal or RefusalForm(None, prefix="refusal", data={"on": clock.today()}),
    )
    return page, 422 if failed else 200


def the_map(
    found: Application, shared: list[register.Neighbour], others: list[RegisterEntry]
) -> dict[str, Any]:
    """The outline with the whole outlines of the areas that it clashes with, and what they share; once it is decided,
    as it was designated."""
    seen = maps.neighbours(others, "On the register")
    seen.append(Seen(found.geometry, "draft", "Applied for", found.name))
    designated = found.decision.geometry if found.decision else None
    if designated is not None:
        seen.append(Seen(designated, "area", "Designated"))
    overlaps = [neighbour for neighbour in shared if neighbour.kind == "overlap"]
    seen += [Seen(neighbour.shared, "clash", "Overlap") for neighbour in overlaps]
    extent = shapely.box(*shapely.union_all([found.geometry, *(other.geometry for other in others)]).bounds)
    caption = f"{found.name} as applied for, and the areas it meets"
    return maps.on_map(extent, seen, caption=caption, ground=g.space)
