"""Keeps the number received on each announcement up to date: the one thing that is public before any results."""

import logging
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from consult import clock, jobs, tenancy
from consult.consultations.models import Announcement, Consultation
from consult.consultations.records import AnnouncementDay
from consult.database import db
from consult.feedback import tallies

logger = logging.getLogger("consult")
STILL_ARRIVING = timedelta(days=90)  # paper is typed in, and late responses come, long after the close


@jobs.every_round
def count_received() -> None:
    """Each consultation that is open, or was until not long ago, is counted in its own space. One that cannot be
    counted keeps the number it had, and holds nobody else's up."""
    for space_id, consultation_id in db.session.execute(still_arriving()).all():
        with tenancy.inside(space_id):
            try:
                with db.session.begin_nested():
                    bring_up_to_date(db.session.get_one(Consultation, (space_id, consultation_id)))
            except Exception:
                logger.exception("consultation %s could not be counted", consultation_id)


def still_arriving() -> sa.Select[UUID, UUID]:
    now = clock.now()
    return sa.select(Announcement.space_id, Announcement.consultation_id).where(
        Announcement.opened <= now, Announcement.closes > now - STILL_ARRIVING
    )


def bring_up_to_date(consultation: Consultation) -> None:
    announcement, number = consultation.announcement, tallies.received(consultation)
    if announcement is not None and announcement.received != number:
        announcement.received = number
        note_day(announcement, number)


def note_day(announcement: Announcement, number: int) -> None:
    """Today's number for the authority, brought up each time it changes: at midnight it stands."""
    today = clock.today()
    known = sa.select(AnnouncementDay).where(
        AnnouncementDay.space_id == announcement.space_id,
        AnnouncementDay.announcement_id == announcement.id,
        AnnouncementDay.day == today,
    )
    row = db.session.scalar(known)
    if row is None:
        row = AnnouncementDay(
            announcement_id=announcement.id, authority_id=announcement.authority_id, day=today
        )
        db.session.add(row)
    row.received = number
