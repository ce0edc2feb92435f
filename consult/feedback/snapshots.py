"""Freezes the facts of a consultation, and its coding, so that what was reported can be counted again, to the byte."""

from typing import Any

from consult import audit
from consult.consultations.models import Consultation
from consult.database import db
from consult.feedback import coding_taken
from consult.feedback.coded import Coded
from consult.feedback.facts import Facts
from consult.feedback.models import Snapshot
from consult.feedback.taking import take


def freeze(consultation: Consultation, by: Any) -> Snapshot:
    """A new snapshot of the facts as they stand; the same facts have the same hash. The coding has a hash of its own,
    and is none as long as nobody has written a theme. The audit log is sealed first, so that its head, which a report
    prints, covers what it reports."""
    facts, coded = take(consultation), coding_taken.take(consultation)
    coding = coded.to_bytes() if coded.themes or coded.pieces else None
    about: dict[str, Any] = {"sha256": facts.sha256, "responses": len(facts)}
    if coding is not None:
        about["coding"] = coded.sha256
    audit.record("snapshot.taken", consultation.title, by=by, **about)
    audit.seal()
    snapshot = Snapshot(
        consultation_id=consultation.id,
        by_id=by.id if by is not None else None,
        sha256=facts.sha256,
        facts=facts.to_bytes(),
        coding=coding,
        audit_head=audit.head(),
    )
    db.session.add(snapshot)
    db.session.flush()
    return snapshot


def facts_of(snapshot: Snapshot) -> Facts:
    return Facts.from_bytes(snapshot.facts)


def coded_of(snapshot: Snapshot) -> Coded:
    return Coded.from_bytes(snapshot.coding)
