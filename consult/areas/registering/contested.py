"""Contested applications, once an area has left the register: each in order of receipt goes on it, where its ground is
free now, or is contested by whoever has come to stand there since. The first to apply keeps its place that way."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult import audit, jobs, tenancy
from consult.areas import register
from consult.areas.models import Application
from consult.database import db
from consult.spaces.models import Space


@jobs.handler("register.contested")
def settle(job: jobs.Job) -> dict[str, Any]:
    """Stands in each authority in turn: an application is read nowhere else but there and where it was made."""
    entered = 0
    for _, authority_id, key in sorted(contested()):
        with tenancy.inside(authority_id):
            entered += put_on(db.session.get_one(Application, key))
    return {"entered": entered}


def contested() -> list[tuple[datetime, UUID, tuple[UUID, UUID]]]:
    """Every application that is live and off the register: when it was received, and where it is found."""
    register.hold()
    found = []
    for authority_id in db.session.scalars(sa.select(Space.id).where(Space.kind == "authority")).all():
        with tenancy.inside(authority_id):
            handed = db.session.scalars(
                sa.select(Application).where(Application.authority_id == authority_id)
            )
            found += [(a.at, authority_id, (a.space_id, a.id)) for a in handed if a.state == "contested"]
    return found


def put_on(application: Application) -> bool:
    """Whether it is on the register now; where not, what stands in its way is named."""
    overlaps = register.claim(application.outline, **register.entry_words(application))
    known = {contest.entry_id for contest in application.contests}
    register.contest(application, [other for other in overlaps if other.entry_id not in known])
    if not overlaps:
        audit.record("area.entered", application.name, body=application.space.name)
    db.session.flush()
    return not overlaps
