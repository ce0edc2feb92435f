"""The operator suspends a space, and lifts the suspension."""

from typing import Any

import sqlalchemy as sa
import wtforms
from flask import abort, flash, redirect, render_template, request, url_for

from consult.access import operator_only
from consult.accounts import sessions
from consult.database import db
from consult.spaces import suspending
from consult.spaces.models import Space
from consult.spaces.pages import pages
from consult.web.days import DayField
from consult.web.errors import Refused
from consult.web.forms import Form, at_most, required


class SuspensionForm(Form):
    why = wtforms.TextAreaField(
        "Why?",
        [
            required("Give the reason: its chair is told, and it goes on record."),
            at_most(1_000, "The reason"),
        ],
        description="Its chairs or officers read this. Residents do not.",
    )
    until = DayField("Until which day? (optional)", "The day")


def space_called(slug: str) -> Space:
    space = db.session.scalar(sa.select(Space).where(Space.slug == slug))
    if space is None or space.deleted:
        abort(404)
    return space


@pages.route("/operator/spaces/<slug>/suspension", methods=["GET", "POST"])
@operator_only
def operator_suspend(slug: str) -> Any:
    space, form = space_called(slug), SuspensionForm()
    suspension = suspending.suspension_of(space)
    if suspension is not None and request.method == "POST":
        raise Refused(f"{space.name} is suspended already.")
    if form.validate_on_submit():
        try:
            suspending.suspend(space, form.why.data.strip(), form.until.data, sessions.me())
        except Refused as refusal:
            form.until.errors = [refusal.sentence]
        else:
            flash(f"{space.name} is suspended. Its members have been told.", "success")
            return redirect(url_for("spaces.operator"), 303)
    shown = {"suspended": space, "suspension": suspension, "form": form}
    return render_template("spaces/suspension.html", **shown), 422 if form.errors else 200


@pages.post("/operator/spaces/<slug>/suspension/lifting")
@operator_only
def operator_lift(slug: str) -> Any:
    space = space_called(slug)
    suspension = suspending.suspension_of(space)
    if suspension is None:
        raise Refused(f"{space.name} is not suspended.")
    suspending.lift(suspension, by=sessions.me())
    flash(f"{space.name} is open again.", "success")
    return redirect(url_for("spaces.operator"), 303)
