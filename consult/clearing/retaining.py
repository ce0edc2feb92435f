"""Keeping people by name only as long as the notice says. The notice names an event; once somebody has entered the day
on which that comes about, the chair is reminded before it, and as the day begins a job removes who said what."""

from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from consult import audit, clock, jobs, mail
from consult.clearing.erasing import erase_one, remove_above
from consult.clearing.models import EVERYTHING, IDENTITY, Erasure, Retention
from consult.consultations.models import Consultation
from consult.consultations.words import day as told
from consult.database import alone, db, new_id
from consult.jobs import Job
from consult.responses.models import Response
from consult.spaces.founding import leaders
from consult.spaces.models import standing
from consult.tenancy import here
from consult.web.errors import Refused

AT_A_TIME: Final = 100  # responses in one transaction
REMINDED_BEFORE: Final = timedelta(days=14)
REASON: Final = "The time that the privacy notice names has passed."


def retention_of(consultation: Consultation) -> Retention | None:
    return db.session.scalar(sa.select(Retention).where(Retention.consultation_id == consultation.id))


def refuse_while_open(consultation: Consultation) -> None:
    if consultation.state() != "closed":
        raise Refused(
            "While the consultation is open, people can still change what they sent: set the day later."
        )


def set_day(consultation: Consultation, day: date, keeps_words: bool, by: Any) -> Retention:
    """Puts the day in place of an earlier one, with the two jobs that it brings. Raises Refused before the close, for a
    day that has begun, and once it has been carried out."""
    refuse_while_open(consultation)
    db.session.flush()
    alone(f"retention of {consultation.id}")
    if day <= clock.today():
        raise Refused("Enter tomorrow or a later day: what is removed cannot be brought back.")
    retention = retention_of(consultation) or Retention(id=new_id(), consultation_id=consultation.id)
    if retention.carried_out:
        raise Refused("This has been carried out already: people are no longer kept by name.")
    retention.day, retention.keeps_words, retention.at, retention.by_id = day, keeps_words, clock.now(), by.id
    db.session.add(retention)
    about = {"retention": retention.id.hex, "set": retention.at.isoformat()}
    begins = clock.start_of(day)
    jobs.post("remind of forgetting", about, due=max(clock.now(), begins - REMINDED_BEFORE))
    jobs.post("forget people", about, due=begins)
    audit.record("retention.set", consultation.title, by=by, day=day.isoformat(), keeps_words=keeps_words)
    db.session.flush()
    return retention


def that_stands(job: Job) -> Retention | None:
    """What the job is about; none when it has been carried out, or another day was set since."""
    retention = db.session.get(Retention, (here(), UUID(hex=job.payload["retention"])))
    if retention is None or retention.carried_out is not None:
        return None
    return retention if retention.at == datetime.fromisoformat(job.payload["set"]) else None


@jobs.handler("remind of forgetting")
def remind(job: Job) -> None:
    retention, space = that_stands(job), standing()
    if retention is None:
        return
    consultation = retention.consultation
    page = mail.link("clearing.retention", space=space, reference=consultation.reference)
    what = (
        "who sent each response" if retention.keeps_words else "who sent each response, and what they wrote"
    )
    lines = [
        f"As {told(retention.day)} begins, Consult removes {what} from “{consultation.title}”: the privacy notice says "
        "that you keep it no longer. This cannot be undone.",
        f"Download what you still need by then. If the day is wrong, change it here:\n    {page}",
        space.name,
    ]
    for person in leaders(space):
        subject = f"People are kept by name until {told(retention.day)}: {consultation.title}"
        mail.send(person.email, subject, "\n\n".join(lines) + "\n")


@jobs.handler("forget people")
def forget_people(job: Job) -> dict[str, Any] | None:
    """Safe to run again: what was done is on record, response by response."""
    retention = that_stands(job)
    if retention is None:
        return None
    consultation = retention.consultation
    while batch := named_still(consultation.id):
        for response in batch:
            erase_one(response, IDENTITY if retention.keeps_words else EVERYTHING, REASON, None)
        job.progress(f"{number_done(consultation.id):,} responses no longer say who sent them")
    remove_above(consultation, None)
    done, retention.carried_out = number_done(consultation.id), clock.now()
    audit.record("retention.carried_out", consultation.title, responses=done)
    return {"responses": done}


def erased() -> sa.ColumnElement[bool]:
    """Said of the response that a statement asks for."""
    return sa.exists().where(
        Erasure.space_id == Response.space_id, Erasure.response_id == Response.id, Erasure.done.is_not(None)
    )


def named_still(consultation_id: UUID) -> list[Response]:
    """Responses of which nothing was erased, a few."""
    asked = sa.select(Response).where(Response.consultation_id == consultation_id, ~erased())
    return list(db.session.scalars(asked.order_by(Response.id).limit(AT_A_TIME)))


def number_done(consultation_id: UUID) -> int:
    asked = sa.select(sa.func.count()).select_from(Response)
    return db.session.scalar(asked.where(Response.consultation_id == consultation_id, erased())) or 0
