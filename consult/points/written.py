"""The words of many passages and points at once, for what learns from them: one statement for as many as are asked."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult.consultations.models import Consultation
from consult.database import db
from consult.points.models import Point
from consult.points.passages import FIELDS
from consult.points.spans import EVERYTHING
from consult.responses.models import Answer, Place, Response

AT_A_TIME = 500  # ids that one statement names


def passages(consultation: Consultation) -> sa.Subquery:
    """Everything that was written, with when it came."""
    said = sa.or_(Answer.text != "", Answer.suggested_change != "")
    answers = of(Answer, (Answer.text, Answer.suggested_change), consultation).where(said)
    places = of(Place, (Place.words, sa.literal("")), consultation).where(Place.words != "")
    return sa.union_all(answers, places).subquery("written")


def of(table: Any, words: tuple[Any, Any], consultation: Consultation) -> sa.Select[Any]:
    text, more = words
    return (
        sa.select(
            table.id.label("id"),
            table.response_id.label("response"),
            Response.received.label("received"),
            text.label("text"),
            more.label("more"),
        )
        .join(Response, sa.and_(Response.id == table.response_id, Response.space_id == table.space_id))
        .where(Response.consultation_id == consultation.id)
    )


def first_of(consultation: Consultation, responses: int, most: int) -> list[str]:
    """Passages of the first responses that came."""
    rows = passages(consultation)
    came = sa.select(Response.id).where(Response.consultation_id == consultation.id)
    these = came.order_by(Response.received, Response.id).limit(responses)
    statement = sa.select(rows.c.text, rows.c.more).where(rows.c.response.in_(these))
    found = db.session.execute(statement.order_by(rows.c.received, rows.c.id).limit(most))
    return [together(*words) for words in found]


def of_passages(consultation: Consultation, ids: Iterable[UUID]) -> dict[UUID, str]:
    rows = passages(consultation)
    found: dict[UUID, str] = {}
    for some in in_parts(list(ids)):
        statement = sa.select(rows.c.id, rows.c.text, rows.c.more).where(rows.c.id.in_(some))
        found |= {id_: together(text, more) for id_, text, more in db.session.execute(statement)}
    return found


def of_points(ids: Iterable[UUID]) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    for some in in_parts(list(ids)):
        statement = (
            sa.select(Point, Answer.text, Answer.suggested_change, Place.words)
            .outerjoin(Answer, sa.and_(Answer.id == Point.answer_id, Answer.space_id == Point.space_id))
            .outerjoin(Place, sa.and_(Place.id == Point.place_id, Place.space_id == Point.space_id))
            .where(Point.id.in_(some))
        )
        for point, *words in db.session.execute(statement):
            names = (*FIELDS["answer"], *FIELDS["place"])
            written = {name: said or "" for name, said in zip(names, words, strict=True)}
            found[point.id] = point.span.of(written)
    return found


def in_parts(ids: list[UUID]) -> list[list[UUID]]:
    return [ids[at : at + AT_A_TIME] for at in range(0, len(ids), AT_A_TIME)]


def together(text: str, more: str) -> str:
    return EVERYTHING.of({"text": text, "more": more})
