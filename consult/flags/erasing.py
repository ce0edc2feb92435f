"""What an erasure takes from the reviews: a reason may name whoever sent one of the responses."""

from typing import Any

import sqlalchemy as sa

from consult.clearing.erasing import erasing
from consult.clearing.models import ERASED, EVERYTHING, Erasure
from consult.consultations.models import Consultation
from consult.database import db
from consult.flags.models import Flag, Flagged, FlagReview


@erasing
def remove_reasons(consultation: Consultation, by: Any) -> None:
    """That it was reviewed, when, by whom and what was decided stays."""
    gone = sa.select(Erasure.response_id).where(Erasure.extent == EVERYTHING)
    about = (
        sa.select(Flagged.flag_id)
        .join(Flag, sa.and_(Flag.id == Flagged.flag_id, Flag.space_id == Flagged.space_id))
        .where(Flag.consultation_id == consultation.id, Flagged.response_id.in_(gone))
    )
    for review in db.session.scalars(sa.select(FlagReview).where(FlagReview.flag_id.in_(about))):
        if review.by_id is not None:
            review.reason = ERASED
    db.session.flush()
