"""Optional questions about people, kept apart from responses so that nothing can bring the two together.

They are asked after a response was sent, on a page whose address says nothing of it, and what is answered is only ever
added up: one number for each answer of each question, and no row for a person, no time, no order. So two answers of the
same person cannot be put side by side either. Members see the numbers after the close, without those below five.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult.consultations.models import Consultation
from consult.database import Base, alone, db
from consult.tenancy import Owned, link_to

SMALLEST = 5  # a smaller group could be recognised


class EqualityTally(Owned, Base):
    """How many gave this answer."""

    __tablename__ = "equality_tally"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id", "question", "answer"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    question: Mapped[str]
    answer: Mapped[str]
    number: Mapped[int] = mapped_column(default=0)


@dataclass(frozen=True)
class Topic:
    key: str
    title: str
    options: tuple[tuple[str, str], ...]


@cache
def topics() -> tuple[Topic, ...]:
    return tuple(
        Topic(each["key"], each["title"], tuple((key, label) for key, label in each["options"]))
        for each in read()["question"]
    )


@cache
def read() -> dict[str, Any]:
    with open(Path(__file__).with_suffix(".toml"), "rb") as file:
        return tomllib.load(file)


def as_of() -> date:
    """The day on which somebody last held the questions against the standards."""
    day = read()["as_of"]
    assert isinstance(day, date)
    return day


def tallies_of(consultation: Consultation) -> dict[tuple[str, str], EqualityTally]:
    mine = sa.select(EqualityTally).where(EqualityTally.consultation_id == consultation.id)
    return {(tally.question, tally.answer): tally for tally in db.session.scalars(mine)}


def add_up(consultation: Consultation, given: dict[str, str]) -> None:
    """Adds one to the number of each answer given (question: answer)."""
    db.session.flush()
    alone(f"equality of {consultation.id}")
    tallies = tallies_of(consultation) or begun(consultation)
    for question, answer in given.items():
        tallies[question, answer].number += 1


def begun(consultation: Consultation) -> dict[tuple[str, str], EqualityTally]:
    """Every answer at nought, at once: rows made as answers come would say what the first person said."""
    rows = [
        EqualityTally(consultation_id=consultation.id, question=topic.key, answer=key, number=0)
        for topic in topics()
        for key, _label in topic.options
    ]
    db.session.add_all(rows)
    return {(row.question, row.answer): row for row in rows}


def shown(consultation: Consultation) -> list[tuple[Topic, list[tuple[str, int | None]]]]:
    """For members: each answer's number, and none where fewer than five gave it. No totals, which would tell."""
    known = tallies_of(consultation)

    def number(topic: Topic, key: str) -> int | None:
        tally = known.get((topic.key, key))
        return tally.number if tally and tally.number >= SMALLEST else None

    return [(topic, [(label, number(topic, key)) for key, label in topic.options]) for topic in topics()]
