"""Whom the demo's bodies consulted, and how people heard of it: decided, sent and recorded as members would."""

from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa

from consult import audit, clock, jobs
from consult.accounts.models import Person
from consult.consultations.consulted import telling
from consult.consultations.consulted.schedule import schedule_1
from consult.consultations.models import Consultation
from consult.consultations.publicity.publicising import Publicity
from consult.database import db
from consult.demo import past
from consult.demo.library import shelf
from consult.spaces.models import Space
from consult.tenancy import here

COPY_SENT: Final = ("own_email", "The planning policy team")


def decide(consultation: Consultation, by: Person) -> None:
    """Each body of Schedule 1 is consulted, or it is said why not."""
    words = shelf("consultees")
    for body in schedule_1().bodies:
        if body.key in words["unaffected"]:
            consultation.leave_out([body], words["unaffected"][body.key], by)
    for written in words["consulted"]:
        consultation.consult(by, **written)


def notify(consultation: Consultation, by: Person) -> None:
    """On the day of the opening: what waits is sent, the rest goes by post or hand, and the authority has its copy."""
    send_what_waits()
    for consultee in consultation.consultees:
        if not consultee.email:
            how = "hand" if consultee.address.startswith("By hand") else "post"
            where = consultee.address.removeprefix("By post to ").removeprefix("By hand at ")
            consultation.note_by_hand(consultee, how, where, clock.today(), "notice", by)
    consultation.note_copy(clock.today(), *COPY_SENT, by)


def send_what_waits() -> None:
    """Sent under the past's clock, by the handler that the worker would use."""
    waiting = sa.select(jobs.Job).where(
        jobs.Job.kind == "notice", jobs.Job.space_id == here(), jobs.Job.done.is_(None)
    )
    for job in db.session.scalars(waiting.order_by(jobs.Job.posted)).all():
        job.tries, job.result, job.done = 1, telling.deliver(job), clock.now()
    db.session.flush()
    db.session.expire_all()


def publicise(reference: str, body: Space, by: Person, opened: date) -> None:
    """Each on the evening of its first day; what lies ahead is not on record."""
    for written in shelf("consultees")["publicity"]:
        given: dict[str, Any] = {**written}
        begins = opened + timedelta(days=given.pop("from"))
        given["to_day"] = opened + timedelta(days=given.pop("to")) if "to" in given else None
        if begins < past.day(0):
            with past.working(body, by, past.on(begins, 20)):
                consultation = db.session.query(Consultation).filter_by(reference=reference).one()
                record = Publicity(consultation_id=consultation.id, by_id=by.id, from_day=begins, **given)
                db.session.add(record)
                audit.record(
                    "publicity.recorded", record.what, by=by, reference=reference, day=begins.isoformat()
                )
