"""Where a body stands from the submission to the plan being made; what is in others' hands is as the authority records
it."""

from datetime import date

import sqlalchemy as sa
from flask import url_for

from consult import clock
from consult.database import db
from consult.spaces import journey, milestones
from consult.spaces.journey import Place
from consult.spaces.milestones import Milestone
from consult.spaces.models import Space
from consult.submitting import drafting
from consult.submitting.models import Submission, SubmissionDraft, submissions_of

AFTER = {  # what each step waits for
    "regulation_16": "regulation_15",
    "examination": "regulation_16",
    "report": "examination",
    "decision": "report",
    "referendum": "decision",
    "business_referendum": "decision",
    "made": "referendum",
}
WEEKS = {"decision": 5, "made": 8}  # regulations 17A and 18A
WAITS = {
    "regulation_16": "It has your submission, and publicises it for at least six weeks.",
    "examination": "It sends the plan, its documents and every representation to the examiner.",
    "report": "The examiner has the plan. Be ready for questions.",
    "decision": "The examiner has reported. The authority decides what follows.",
    "referendum": "Residents vote on the plan.",
    "business_referendum": "Businesses vote on the plan, since the area is a business area.",
    "made": "The referendum is held. The authority makes the plan if it was approved.",
}


@journey.step("regulation_15")
def submitting(space: Space) -> Place:
    page, latest = url_for("submitting.show"), last(space)
    if latest is not None and latest.stands:
        return journey.done(
            clock.uk(latest.at).date(), url=url_for("submitting.one", submission_id=latest.id)
        )
    if latest is not None and latest.state == "incomplete":
        return journey.now("Your authority found that something is missing.", page, "See what is missing")
    if drafting.consultation() is None:
        return journey.later()
    if db.session.scalar(sa.select(SubmissionDraft.id)) is None:
        return journey.now("", page, "Assemble the submission")
    items = drafting.items(drafting.draft())
    ready = sum(item.done for item in items)
    return journey.now(f"{ready} of {len(items)} parts are complete.", page, "Go on with the submission")


def last(space: Space) -> Submission | None:
    return next(iter(submissions_of(space)), None)


def recorded(space: Space, key: str) -> Place | None:
    """Done as the authority has recorded it; waited for once what comes before is done."""
    found = {each.key: each for each in milestones.of(space)}
    if key == "business_referendum" and "business_area" not in found:
        return None
    if key in found:
        return as_recorded(found[key])
    begun = started(space, found, AFTER[key])
    if begun is None:
        return journey.later()
    return journey.waiting(WAITS[key], due(key, found, begun))


def as_recorded(found: Milestone) -> Place:
    url = url_for("spaces.milestone_document", milestone_id=found.id) if found.document_name else ""
    return journey.done(found.on, found.words, url)


def started(space: Space, found: dict[str, Milestone], before: str) -> date | None:
    """The day on which what comes before was done."""
    if before in found:
        return found[before].on
    latest = last(space) if before == "regulation_15" else None
    return clock.uk(latest.at).date() if latest is not None and latest.stands else None


def due(key: str, found: dict[str, Milestone], begun: date) -> date | None:
    """The last day where the regulation sets one: five weeks from the report, eight from the last referendum."""
    if key == "made" and "business_area" in found:
        if "business_referendum" not in found:
            return None
        begun = max(begun, found["business_referendum"].on)
    return journey.weeks_after(begun, WEEKS[key]) if key in WEEKS else None


def recorded_step(key: str) -> None:
    @journey.step(key)
    def look(space: Space) -> Place | None:
        return recorded(space, key)


for _key in AFTER:
    recorded_step(_key)
