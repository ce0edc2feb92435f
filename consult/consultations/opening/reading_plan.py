"""Everyone may read the version of the plan that a consultation has opened on, from then on, with its area."""

import sqlalchemy as sa
from shapely.geometry.base import BaseGeometry

from consult import clock
from consult.consultations.models import Consultation
from consult.consultations.records import Opening
from consult.database import db
from consult.plans import seen
from consult.plans.models import PlanVersion


@seen.ground
def came_with_it(version: PlanVersion) -> BaseGeometry | None:
    """The area of a plan that an authority was handed: that of the consultation on it."""
    asked = db.session.scalar(
        sa.select(Consultation).where(Consultation.plan_version_id == version.id).limit(1)
    )
    return asked.area_version.geometry if asked and asked.area_version else None


@seen.rule
def was_consulted_on(version: PlanVersion) -> bool:
    opened = (
        sa.select(Consultation.id)
        .join(Opening, Opening.consultation_id == Consultation.id)
        .where(Consultation.plan_version_id == version.id, Opening.at <= clock.now())
    )
    return db.session.scalar(opened.limit(1)) is not None
