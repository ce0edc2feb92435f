"""Hiding a whole response from everyone but the members, with a reason, and taking that back. Nobody is hidden for what
they think, and what is hidden counts as before."""

from typing import Any, Final

import sqlalchemy as sa

from consult import audit, clock
from consult.clearing.models import Hiding
from consult.consultations.models import Consultation
from consult.database import db
from consult.responses.models import Response
from consult.web.errors import Refused

GROUNDS: Final = {
    "abusive": "It is abusive or threatening",
    "unlawful": "It may be libellous, or publishing it may be against the law",
    "somebody": "It is about somebody’s private life",
    "elsewhere": "It is not about the plan",
    "other": "Something else",
}


def hiding_of(response: Response) -> Hiding | None:
    """The one that stands."""
    return db.session.scalar(
        sa.select(Hiding).where(Hiding.response_id == response.id, Hiding.ended.is_(None))
    )


def hidden(consultation: Consultation) -> list[tuple[Hiding, Response]]:
    """Those of which nobody else may read anything now, the latest first."""
    asked = (
        sa.select(Hiding, Response)
        .join(Response, sa.and_(Response.id == Hiding.response_id, Response.space_id == Hiding.space_id))
        .where(Response.consultation_id == consultation.id, Hiding.ended.is_(None))
        .order_by(Hiding.at.desc())
    )
    return [(hiding, response) for hiding, response in db.session.execute(asked)]


def is_hidden() -> sa.ColumnElement[bool]:
    """Said of the response that a statement asks for."""
    return sa.exists().where(
        Hiding.space_id == Response.space_id, Hiding.response_id == Response.id, Hiding.ended.is_(None)
    )


def hide(response: Response, ground: str, reason: str, by: Any) -> Hiding:
    """Raises Refused without a reason. What is hidden already is left as it is."""
    if ground not in GROUNDS or not reason:
        raise Refused("Give the reason for hiding it: it goes on record. Go back and write it.")
    response.take()
    known = hiding_of(response)
    if known is not None:
        return known
    made = Hiding(response_id=response.id, ground=ground, reason=reason, by_id=by.id)
    db.session.add(made)
    audit.record("response.hidden", response.reference, by=by, ground=ground)
    db.session.flush()
    return made


def show_again(response: Response, by: Any) -> None:
    """What was cleared of it may be read again; that it was hidden stays on record."""
    response.take()
    known = hiding_of(response)
    if known is not None:
        known.ended, known.ended_by_id = clock.now(), by.id
        audit.record("response.shown_again", response.reference, by=by)
        db.session.flush()
