"""What bodies have handed to their authority, for tests: an area, a forum, a plan; and the consultation made of it."""

import re
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from consult import clock
from consult.consultations.handed.proposals import Proposal
from consult.consultations.models import Consultation
from consult.database import db
from consult.forums.models import ForumApplication
from consult.spaces.models import standing
from consult.submitting import handing
from consult.submitting.models import Submission, submitted_to
from tests.areas.ground import application_of, apply_here, square
from tests.consultations.setting import person
from tests.forums import filling
from tests.submitting import scene

PAGE = {
    "area": "/a/northam/applications",
    "forum": "/a/northam/forum-applications",
    "submission": "/a/northam/submissions",
}


def hand_over(kind: str, world: Any, working: Any, slug: str = "ash") -> str:
    """Its page at the authority."""
    if kind == "forum":
        filling.handed(world, working, slug)
    with working(slug):
        if kind == "area":
            apply_here(square(5_000 if slug == "beck" else 0), "Ash Hill", person(world, slug))
        if kind == "submission":
            scene.closed_consultation(person(world, slug))
            scene.assemble(person(world, slug))
            handing.hand(person(world, slug))
    with working("northam"):
        return f"{PAGE[kind]}/{id_of(kind, world, slug)}"


def id_of(kind: str, world: Any, slug: str) -> Any:
    model = {"forum": ForumApplication, "submission": Submission}.get(kind)
    if model is None:
        return application_of(world.space[slug]).id
    return db.session.scalars(sa.select(model.id).where(model.space_id == world.space[slug])).one()


def complete(working: Any, world: Any) -> None:
    """The officer says that all of every submission has come."""
    with working("northam"):
        by = person(world, "northam", "officer")
        for found in submitted_to(standing()):
            handing.reply(found, "complete", missing=[], words="", on=clock.today(), by=by)


def begun(officer: Any, page: str, **chosen: Any) -> str:
    """Publicised: the address of its setup."""
    answer = officer.send(f"{page}/publicity", **chosen)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def made(kind: str) -> Consultation:
    """The consultation, where the authority stands."""
    found = db.session.scalars(sa.select(Proposal).where(Proposal.kind == kind)).one()
    return db.session.get_one(Consultation, (found.space_id, found.consultation_id))


def ready(consultation: Consultation, **changes: Any) -> None:
    """All that an officer writes before it opens."""
    said: dict[str, Any] = {
        "last_day": clock.today() + timedelta(days=42),
        "where_to_see": "At the library, Monday to Friday.",
        "contact_email": "plans@northam.example.org",
        "contact_phone": "01632 960001",
        "contact_address": "Council Offices, Northam",
        "data_contact": "data@northam.example.org",
        "kept_until": "the plan is made",
    }
    for name, value in (said | changes).items():
        setattr(consultation, name, value)
    db.session.flush()


def documents(page: Any) -> list[str]:
    """The names of what is ticked for everyone to read."""
    return re.findall(r'value="([^"]+)" checked', page.html)


def days_on(days: int) -> date:
    return clock.today() + timedelta(days=days)
