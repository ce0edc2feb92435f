"""Where a forum stands with its own designation, on the road of its plan."""

from datetime import date

import sqlalchemy as sa
from flask import url_for

from consult import clock
from consult.areas.outline import surroundings
from consult.database import db
from consult.forums import drafting
from consult.forums.models import ForumApplication, ForumDraft, applications_of
from consult.spaces import journey, milestones
from consult.spaces.journey import Place
from consult.spaces.models import ForumDesignation, Space


def designation(space: Space) -> ForumDesignation | None:
    latest = sa.select(ForumDesignation).where(ForumDesignation.space_id == space.id)
    return db.session.scalar(latest.order_by(ForumDesignation.on.desc()).limit(1))


def decision_due(application: ForumApplication) -> date | None:
    """The last day for the authority's decision (regulation 9A), once it is on record when it was publicised."""
    publicised = milestones.days(application.space).get("forum_publicised")
    several = bool(surroundings.of(application.space, application.geometry).spans)
    return journey.decide_by(publicised, several)


@journey.step("forum_application")
def applying(space: Space) -> Place | None:
    if space.kind != "forum":
        return None
    page = url_for("forums.show")
    held, found = designation(space), applications_of(space)
    if held is not None and held.expires > clock.today():
        handed = next((each for each in found if each.state == "designated"), None)
        return journey.done(clock.uk(handed.at).date() if handed else None, url=page)
    if found and found[0].is_live:
        return journey.done(clock.uk(found[0].at).date(), url=page)
    if held is not None:
        return journey.now(
            f"Your designation ended on {held.expires:%-d %B %Y}. Apply again.", page, "Apply again"
        )
    if found and found[0].state == "refused":
        return journey.now("Your last application was refused. You can apply again.", page, "Apply again")
    return journey.now(*begun(page))


def begun(page: str) -> tuple[str, str, str]:
    """How far the draft is."""
    said = db.session.scalar(sa.select(ForumDraft))
    if said is None:
        return "", page, "Begin the application"
    items = drafting.items(said)
    ready = sum(item.done for item in items)
    if ready == len(items):
        return "Everything is there. Hand it over.", page, "Look at it and hand it over"
    return f"{ready} of {len(items)} parts are complete.", page, "Go on with the application"


@journey.step("forum_designation")
def designated(space: Space) -> Place | None:
    if space.kind != "forum":
        return None
    held = designation(space)
    if held is not None and held.expires > clock.today():
        return journey.done(held.on, f"It lasts until {held.expires:%-d %B %Y}.")
    applied = next((each for each in applications_of(space) if each.is_live), None)
    if applied is None:
        return journey.later()
    due = decision_due(applied)
    publicised = milestones.days(space).get("forum_publicised")
    words = (
        f"It publicised your application on {publicised:%-d %B %Y} and asks for views for at least six weeks."
        if publicised
        else "It has your application, and publicises it for at least six weeks before it decides."
    )
    return journey.waiting(words, due, url_for("forums.show"), "Look at your application")
