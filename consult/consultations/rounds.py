"""What time does to an announcement: once its consultation has closed by itself, that is noted for everyone."""

from typing import Any

import sqlalchemy as sa

from consult import clock, jobs, tenancy
from consult.consultations.models import Announcement, Consultation
from consult.database import db


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
