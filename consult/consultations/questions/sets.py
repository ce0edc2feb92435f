"""Sets of questions that are asked again: those a space keeps, and those that come with the house.

A set holds the questions in plain words, not links to where they were asked: what it came from may change or go. A
condition in it names the place of another question in the set. Pictures stay with the consultation they belong to.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.consultations.questions.conditions import Condition
from consult.consultations.records import Question
from consult.database import Base, db
from consult.tenancy import Owned

WRITTEN = ("kind", "title", "hint", "help", "required", "settings")


class QuestionSet(Owned, Base):
    """Questions that a space keeps, to ask them again."""

    __tablename__ = "question_set"
    __table_args__ = (sa.UniqueConstraint("space_id", "name"),)
    name: Mapped[str]
    content: Mapped[list[dict[str, Any]]]  # as `written` gives
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


def written(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """The questions as plain words, in their order."""
    return list(each_written(list(questions)))


def each_written(questions: list[Question]) -> Iterator[dict[str, Any]]:
    places = {question.id: place for place, question in enumerate(questions)}
    for question in questions:
        said: dict[str, Any] = {name: getattr(question, name) for name in WRITTEN}
        said["options"], said["page"] = [dict(option) for option in question.options or ()], question.page
        condition = question.condition
        if condition and condition.question in places:
            said["show_if"] = {"place": places[condition.question], "any": list(condition.any_of)}
        yield said


def ask_all(consultation: Any, content: Iterable[dict[str, Any]]) -> list[Question]:
    """Asks the questions of a set at the end of a consultation, on pages of their own where there are questions
    already."""
    asked: list[Question] = []
    pages_before = consultation.pages[-1] if consultation.pages else 0
    for said in content:
        question = Question(consultation_id=consultation.id, **{name: said[name] for name in WRITTEN})
        number = len(consultation.questions) + 1
        question.position, question.reference = number, f"q{number}"
        question.options, question.page = said["options"], pages_before + said.get("page", 1)
        if condition := said.get("show_if"):
            question.show_if = Condition(asked[condition["place"]].id, tuple(condition["any"])).written
        consultation.take_in(question)
        asked.append(question)
    return asked


def kept() -> list[QuestionSet]:
    """The sets of the space we stand in, by name."""
    return list(db.session.scalars(sa.select(QuestionSet).order_by(QuestionSet.name)))


def keep(name: str, questions: Iterable[Question], by: Any) -> QuestionSet:
    """Keeps the questions under this name, in place of a set that has it."""
    known = db.session.scalar(sa.select(QuestionSet).where(QuestionSet.name == name))
    found = known or QuestionSet(name=name)
    found.content, found.at, found.by_id = written(questions), clock.now(), by.id
    db.session.add(found)
    db.session.flush()
    return found
