"""The operator's list of spaces: the least that somebody who runs the service needs."""

from typing import Any

import sqlalchemy as sa
from flask import abort, flash, redirect, render_template, url_for

from consult import audit, tenancy
from consult.access import operator_only
from consult.accounts import sessions
from consult.database import db
from consult.spaces.models import Space
from consult.spaces.pages import by_authority, pages


@pages.get("/operator")
@operator_only
def operator() -> str:
    still_there = sa.select(Space).where(Space.deleted.is_(None)).order_by(Space.name)
    spaces = list(db.session.scalars(still_there))
    return render_template("spaces/operator.html", districts=by_authority(spaces))


@pages.post("/operator/spaces/<slug>/admission")
@operator_only
def operator_admit(slug: str) -> Any:
    """Admits a body in its authority's stead: an authority that does not use this service has no officer to do it."""
    person = sessions.me()
    body = db.session.scalar(sa.select(Space).where(Space.slug == slug, Space.authority_id.is_not(None)))
    if body is None or body.authority_id is None:
        abort(404)
    with tenancy.inside(body.authority_id, person.id):
        done = body.admit(by=person)
        db.session.flush()
    if done:
        audit.record_operator("body.admitted", by=person.display_name, slug=slug)
        flash(f"{body.name} is admitted.", "success")
    return redirect(url_for("spaces.operator"), 303)
