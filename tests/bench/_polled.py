"""A consultation of twelve questions that a great many answered, put past the application."""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from consult.consultations.models import Consultation, find
from consult.database import db, unit_of_work
from consult.responses.models import Answer, Response
from consult.tenancy import here
from tests.bench._stored import plain
from tests.responses import asking

QUESTIONS, ANSWERED, EACH = 12, 0.9, 2_000
OPTIONS = ("Very much", "Rather", "Neither", "Rather not", "Not at all")
WORDS = "I would like to see more trees and slower traffic on the road by the school, and fewer lorries. "
Rows = list[dict[str, Any]]


def consultation(words: int = 0) -> Consultation:
    """Opened in the space that we stand in; `words` of its questions are answered in words."""
    made = asking.drafted()
    for question in list(made.questions):
        db.session.delete(question)
    db.session.flush()
    db.session.expire(made)
    for number in range(QUESTIONS):
        if number < QUESTIONS - words:
            made.ask("choice", f"Question {number}", options=OPTIONS)
        else:
            made.ask("text", f"Question {number}")
    asking.open_it(made)
    db.session.flush()
    return made


def fill(space: UUID, number: int) -> None:
    for first in range(0, number, EACH):
        with unit_of_work():
            from consult import tenancy

            with tenancy.inside(space):
                made = find("reg14")
                assert made is not None
                responses, answers = rows(made, range(first, min(first + EACH, number)))
        with unit_of_work(), db.engine.begin() as connection:
            connection.execute(sa.insert(Response.__table__), responses)
            connection.execute(sa.insert(Answer.__table__), answers)


def rows(made: Consultation, numbers: range) -> tuple[Rows, Rows]:
    draw = random.Random(numbers.start)
    opened = made.opening.at if made.opening else None
    assert opened is not None
    whole = {c.name: value for c in Response.__table__.columns if (value := plain(c)) is not None}
    responses = [
        whole
        | {"space_id": here(), "id": uuid4(), "consultation_id": made.id, "key": f"polled {number}"}
        | {"reference": f"R-{number:06}", "received": opened + timedelta(seconds=number)}
        | {"kind": "individual", "home": draw.choice(("inside", "outside", "unknown")), "people": 1}
        for number in numbers
    ]
    return responses, [each for row in responses for each in answers_to(made, row, draw)]


def answers_to(made: Consultation, response: dict[str, Any], draw: random.Random) -> Iterator[dict[str, Any]]:
    whole = {c.name: value for c in Answer.__table__.columns if (value := plain(c)) is not None}
    for question in made.questions:
        if draw.random() < ANSWERED:
            choice = draw.choice(question.options)["key"] if question.options else None
            words = "" if question.options else WORDS * draw.randrange(1, 4)
            yield (
                whole
                | {"space_id": here(), "id": uuid4(), "response_id": response["id"]}
                | {"question_id": question.id, "choice": choice, "text": words, "suggested_change": ""}
            )
