"""Where a body stands with its consultations, on the road of its plan."""

import sqlalchemy as sa
from flask import url_for

from consult import clock
from consult.consultations.models import Consultation
from consult.database import db
from consult.spaces import journey
from consult.spaces.journey import Place
from consult.spaces.models import Space

BEGIN = {
    "early_engagement": "Set up a first survey",
    "call_for_sites": "Set up a call for sites",
    "regulation_14": "Set up the consultation",
}


def latest(stage: str) -> Consultation | None:
    """The consultation of that stage that has come furthest; of two, the later."""
    found = list(
        db.session.scalars(
            sa.select(Consultation).where(Consultation.stage == stage).order_by(Consultation.at.desc())
        )
    )
    order = ("closed", "open", "announced", "draft")
    return min(found, key=lambda each: order.index(each.state()), default=None)


def where(stage: str) -> Place:
    found = latest(stage)
    if found is None:
        return journey.now("", url_for("consultations.new", stage=stage), BEGIN[stage])
    page = url_for("consultations.show", reference=found.reference)
    state, closes = found.told_state(), found.closes
    if state in ("closed", "results") and closes:
        said = "has closed, and its results are published" if state == "results" else "has closed"
        return journey.done(clock.last_day(closes), f"“{found.title}” {said}.", page)
    last = clock.last_day(closes) if closes else None
    if state == "open":
        return journey.waiting(f"“{found.title}” is open for responses.", last, page, "Look at it")
    if state == "scheduled" and found.opens:
        opens = clock.uk(found.opens).date()
        return journey.waiting(f"“{found.title}” opens by itself that day.", opens, page, "Look at it")
    if state == "announced":
        return journey.now(f"“{found.title}” is announced.", page, "Look at it")
    setup = url_for("consultations.setup", reference=found.reference)
    return journey.now(f"“{found.title}” is being set up.", setup, "Go on with it")


@journey.step("early_engagement")
def early(space: Space) -> Place:
    return where("early_engagement")


@journey.step("call_for_sites")
def sites(space: Space) -> Place:
    return where("call_for_sites")


@journey.step("regulation_14")
def draft_plan(space: Space) -> Place:
    return where("regulation_14")
