"""What this floor keeps of a response beside its words, for whoever erases it: `scans.scans_of` gives the pictures."""

from datetime import timedelta
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from consult import audit, clock, jobs
from consult.consultations.models import Consultation
from consult.database import db
from consult.entering.models import HeldTable, Scan
from consult.responses.models import Response
from consult.tenancy import here

HELD_FOR: Final = timedelta(days=30)


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


def forget_in_time(table: HeldTable) -> None:
    """Whoever leaves a file unread does not leave the names in it for ever."""
    jobs.post("responses.import_ends", {"held": table.id.hex}, due=clock.now() + HELD_FOR)


@jobs.handler("responses.import_ends")
def ends(job: jobs.Job) -> dict[str, int]:
    """Bears being run twice, and after the file was brought in."""
    table = db.session.get(HeldTable, (here(), UUID(hex=job.payload["held"])))
    if table is None:
        return {"forgotten": 0}
    audit.record("responses.import_forgotten", table.consultation.reference, files=1)
    db.session.delete(table)
    db.session.flush()
    return {"forgotten": 1}
