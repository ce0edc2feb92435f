"""Freezes the facts of a consultation, so that what was reported can be counted again, to the byte."""

from typing import Any

from consult import audit
from consult.consultations.models import Consultation
from consult.database import db
from consult.feedback.facts import Facts
from consult.feedback.models import Snapshot
from consult.feedback.taking import take


def freeze(consultation: Consultation, by: Any) -> Snapshot:
    """A new snapshot of the facts as they stand; the same facts have the same hash."""
    facts = take(consultation)
    snapshot = Snapshot(
        consultation_id=consultation.id,
        by_id=by.id if by is not None else None,
        sha256=facts.sha256,
        facts=facts.to_bytes(),
    )
    db.session.add(snapshot)
    db.session.flush()
    audit.record("snapshot.taken", consultation.title, by=by, sha256=facts.sha256, responses=len(facts))
    audit.seal()  # so that the head of the audit log, which a report prints, covers what it reports
    return snapshot


def facts_of(snapshot: Snapshot) -> Facts:
    return Facts.from_bytes(snapshot.facts)
