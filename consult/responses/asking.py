"""The consultation that an address names, read in as few statements as it takes."""

from typing import Any

import sqlalchemy as sa
from flask import abort
from sqlalchemy.orm import joinedload

from consult.access import Act
from consult.consultations.languages.wording import offer_languages
from consult.consultations.models import Consultation
from consult.consultations.showing import previewed
from consult.database import db
from consult.spaces import doors


def consultation_at(reference: str) -> Consultation:
    ways: list[Any] = [
        joinedload(Consultation.opening),
        joinedload(Consultation.closing),
        joinedload(Consultation.plan_version),
        joinedload(Consultation.area_version),
        joinedload(Consultation.extensions),
    ]
    found = db.session.scalar(
        sa.select(Consultation).where(Consultation.reference == reference).options(*ways)
    )
    if found is None:
        abort(404)
    return found


def visible_consultation_at(reference: str) -> Consultation:
    """What belongs to a page, such as its map: for everyone who may see the page, members their draft's."""
    consultation = consultation_at(reference)
    if consultation.state() == "draft" and not doors.may(Act.LOOK):
        abort(404)
    return consultation


def public_consultation_at(reference: str) -> Consultation:
    """A draft is not there; in a preview it is as if it had opened."""
    if ahead := previewed():
        return ahead
    consultation = consultation_at(reference)
    if consultation.state() == "draft":
        abort(404)
    offer_languages(consultation)
    return consultation
