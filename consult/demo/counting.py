"""The worker of the demo's past: what it would have counted at the end of each day, for the authority."""

from collections import Counter
from datetime import timedelta

import sqlalchemy as sa

from consult import clock
from consult.consultations.models import Consultation
from consult.database import db
from consult.demo import past
from consult.feedback import announced
from consult.responses.models import Response


def day_by_day(consultation: Consultation) -> None:
    """Each response on the UK day on which it came, until today."""
    came = sa.select(Response.received).where(Response.consultation_id == consultation.id)
    each = Counter(clock.uk(moment).date() for moment in db.session.scalars(came))
    so_far = 0
    for day in sorted(each):
        so_far += each[day]
        if consultation.announcement is not None and day <= past.day(0):
            with past.at(clock.end_of(day) - timedelta(minutes=1)):
                announced.note_day(consultation.announcement, so_far)
    db.session.flush()
