"""The pages of reading and coding, which several modules add theirs to, and what these share."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Blueprint, abort, request, url_for

from consult.accounts.sessions import me
from consult.consultations.models import Consultation
from consult.database import db
from consult.points.coder import Coder
from consult.points.passages import CODED, DOUBT, ME, NOBODY, UNCODED, Passage, Wanted, passage_at
from consult.responses.models import Answer, Place, Response
from consult.responses.words import STANCES

pages = Blueprint("points", __name__)
HERE = "/<space:space>/consultations/<reference>/coding"
ONE = "/<space:space>/coding/<uuid:passage_id>"


def passage_here(id_: UUID) -> tuple[Consultation, Passage]:
    """A passage of the space we stand in, and the consultation that it answers."""
    of = sa.union_all(
        sa.select(Answer.response_id).where(Answer.id == id_),
        sa.select(Place.response_id).where(Place.id == id_),
    ).subquery()
    response = db.session.scalar(sa.select(Response).where(Response.id.in_(sa.select(of))))
    if response is None:
        abort(404)
    passage = passage_at(response.consultation, id_)
    if passage is None or not passage.written:
        abort(404)
    return response.consultation, passage


def wanted(consultation: Consultation) -> Wanted:
    """The filters of the address; one that is not there is none."""
    known = {
        "question": {question.reference for question in consultation.questions},
        "policy": {policy.reference for policy in consultation.policies},
        "stance": set(STANCES),
        "state": {CODED, UNCODED},
        "order": {DOUBT},
        "for": {ME, NOBODY},
    }
    given = {name: request.args.get(name, "") for name in known}
    chosen = {name: value if value in known[name] else "" for name, value in given.items()}
    whose = chosen.pop("for")
    return Wanted(**chosen, whose=whose, me=me().id if whose == ME else None)


def kept(which: Wanted) -> dict[str, Any]:
    """The same filters for a link."""
    filters = {name: value or None for name, value in vars(which).items() if name not in ("whose", "me")}
    return filters | {"for": which.whose or None}


def address(passage_id: UUID, which: Wanted, **more: Any) -> str:
    return url_for("points.passage", passage_id=passage_id, **kept(which), **more)


def coder(consultation: Consultation) -> Coder:
    return Coder(consultation, me())
