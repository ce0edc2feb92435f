"""The bodies of a district, for its authority's officers: who waits, who was admitted, which forum is designated."""

from typing import Any

import sqlalchemy as sa
from flask import abort, flash, g, redirect, render_template, url_for

from consult.access import Act, needs
from consult.accounts import sessions
from consult.database import db
from consult.spaces.forms import DesignationForm
from consult.spaces.models import ForumDesignation, Space
from consult.spaces.pages import pages


@pages.get("/<space:space>/bodies")
@needs(Act.ADMIT)
def bodies() -> str:
    of_district = (
        sa.select(Space).where(Space.authority_id == g.space.id, Space.deleted.is_(None)).order_by(Space.name)
    )
    found = list(db.session.scalars(of_district))
    return render_template(
        "spaces/bodies.html",
        waiting=[body for body in found if body.admitted is None],
        admitted=[body for body in found if body.admitted is not None],
        designations=latest_designations(),
    )


def latest_designations() -> dict[Any, ForumDesignation]:
    """The last designation of each forum, by its space."""
    in_order = db.session.scalars(sa.select(ForumDesignation).order_by(ForumDesignation.on))
    return {designation.space_id: designation for designation in in_order}


def body_of(slug: str) -> Space:
    """A body of this authority's district; any other is not there."""
    body = db.session.scalar(sa.select(Space).where(Space.slug == slug, Space.authority_id == g.space.id))
    if body is None:
        abort(404)
    return body


@pages.post("/<space:space>/bodies/<slug>/admission")
@needs(Act.ADMIT)
def admit(slug: str) -> Any:
    body = body_of(slug)
    if body.admit(by=sessions.me()):
        flash(f"{body.name} is admitted. It can now apply for its area and consult the public.", "success")
    else:
        flash(f"{body.name} had been admitted already.")
    return redirect(url_for("spaces.bodies"), 303)


@pages.route("/<space:space>/bodies/<slug>/designation", methods=["GET", "POST"])
@needs(Act.DESIGNATE)
def designate(slug: str) -> Any:
    body = body_of(slug)
    if body.kind != "forum":
        abort(404)
    form = DesignationForm()
    if not form.validate_on_submit():
        return render_template("spaces/designate.html", form=form, body=body), 422 if form.errors else 200
    body.designate(form.on.day, by=sessions.me())
    flash(f"{body.name} is recorded as designated on {form.on.day:%-d %B %Y}, for five years.", "success")
    return redirect(url_for("spaces.bodies"), 303)
