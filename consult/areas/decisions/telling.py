"""A body is told what its authority decided, where the body stands: by mail and on the page of its area. What was
designated with another outline than it applied for becomes a version of its own, so that answers are counted by it."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult import jobs, mail
from consult.areas import register
from consult.areas.decisions.modifying import AreaModification
from consult.areas.models import AreaDecision, AreaVersion, save_version
from consult.database import db
from consult.spaces.founding import leaders
from consult.spaces.models import standing


@jobs.handler("area.settled")
def settled(job: jobs.Job) -> dict[str, Any]:
    keep_as_designated()
    space = standing()
    if key := job.payload.get("modification"):
        template = "area_modified"
        modification = db.session.get_one(AreaModification, (space.id, UUID(key)))
        subject = f"The area “{modification.entry.name}” is modified"
        words: dict[str, Any] = {"modification": modification}
    else:
        template = "area_decided"
        decision = db.session.get_one(AreaDecision, (space.id, UUID(job.payload["decision"])))
        subject = f"Your application for “{decision.application.name}” is decided"
        words = {"decision": decision, "application": decision.application}
    told = leaders(space)
    for person in told:
        words |= {"person": person, "space": space, "link": mail.link("areas.show", space=space)}
        mail.write(person.email, template, subject, **words)
    return {"told": len(told)}


def keep_as_designated() -> AreaVersion | None:
    """Keeps the outline on the register as a version, unless one has it already."""
    entry = register.entry_of(standing().id)
    if entry is None or db.session.scalar(
        sa.select(AreaVersion.id).where(AreaVersion.outline == entry.outline).limit(1)
    ):
        return None
    return save_version(entry.geometry, source="designated", by=None)
