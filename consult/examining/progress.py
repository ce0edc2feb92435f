"""How far a plan is after it was submitted, for everyone: in its body's space and in its authority's, with the
documents that the authority lets everyone read."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from flask import Response, abort, g, render_template
from flask_babel import lazy_gettext as _l

from consult.access import public
from consult.consultations.words import day
from consult.database import db
from consult.examining.pages import pages
from consult.examining.public_pages import attached
from consult.spaces import milestones
from consult.spaces.home import Panel, panel
from consult.spaces.milestones import Milestone
from consult.spaces.models import Space
from consult.submitting.road import AFTER, due

STEPS: Final[dict[str, Any]] = {
    "regulation_16": _l("The plan was submitted and publicised"),
    "examination": _l("The plan went to an independent examiner"),
    "report": _l("The examiner reported"),
    "decision": _l("The authority decided on the examiner’s report"),
    "referendum": _l("Residents voted on the plan"),
    "business_referendum": _l("Businesses voted on the plan"),
    "made": _l("The plan is made: planning applications are decided by it"),
    "refused": _l("The authority decided not to make the plan"),
}
AHEAD: Final[dict[str, Any]] = {
    "examination": _l("An independent examiner looks at the plan"),
    "report": _l("The examiner reports"),
    "decision": _l("The authority decides on the examiner’s report"),
    "referendum": _l("Residents vote on the plan"),
    "business_referendum": _l("Businesses vote on the plan"),
    "made": _l("The authority makes the plan, if it was approved"),
}
OVER: Final = ("made", "refused")


@dataclass(frozen=True)
class Stop:
    """`milestone` is none for what is still to come; then `by` is the last day where a regulation sets one."""

    key: str
    title: Any
    milestone: Milestone | None = None
    by: date | None = None

    @property
    def words(self) -> str:
        return self.milestone.words if self.milestone and self.milestone.public else ""

    @property
    def has_document(self) -> bool:
        return bool(self.milestone and self.milestone.public and self.milestone.document_name)


def stops_of(body: Space) -> list[Stop]:
    """What is on record from regulation 16 on, and what comes next; nothing before that."""
    found = {each.key: each for each in milestones.of(body)}
    done = [Stop(key, title, found[key]) for key, title in STEPS.items() if key in found]
    if not done or any(key in found for key in OVER):
        return done
    left = [
        key
        for key in AHEAD
        if key not in found and (key != "business_referendum" or "business_area" in found)
    ]
    coming = left[0] if left else ""
    before = found.get(AFTER.get(coming, ""))
    by = due(coming, found, before.on) if before else None
    return [*done, Stop(coming, AHEAD[coming], by=by)] if coming else done


@pages.get("/<space:space>/progress")
@public
def progress_here() -> str:
    """Of the body in whose space we stand."""
    if g.space.is_authority:
        abort(404)
    return page_of(g.space)


@pages.get("/<space:space>/progress/<slug>")
@public
def progress_of_body(slug: str) -> str:
    """Of a body of the authority's district; no other is there."""
    wanted = sa.select(Space).where(Space.slug == slug, Space.authority_id == g.space.id)
    return page_of(db.session.scalar(wanted) or abort(404))


def page_of(body: Space) -> str:
    stops = stops_of(body)
    if not stops or not body.is_open:
        abort(404)
    return render_template("examining/progress.html", body=body, stops=stops, day=day)


@pages.get("/<space:space>/progress/documents/<uuid:milestone_id>")
@public
def progress_document(milestone_id: UUID) -> Response:
    """Only what the authority lets everyone read, and has not taken back."""
    found = db.session.scalar(
        sa.select(Milestone).where(
            Milestone.id == milestone_id,
            Milestone.key.in_(tuple(STEPS)),
            Milestone.public.is_(True),
            Milestone.withdrawn.is_(None),
        )
    )
    if found is None or not found.document:
        abort(404)
    response = attached(found.document, found.document_type, found.document_name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@panel(order=2)
def where_the_plan_is() -> Panel | None:
    """On the home of a body, once its plan is with its authority."""
    if g.space.is_authority or not stops_of(g.space):
        return None
    return Panel("examining/progress_panel.html", {})
