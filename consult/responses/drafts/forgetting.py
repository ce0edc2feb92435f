"""After the close: what was typed and sent goes at once, since nobody can change it any more; what was never sent goes
thirty days later, with its files. Done by the worker, however long it was away (within a year)."""

import logging
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from consult import audit, clock, jobs, tenancy
from consult.consultations.models import Announcement, Consultation
from consult.database import db
from consult.responses.drafts.drafts import KEPT_AFTER_THE_CLOSE, Draft
from consult.responses.form.filing import forget_unsent

logger = logging.getLogger("consult")
LOOKED_BACK = timedelta(days=366)


@jobs.every_round
def forget_drafts() -> None:
    """Each consultation in its own space; one that fails holds nobody else's up."""
    for space_id, consultation_id in db.session.execute(closed()).all():
        with tenancy.inside(space_id):
            try:
                with db.session.begin_nested():
                    forget(db.session.get_one(Consultation, (space_id, consultation_id)))
            except Exception:
                logger.exception("the drafts of consultation %s could not be deleted", consultation_id)


def closed() -> sa.Select[UUID, UUID]:
    now = clock.now()
    return sa.select(Announcement.space_id, Announcement.consultation_id).where(
        Announcement.closes <= now, Announcement.closes > now - LOOKED_BACK
    )


def forget(consultation: Consultation) -> None:
    now = clock.now()
    if consultation.closes is None or consultation.closes > now:
        return
    unsent = consultation.closes + KEPT_AFTER_THE_CLOSE <= now
    old = sa.select(Draft).where(Draft.consultation_id == consultation.id)
    drafts = list(db.session.scalars(old if unsent else old.where(Draft.sent_as_id.is_not(None))))
    for draft in drafts:
        draft.forget()
    files = forget_unsent(consultation.id) if unsent else 0
    if drafts or files:
        told = {"reference": consultation.reference, "drafts": len(drafts), "files": files}
        audit.record("drafts.deleted", consultation.title, **told)
