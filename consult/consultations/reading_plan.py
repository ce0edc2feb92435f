"""Everyone may read the version of the plan that a consultation has opened on, from then on."""

import sqlalchemy as sa

from consult import clock
from consult.consultations.models import Consultation
from consult.consultations.records import Opening
from consult.database import db
from consult.plans import seen
from consult.plans.models import PlanVersion


@seen.rule
def was_consulted_on(version: PlanVersion) -> bool:
    opened = (
        sa.select(Consultation.id)
        .join(Opening, Opening.consultation_id == Consultation.id)
        .where(Consultation.plan_version_id == version.id, Opening.at <= clock.now())
    )
    return db.session.scalar(opened.limit(1)) is not None
