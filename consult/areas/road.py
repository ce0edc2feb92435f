"""Where a body stands with its area, on the road of its plan."""

from flask import url_for

from consult import clock
from consult.areas import register
from consult.areas.models import latest_version
from consult.areas.outline import surroundings
from consult.spaces import journey, milestones
from consult.spaces.journey import Place
from consult.spaces.models import Space, admission


@journey.step("area_application")
def applying(space: Space) -> Place:
    page, application = url_for("areas.show"), register.application_now()
    if application is not None and (application.is_live or application.state == "designated"):
        return journey.done(clock.uk(application.at).date(), url=page)
    if register.is_designated(space.id):
        return journey.done(None, url=page)
    if application is not None:
        return journey.now(f"Your last application was {application.state}. You can apply again.", page)
    if latest_version() is None:
        return journey.now("Begin with the map.", url_for("areas.draft"), "Draw your area")
    if admission() is None:
        return journey.now("Your outline is drawn. You can apply once your authority has admitted you.", page)
    return journey.now("Your outline is drawn.", url_for("areas.apply"), "Apply for the area")


@journey.step("area_designation")
def designated(space: Space) -> Place:
    page, entry = url_for("areas.show"), register.entry_of(space.id)
    if entry is not None and entry.designated_on:
        return journey.done(entry.designated_on, f"{entry.name}, {entry.reference}.", page)
    application = register.application_now()
    if application is None or not application.is_live:
        return journey.later()
    publicised = milestones.days(space).get("area_publicised")
    several = bool(surroundings.of(space, application.geometry).spans)
    due = journey.decide_by(publicised, several)
    return journey.waiting(said(application.state, publicised), due, page, "Look at your application")


def said(state: str, publicised: object) -> str:
    if state == "contested":
        return "It overlaps an area on the register: the authority settles that first."
    if publicised is None:
        return "It has your application, and publicises it for at least six weeks before it decides."
    return (
        f"It publicised your application on {publicised:%-d %B %Y} and asks for views for at least six weeks."
    )
