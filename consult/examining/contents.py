"""What a bundle is made of (regulation 17, Neighbourhood Planning (General) Regulations 2012): fixed the moment it is
asked for, so that it can be made again, and a later one beside it."""

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from consult.consultations.models import Consultation
from consult.database import db
from consult.examining.models import BundleDocument
from consult.responses.instead import standing_instead
from consult.responses.models import Response
from consult.responses.standing import standing_of
from consult.submitting.models import Submission

PARTS: Final = {  # folder, heading, where the regulations ask for it
    "index": ("", "Index", ""),
    "plan": ("1-plan-proposal", "The plan proposal", "regulation 17(a)"),
    "regulation_15": ("2-regulation-15", "Documents submitted with it", "regulation 17(b), regulation 15(1)"),
    "representations": ("3-representations", "Representations", "regulation 17(d), regulation 16"),
    "other": ("4-other-documents", "Other documents", "regulation 17(e)"),
}
INCLUDED: Final = ("counted", "late", "duplicate", "excluded")  # what somebody withdrew is only listed


def taken(consultation: Consultation) -> dict[str, Any]:
    """The facts as they stand, by id; representations in the order of their references, which are never given anew."""
    submission = submission_of(consultation)
    added = sa.select(BundleDocument.id).where(BundleDocument.consultation_id == consultation.id)
    return {
        "submission": str(submission.id) if submission else "",
        "documents": [str(each) for each in db.session.scalars(added.order_by(BundleDocument.at))],
        "representations": list(listed(consultation)),
    }


def listed(consultation: Consultation) -> Iterator[dict[str, str]]:
    mine = sa.select(Response).where(Response.consultation_id == consultation.id)
    for response in db.session.scalars(
        mine.options(joinedload(Response.set_aside)).order_by(Response.reference)
    ):
        instead = standing_instead(response) if response.set_aside is not None else None
        yield {
            "id": str(response.id),
            "reference": response.reference,
            "status": standing_of(response),
            "instead": instead.reference if instead else "",
        }


def is_included(entry: dict[str, str]) -> bool:
    """One that another stands for is listed under that: the examiner reads everybody's words once."""
    return entry["status"] in INCLUDED and not entry["instead"]


def submission_of(consultation: Consultation) -> Submission | None:
    """What the consultation publicises, as it was handed over; none where it came otherwise."""
    proposal = consultation.proposal
    if proposal is None or proposal.kind != "submission":
        return None
    return db.session.scalar(sa.select(Submission).where(Submission.id == proposal.source_id))


def submission_in(contents: dict[str, Any]) -> Submission | None:
    if not contents["submission"]:
        return None
    return db.session.scalar(sa.select(Submission).where(Submission.id == UUID(contents["submission"])))
