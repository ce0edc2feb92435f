"""What time does: a consultation opens as planned, and once one has closed by itself that is noted for everyone."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult import clock, jobs, tenancy
from consult.consultations.models import Announcement, Consultation
from consult.consultations.opening.case import HOUSE, Lack
from consult.consultations.records import PlannedOpening
from consult.database import db
from consult.spaces.models import standing
from consult.tenancy import here

SUSPENDED = Lack(
    HOUSE, "This space is suspended, and nothing opens until that is lifted: then choose another day."
)


@jobs.handler("opening")
def open_as_planned(job: jobs.Job) -> dict[str, Any] | None:
    """Opens it where nothing is missing by now, and nobody is kept out of it; the plan's end is one commit with what
    becomes of it."""
    key = (here(), UUID(hex=job.payload["plan"]))
    plan = db.session.get_one(PlannedOpening, key)
    consultation = db.session.get_one(Consultation, (here(), plan.consultation_id))
    consultation.take()
    if plan.ended:
        return None
    now = clock.now()
    lacking = [SUSPENDED] if standing().suspended else consultation.lacks(now)
    if lacking:
        consultation.stay_shut(lacking, now)
    else:
        consultation.open(plan.by, now=now)
    return {"opened": not lacking}


@jobs.every_round
def note_closings() -> None:
    for space_id, consultation_id in db.session.execute(over()).all():
        with tenancy.inside(space_id):
            consultation = db.session.get_one(Consultation, (space_id, consultation_id))
            if consultation.announcement and consultation.state() == "closed":
                consultation.announcement.closed = consultation.closes
            db.session.flush()


def over() -> sa.Select[Any, Any]:
    """Opened, not noted as closed, and past its end."""
    return sa.select(Announcement.space_id, Announcement.consultation_id).where(
        Announcement.opened.is_not(None), Announcement.closed.is_(None), Announcement.closes <= clock.now()
    )
