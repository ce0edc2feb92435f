"""A council's area reaches into other parishes: their councils' consents, recorded before the application is sent."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import abort, flash, g, redirect, render_template, url_for

from consult import audit, clock
from consult.access import Act, needs
from consult.accounts import sessions
from consult.areas.forms import ConsentForm
from consult.areas.loaded.boundaries import Boundary
from consult.areas.models import ParishConsent, latest_version
from consult.areas.outline import surroundings
from consult.areas.pages import pages
from consult.database import alone, db
from consult.spaces.models import Space
from consult.web.errors import Refused


def standing_consents(space: Space) -> list[ParishConsent]:
    """What other councils consented to, as recorded and not withdrawn. Asked where the space or its authority
    stands."""
    found = sa.select(ParishConsent).where(
        ParishConsent.space_id == space.id, ParishConsent.withdrawn.is_(None)
    )
    return list(db.session.scalars(found.order_by(ParishConsent.parish_name, ParishConsent.at)))


def record(parish: Boundary, space: Space, by: Any, **words: Any) -> ParishConsent:
    """Records that the council of a parish consents. One consent of a parish stands at a time."""
    alone(f"consents of {space.id}")
    if any(consent.parish == parish.reference for consent in standing_consents(space)):
        raise Refused(f"The consent of {parish.name} is recorded already: withdraw that record first.")
    if space.authority_id is None:
        raise Refused(f"{space.name} has no authority yet, so nothing can be handed to it.")
    consent = ParishConsent(
        authority_id=space.authority_id,
        parish=parish.reference,
        parish_name=parish.name,
        by_id=by.id if by is not None else None,
        **words,
    )
    db.session.add(consent)
    audit.record("consent.recorded", parish.name, by=by, by_whom=consent.by_whom, on=consent.on.isoformat())
    db.session.flush()
    return consent


def withdraw(consent: ParishConsent, by: Any) -> None:
    """The record was wrong, or the council took its consent back; the record stays."""
    if consent.withdrawn is None:
        consent.withdrawn = clock.now()
        audit.record("consent.withdrawn", consent.parish_name, by=by)


@pages.get("/<space:space>/area/consents")
@needs(Act.DRAW)
def consents() -> Any:
    council_only()
    return page_of(None, None)


@pages.post("/<space:space>/area/consents/<reference>")
@needs(Act.DRAW)
def consent(reference: str) -> Any:
    council_only()
    parish = next((parish for parish in reached() if parish.reference == reference), None)
    if parish is None:
        abort(404)
    form = ConsentForm(prefix=reference)
    if not form.validate_on_submit():
        return page_of(parish, form)
    words = {"by_whom": form.by_whom.data, "on": form.on.day, "evidence": form.evidence.data}
    record(parish, g.space, sessions.me(), **words)
    flash(f"The consent of {parish.name} is recorded.", "success")
    return redirect(url_for("areas.consents"), 303)


@pages.post("/<space:space>/area/consents/<uuid:consent_id>/withdrawal")
@needs(Act.DRAW)
def withdraw_consent(consent_id: UUID) -> Any:
    council_only()
    mine = sa.select(ParishConsent).where(
        ParishConsent.id == consent_id, ParishConsent.space_id == g.space.id
    )
    found = db.session.scalar(mine)
    if found is None:
        abort(404)
    withdraw(found, sessions.me())
    flash(f"The consent of {found.parish_name} is withdrawn. The record of it stays.", "success")
    return redirect(url_for("areas.consents"), 303)


def council_only() -> None:
    if g.space.kind != "council":
        abort(404)


def reached() -> list[Boundary]:
    version = latest_version()
    return surroundings.reached_into(g.space, version.geometry) if version is not None else []


def page_of(failed: Boundary | None, form: ConsentForm | None) -> tuple[str, int]:
    recorded = standing_consents(g.space)
    have = {consent.parish for consent in recorded}
    wanted = [parish for parish in reached() if parish.reference not in have]
    rows = [
        (
            parish,
            form
            if form is not None and failed is not None and parish.reference == failed.reference
            else ConsentForm(None, prefix=parish.reference, data={"on": clock.today()}),
        )
        for parish in wanted
    ]
    page = render_template(
        "areas/consents.html", rows=rows, recorded=recorded, version=latest_version(), form=form
    )
    return page, 422 if form is not None and form.errors else 200
