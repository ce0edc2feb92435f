"""What this floor keeps of a response beside its words, for whoever erases it: `scans.scans_of` gives the pictures."""

import sqlalchemy as sa

from consult import audit
from consult.consultations.models import Consultation
from consult.database import db
from consult.entering.models import HeldTable, Scan
from consult.responses.models import Response


def remove_scans(response: Response) -> int:
    """Removes the pictures of its own sheet; the number of them. The database refuses it but in an erasure."""
    own = list(db.session.scalars(sa.select(Scan).where(Scan.response_id == response.id)))
    for scan in own:
        db.session.delete(scan)
    return len(own)


def forget_tables(consultation: Consultation) -> int:
    """Removes the files that wait to be looked over: any of them may hold what somebody asks to have erased. The
    number of them."""
    waiting = list(
        db.session.scalars(sa.select(HeldTable).where(HeldTable.consultation_id == consultation.id))
    )
    for table in waiting:
        db.session.delete(table)
    if waiting:
        audit.record("responses.import_forgotten", consultation.reference, files=len(waiting))
    return len(waiting)
