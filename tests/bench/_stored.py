"""A hundred thousand responses, each with an answer, put past the application."""

from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask import Flask

from consult import clock, tenancy
from consult.consultations.models import find
from consult.database import db, unit_of_work
from consult.responses.models import Answer, Response

EACH = 5_000
Rows = list[dict[str, Any]]


def fill(app: Flask, space: UUID, number: int) -> None:
    with app.app_context():
        with tenancy.inside(space):
            made = find("reg14")
            asked = (made.id, next(question.id for question in made.questions if question.kind == "text"))
            db.session.rollback()
        for first in range(0, number, EACH):
            responses = rows_of(space, *asked, range(first, min(first + EACH, number)))
            with unit_of_work(), db.engine.begin() as connection:
                connection.execute(sa.insert(Response.__table__), responses[0])
                connection.execute(sa.insert(Answer.__table__), responses[1])
        with unit_of_work(), db.engine.begin() as connection:
            connection.exec_driver_sql("ANALYZE")
        db.engine.dispose()


def rows_of(space: UUID, consultation: UUID, question: UUID, numbers: range) -> tuple[Rows, Rows]:
    now = clock.now()
    whole = {
        column.name: value for column in Response.__table__.columns if (value := plain(column)) is not None
    }
    responses = [
        whole
        | {"space_id": space, "id": uuid4(), "consultation_id": consultation, "received": now}
        | {"reference": f"S-{number}", "key": f"stored {number}"}
        for number in numbers
    ]
    answers = [
        {"space_id": space, "id": uuid4(), "response_id": row["id"], "question_id": question, "position": 0}
        | {"text": f"Answer {row['reference']}", "suggested_change": ""}
        for row in responses
    ]
    return responses, answers


def plain(column: sa.Column[Any]) -> Any:
    """What a column holds where nothing was said."""
    default = column.default
    if default is None or not default.is_scalar:
        return [] if column.name == "connection" else None
    return default.arg  # type: ignore[attr-defined]
