"""When somebody is erased, the files of responses that wait to be looked over go: their rows may hold the same words,
and whoever was bringing one in still has it."""

from typing import Any

import sqlalchemy as sa

from consult import audit
from consult.clearing.erasing import erasing
from consult.consultations.models import Consultation
from consult.database import db
from consult.entering.models import HeldTable


@erasing
def forget_tables(consultation: Consultation, by: Any) -> None:
    waiting = sa.select(HeldTable).where(HeldTable.consultation_id == consultation.id)
    for table in db.session.scalars(waiting):
        db.session.delete(table)
        audit.record("responses.import_forgotten", consultation.reference, by=by)
    db.session.flush()
