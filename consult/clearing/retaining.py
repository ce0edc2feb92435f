"""Keeping people by name only as long as the notice says: somebody enters the day on which that has come about, the
worker tells the chair when it is there, the chair confirms, and a job removes who said it from every response."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult import audit, clock, jobs, mail, tenancy
from consult.clearing.erasing import erase_one, remove_above
from consult.clearing.models import EVERYTHING, IDENTITY, Erasure, Retention
from consult.consultations.models import Announcement, Consultation
from consult.database import alone, db
from consult.jobs import Job
from consult.responses.models import Response
from consult.spaces.founding import leaders
from consult.spaces.models import standing
from consult.tenancy import here
from consult.web.errors import Refused

AT_A_TIME = 100  # responses in one transaction


def retention_of(consultation: Consultation) -> Retention | None:
    return db.session.scalar(sa.select(Retention).where(Retention.consultation_id == consultation.id))


def set_day(consultation: Consultation, day: date, by: Any) -> Retention:
    """Raises Refused before the close, and once it has been confirmed."""
    db.session.flush()
    alone(f"retention of {consultation.id}")
    if consultation.state() != "closed":
        raise Refused(
            "While the consultation is open, people can still change what they sent: set the day later."
        )
    retention = retention_of(consultation) or Retention(consultation_id=consultation.id)
    if retention.confirmed:
        raise Refused("It has been confirmed already that people are no longer kept by name.")
    retention.day, retention.at, retention.by_id, retention.proposed = day, clock.now(), by.id, None
    db.session.add(retention)
    audit.record("retention.set", consultation.title, by=by, day=day.isoformat())
    db.session.flush()
    return retention


def confirm(consultation: Consultation, keeps_words: bool, by: Any) -> None:
    """Raises Refused before the day. The rest is a job's, in small steps."""
    db.session.flush()
    alone(f"retention of {consultation.id}")
    retention = retention_of(consultation)
    if retention is None or retention.day > clock.today():
        raise Refused("The day until which people are kept by name has not come.")
    if retention.confirmed:
        raise Refused("This has been confirmed already.")
    retention.confirmed, retention.confirmed_by_id, retention.keeps_words = clock.now(), by.id, keeps_words
    jobs.post("forget people", {"retention": retention.id.hex})
    audit.record("retention.confirmed", consultation.title, by=by, keeps_words=keeps_words)


@jobs.every_round
def tell_the_chair() -> None:
    """Once for each consultation whose day has come: nothing is removed until somebody confirms it."""
    closed = sa.select(Announcement.space_id).where(Announcement.closes <= clock.now()).distinct()
    for space_id in list(db.session.scalars(closed)):
        with tenancy.inside(space_id):
            due = sa.select(Retention).where(
                Retention.day <= clock.today(), Retention.proposed.is_(None), Retention.confirmed.is_(None)
            )
            for retention in db.session.scalars(due):
                propose(retention)
            db.session.flush()


def propose(retention: Retention) -> None:
    retention.proposed = clock.now()
    consultation, space = retention.consultation, standing()
    page = mail.link("clearing.retention", space=space, reference=consultation.reference)
    lines = [
        f"The privacy notice of “{consultation.title}” says until when people are kept by name. That day has come.",
        f"Nothing is removed until you confirm it, here:\n    {page}",
        space.name,
    ]
    for person in leaders(space):
        mail.send(
            person.email,
            f"People are kept by name until now: {consultation.title}",
            "\n\n".join(lines) + "\n",
        )


@jobs.handler("forget people")
def forget_people(job: Job) -> dict[str, Any] | None:
    """Safe to run again: what was done is on record, response by response."""
    retention = db.session.get(Retention, (here(), UUID(hex=job.payload["retention"])))
    if retention is None or retention.confirmed is None or retention.carried_out is not None:
        return None
    done = 0
    while batch := named_still(retention.consultation_id):
        for response in batch:
            erase_one(response, IDENTITY if retention.keeps_words else EVERYTHING, REASON, None)
        if not retention.keeps_words:
            remove_above(batch, None)
        done += len(batch)
        job.progress(f"{done:,} responses no longer say who sent them")
    retention.carried_out = clock.now()
    audit.record("retention.carried_out", retention.consultation.title, responses=done)
    return {"responses": done}


REASON = "The time that the privacy notice names has passed."


def named_still(consultation_id: UUID) -> list[Response]:
    """Responses of which nothing was erased, a few."""
    erased = sa.select(Erasure.id).where(
        Erasure.space_id == Response.space_id, Erasure.response_id == Response.id, Erasure.done.is_not(None)
    )
    asked = sa.select(Response).where(Response.consultation_id == consultation_id, ~erased.exists())
    return list(db.session.scalars(asked.order_by(Response.id).limit(AT_A_TIME)))
