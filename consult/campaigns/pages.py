"""The pages of campaigns and petitions, which several modules add theirs to, and what these share."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Blueprint, abort

from consult.consultations.models import Consultation
from consult.database import db
from consult.responses.models import Response
from consult.web.errors import Refused

pages = Blueprint("campaigns", __name__)
HERE = "/<space:space>/consultations/<reference>/campaigns"


def found(kind: Any, id_: UUID) -> Any:
    """A row of the space we stand in."""
    row = db.session.scalar(sa.select(kind).where(kind.id == id_))
    if row is None:
        abort(404)
    return row


def response_named(consultation: Consultation, given: str) -> Response:
    """The response of this reference, however it is typed. Raises Refused where there is none."""
    reference = given.strip().upper()
    wanted = sa.select(Response).where(
        Response.consultation_id == consultation.id, sa.func.upper(Response.reference) == reference
    )
    response = db.session.scalar(wanted)
    if response is None:
        raise Refused(
            f"There is no response “{reference[:40]}” in this consultation. Its reference stands on its page."
            if reference
            else "Give the reference of the response."
        )
    return response


def by_id(ids: Any) -> dict[UUID, Response]:
    rows = db.session.scalars(sa.select(Response).where(Response.id.in_(list(ids))))
    return {row.id: row for row in rows}
