"""What each response says in words, as one text: that is what a letter is told by."""

from uuid import UUID

import sqlalchemy as sa

from consult.clearing.models import ERASED
from consult.consultations.models import Consultation, Question
from consult.database import db
from consult.responses.models import Answer, Place, Response, SettingAside

NOT_LOOKED_AT = ("duplicate", "withdrawn")  # there already, or taken back


def texts_of(consultation: Consultation) -> dict[UUID, str]:
    """By response, in the order of arrival, so that a search finds the same twice; those without a word left out."""
    aside = sa.select(SettingAside.response_id).where(SettingAside.kind.in_(NOT_LOOKED_AT))
    order = (
        sa.select(Response.id)
        .where(Response.consultation_id == consultation.id, Response.id.not_in(aside))
        .order_by(Response.received, Response.reference)
    )
    said = words_of(Response.consultation_id == consultation.id)
    return {id_: said[id_] for id_ in db.session.scalars(order) if id_ in said}


def text_of(response: Response) -> str:
    return words_of(Response.id == response.id).get(response.id, "")


def words_of(which: sa.ColumnElement[bool]) -> dict[UUID, str]:
    """Answers in the order of the questions, then what stands beside places."""
    found: dict[UUID, list[str]] = {}
    for response_id, *words in [*db.session.execute(answers(which)), *db.session.execute(places(which))]:
        found.setdefault(response_id, []).extend(each for each in words if each and each != ERASED)
    return {id_: "\n\n".join(words) for id_, words in found.items() if words}


def answers(which: sa.ColumnElement[bool]) -> sa.Select[UUID, str, str]:
    return (
        sa.select(Answer.response_id, Answer.text, Answer.suggested_change)
        .join(Response, sa.and_(Response.id == Answer.response_id, Response.space_id == Answer.space_id))
        .join(Question, sa.and_(Question.id == Answer.question_id, Question.space_id == Answer.space_id))
        .where(which, Question.kind != "file", sa.or_(Answer.text != "", Answer.suggested_change != ""))
        .order_by(Answer.response_id, Question.position, Answer.position, Answer.id)
    )


def places(which: sa.ColumnElement[bool]) -> sa.Select[UUID, str]:
    return (
        sa.select(Place.response_id, Place.words)
        .join(Response, sa.and_(Response.id == Place.response_id, Response.space_id == Place.space_id))
        .where(which, Place.words != "")
        .order_by(Place.response_id, Place.position, Place.id)
    )
