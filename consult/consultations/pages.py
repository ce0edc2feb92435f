"""The pages of consultations, which several modules add theirs to, and what these share."""

from typing import Any

import sqlalchemy as sa
from flask import Blueprint, abort
from sqlalchemy.orm import selectinload

from consult.consultations.models import Consultation, find
from consult.database import db

pages = Blueprint("consultations", __name__)
ONE = "/<space:space>/consultations/<reference>"


def found(reference: str) -> Consultation:
    return find(reference) or abort(404)


def every_one() -> list[Consultation]:
    """The consultations of the space we stand in, newest first."""
    records: tuple[Any, ...] = (
        *(Consultation.announcement, Consultation.plans_to_open, Consultation.opening),
        *(Consultation.closing, Consultation.extensions, Consultation.proposal),
    )
    newest = sa.select(Consultation).order_by(Consultation.at.desc())
    return list(db.session.scalars(newest.options(*(selectinload(record) for record in records))))
