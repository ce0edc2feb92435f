"""What people wrote, listed and searched: the words as they were written, with the search marked in its context."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult.consultations.models import Consultation, Question
from consult.database import db
from consult.plans.models import Policy
from consult.responses.models import Answer, Place, Response

AROUND = 160  # characters shown on each side of what was looked for
LONG = 3 * AROUND


@dataclass(frozen=True)
class Passage:
    """One piece of writing: an answer, a suggested change, or the words beside a place."""

    response_id: UUID
    reference: str
    received: datetime
    question: str
    asked: str
    text: str
    policy: str = ""
    stance: str = ""
    suggestion: bool = False


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for; empty means anything. `among`: only these responses."""

    among: frozenset[UUID]
    words: str = ""
    question: str = ""
    policy: str = ""
    stance: str = ""

    def takes(self, passage: Passage) -> bool:
        return (
            passage.response_id in self.among
            and self.question in ("", passage.question)
            and self.policy in ("", passage.policy)
            and self.stance in ("", passage.stance)
            and self.words.casefold() in passage.text.casefold()
        )


def passages(consultation: Consultation, wanted: Wanted) -> list[Passage]:
    """Every passage that is wanted, in the order of the questions and then of arrival."""
    found = [
        passage
        for passage in (*answered(consultation.id), *pointed(consultation.id))
        if wanted.takes(passage)
    ]
    order = {question.reference: place for place, question in enumerate(consultation.questions)}
    return sorted(found, key=lambda p: (order[p.question], p.received, p.reference, p.policy, p.suggestion))


def answered(consultation_id: UUID) -> Iterator[Passage]:
    statement = (
        sa.select(Response.id, Response.reference, Response.received, Question.reference, Question.title)
        .add_columns(Answer.text, Answer.suggested_change, Policy.reference, Answer.stance)
        .join(Answer, sa.and_(Answer.response_id == Response.id, Answer.space_id == Response.space_id))
        .join(Question, sa.and_(Question.id == Answer.question_id, Question.space_id == Answer.space_id))
        .outerjoin(Policy, sa.and_(Policy.id == Answer.policy_id, Policy.space_id == Answer.space_id))
        .where(Response.consultation_id == consultation_id)
        .where(sa.or_(Answer.text != "", Answer.suggested_change != ""))
    )
    for row in db.session.execute(statement):
        id_, reference, received, question, asked, text, change, policy, stance = row
        for words, suggestion in ((text, False), (change, True)):
            if words:
                about = (id_, reference, received, question, asked)
                yield Passage(*about, words, policy or "", stance or "", suggestion)


def pointed(consultation_id: UUID) -> Iterator[Passage]:
    statement = (
        sa.select(Response.id, Response.reference, Response.received, Question.reference, Question.title)
        .add_columns(Place.words)
        .join(Place, sa.and_(Place.response_id == Response.id, Place.space_id == Response.space_id))
        .join(Question, sa.and_(Question.id == Place.question_id, Question.space_id == Place.space_id))
        .where(Response.consultation_id == consultation_id, Place.words != "")
    )
    for row in db.session.execute(statement):
        yield Passage(*row)


def in_context(text: str, words: str) -> list[tuple[str, bool]]:
    """The text in pieces, those that were looked for marked; of a long text, what stands around the first."""
    looked_for = re.compile(re.escape(words), re.IGNORECASE) if words else None
    first = looked_for.search(text) if looked_for else None
    start, end = window(text, first)
    pieces: list[tuple[str, bool]] = [("… ", False)] if start else []
    at = start
    for hit in looked_for.finditer(text, start, end) if looked_for and first else ():
        pieces += [(text[at : hit.start()], False), (hit.group(), True)]
        at = hit.end()
    pieces += [(text[at:end], False), (" …" if end < len(text) else "", False)]
    return [piece for piece in pieces if piece[0]]


def window(text: str, hit: Any) -> tuple[int, int]:
    """Where to begin and end, at word boundaries; the whole text unless it is long and something was found in it."""
    if hit is None or len(text) <= LONG:
        return 0, len(text)
    start = text.rfind(" ", 0, hit.start() - AROUND) + 1 if hit.start() > AROUND else 0
    end = text.find(" ", hit.end() + AROUND)
    return start, len(text) if end < 0 else end
