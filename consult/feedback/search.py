"""What people wrote, listed and searched: the words as they were written, with the search marked in its context.

The rows are read through the walls of the space; the index (`word_index.py`) only says which of them to look at.
"""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult.consultations.models import Consultation, Question
from consult.database import db
from consult.feedback import word_index
from consult.plans.models import Policy
from consult.points.frame import Frame
from consult.points.models import Coding, Point, standing_codings, standing_points
from consult.responses.languages.answer_translations import AnswerTranslation, translations_of
from consult.responses.models import Answer, Place, Response

AROUND = 160  # characters shown on each side of what was looked for
LONG = 3 * AROUND
MOST_BY_ID = 500  # so many rows are asked for by name; with more, the consultation is read through


@dataclass(frozen=True)
class Passage:
    """One piece of writing: an answer, a suggested change, or the words beside a place."""

    row: word_index.Row
    response_id: UUID
    reference: str
    received: datetime
    channel: str
    question: str
    asked: str
    text: str
    policy: str = ""
    stance: str = ""
    english: AnswerTranslation | None = None  # where somebody has put it into English

    @property
    def suggestion(self) -> bool:
        return self.row[1] == "suggested_change"


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for; empty means anything. `among`: only these responses; `rows`: only these rows."""

    among: Set[UUID]
    words: str = ""
    question: str = ""
    policy: str = ""
    stance: str = ""
    channel: str = ""
    rows: Set[UUID] | None = None

    def takes(self, passage: Passage) -> bool:
        return (
            passage.response_id in self.among
            and self.question in ("", passage.question)
            and self.policy in ("", passage.policy)
            and self.stance in ("", passage.stance)
            and self.channel in ("", passage.channel)
            and (self.rows is None or passage.row[0] in self.rows)
        )


def passages(consultation: Consultation, wanted: Wanted) -> list[Passage]:
    """Every passage that is wanted, in the order of the questions and then of arrival. Words are looked for in what was
    written and in its translation."""
    english = translations_of(consultation)
    hits = word_index.found(wanted.words) | translated(english, wanted.words) if wanted.words else None
    ids = {id_ for id_, _ in hits} if hits is not None else None
    found = [
        replace(passage, english=english.get(passage.row))
        for passage in (*answered(consultation.id, ids), *pointed(consultation.id, ids))
        if (hits is None or passage.row in hits) and wanted.takes(passage)
    ]
    order = {question.reference: place for place, question in enumerate(consultation.questions)}
    return sorted(found, key=lambda p: (order[p.question], p.received, p.reference, p.policy, p.suggestion))


def translated(
    english: Mapping[tuple[UUID | None, str], AnswerTranslation], words: str
) -> set[word_index.Row]:
    """The passages in whose translation these words stand: translations are few, and each is read through."""
    stems = [re.compile(stem_of(piece), re.IGNORECASE) for piece in word_index.pieces(words)]
    return {
        (row, part)
        for (row, part), made in english.items()
        if row and stems and all(stem.search(made.text) for stem in stems)
    }


def of_response(table: Any, consultation_id: UUID, ids: set[UUID] | None) -> sa.Select[Any]:
    """Rows of answers or places with their response and question; `ids`: only these."""
    statement = (
        sa.select(table.id, Response.id, Response.reference, Response.received, Response.channel)
        .add_columns(Question.reference, Question.title)
        .join(Response, sa.and_(Response.id == table.response_id, Response.space_id == table.space_id))
        .join(Question, sa.and_(Question.id == table.question_id, Question.space_id == table.space_id))
        .where(Response.consultation_id == consultation_id)
    )
    return statement.where(table.id.in_(ids)) if ids is not None and len(ids) <= MOST_BY_ID else statement


def answered(consultation_id: UUID, ids: set[UUID] | None) -> Iterator[Passage]:
    statement = (
        of_response(Answer, consultation_id, ids)
        .add_columns(Answer.text, Answer.suggested_change, Policy.reference, Answer.stance)
        .outerjoin(Policy, sa.and_(Policy.id == Answer.policy_id, Policy.space_id == Answer.space_id))
        .where(sa.or_(Answer.text != "", Answer.suggested_change != ""))
    )
    rows: Any = db.session.execute(statement)
    for id_, *about, text, change, policy, stance in rows:
        for words, field in ((text, "text"), (change, "suggested_change")):
            if words:
                yield Passage((id_, field), *(*about, words, policy or "", stance or ""))


def pointed(consultation_id: UUID, ids: set[UUID] | None) -> Iterator[Passage]:
    statement = of_response(Place, consultation_id, ids).add_columns(Place.words).where(Place.words != "")
    rows: Any = db.session.execute(statement)
    for id_, *about, words in rows:
        yield Passage((id_, "words"), *(*about, words))


def raising(frame: Frame, theme: UUID) -> set[UUID]:
    """The answers and places of which somebody said, in a coding that stands, that they raise this theme."""
    statement = (
        sa.select(Point.answer_id, Point.place_id, Coding.theme_id)
        .join(Coding, sa.and_(Coding.point_id == Point.id, Coding.space_id == Point.space_id))
        .where(standing_points(), standing_codings())
    )
    rows = db.session.execute(statement)
    raised = (answer or place for answer, place, coded in rows if frame.stands_for(coded) == theme)
    return {id_ for id_ in raised if id_ is not None}


def marking(text: str, words: str) -> re.Pattern[str] | None:
    """What is marked: the words as they were typed, else each of them in whatever form it has there."""
    if not words:
        return None
    typed = re.compile(re.escape(words), re.IGNORECASE)
    if typed.search(text):
        return typed
    stems = [stem_of(piece) for piece in word_index.pieces(words)]
    return re.compile("|".join(stems), re.IGNORECASE) if stems else typed


def stem_of(piece: str) -> str:
    return r"\b" + re.escape(piece[: max(3, len(piece) - 3)]) + r"\w*"


def in_context(text: str, words: str) -> list[tuple[str, bool]]:
    """The text in pieces, those that were looked for marked; of a long text, what stands around the first."""
    looked_for = marking(text, words)
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
