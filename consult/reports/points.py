"""The points of a consultation: each thing that somebody said or pointed at, as the response log lists it.

What was said is never edited, so it is read from the responses; whose it is and what became of it comes from the
snapshot, so that the same snapshot always gives the same list.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
import shapely
import sqlalchemy as sa
from shapely.geometry.base import BaseGeometry

from consult.consultations.models import Consultation, Question
from consult.consultations.questions.kinds import CHOSEN, MEASURED
from consult.database import db
from consult.feedback import amounts
from consult.feedback.facts import CONNECTIONS, HOMES, NONE, STATUSES, Asked, Facts
from consult.plans.models import Policy
from consult.responses.models import Answer, Place, Response

IN_A_COLUMN = (*CHOSEN, *MEASURED)
BY_NAME = 500  # so many responses are asked for by name
TAKEN_BACK = "withdrawn"  # its words are not passed on


@dataclass(frozen=True)
class Voice:
    """One response, as the snapshot knows it."""

    id: UUID
    reference: str
    received: str
    status: str
    kind: str
    channel: str
    people: int
    connection: tuple[str, ...]
    home: str
    campaign: str = ""

    @property
    def is_heard(self) -> bool:
        return self.status != TAKEN_BACK


@dataclass(frozen=True)
class Reply:
    """What the body answered to a point, what came of it, and what changes in the plan."""

    text: str = ""
    outcome: str = ""
    plan_change: str = ""


NO_REPLY = Reply()


@dataclass(frozen=True)
class Point:
    """One thing said: on a question, perhaps on a policy, perhaps at a place."""

    number: str  # R-7K3M-Q4/q1/2; a place's last part begins with p
    voice: Voice
    question: str
    policy: str = ""
    stance: str = ""
    comment: str = ""
    suggestion: str = ""
    geometry: BaseGeometry | None = None
    is_place: bool = False
    passage: UUID | None = None  # the answer, or the place, that it is or is cut from
    themes: tuple[str, ...] = ()
    is_borne: bool = False  # a coder put it to another policy or stance than was given
    reply: Reply = NO_REPLY
    id: UUID | None = None  # of the point as coded; none where nobody has touched the passage

    @property
    def words(self) -> str:
        """The comment and the change it asks for, as one text."""
        change = f"Suggested change: {self.suggestion}" if self.suggestion else ""
        return "\n\n".join(part for part in (self.comment, change) if part)


def voices(facts: Facts) -> list[Voice]:
    """Every response, in the order of arrival."""
    every = facts.ids(np.arange(len(facts)))
    return [voice(facts, at, id_) for at, id_ in enumerate(every)]


def voice(facts: Facts, at: int, id_: UUID) -> Voice:
    bits = int(facts["connection"][at])
    return Voice(
        id=id_,
        reference=facts.references[at],
        received=facts.received[at],
        status=STATUSES[facts["status"][at]],
        kind=facts.kinds[facts["kind"][at]],
        channel=facts.channels[facts["channel"][at]],
        people=int(facts["people"][at]),
        connection=tuple(word for place, word in enumerate(CONNECTIONS) if bits >> place & 1),
        home=HOMES[facts["home"][at]],
        campaign=campaign_of(facts, at),
    )


def campaign_of(facts: Facts, at: int) -> str:
    number = int(facts["campaign"][at]) if facts.campaigns else NONE
    return facts.campaigns[number] if number != NONE else ""


def points_of(
    consultation: Consultation, facts: Facts, heard: list[Voice], *, words: bool = True
) -> list[Point]:
    """Every point of these responses, those that were withdrawn left out. Without `words`, what was said is not read:
    enough to count."""
    whose = {voice.id: (at, voice) for at, voice in enumerate(heard) if voice.is_heard}
    asked = {question.reference: at for at, question in enumerate(facts.questions)}
    found = [*said(consultation.id, whose, words), *pointed(consultation.id, whose, words)]
    found.sort(key=lambda point: (whose[point.voice.id][0], asked.get(point.question, 0)))
    return found


def these(whose: Collection[UUID]) -> sa.ColumnElement[bool]:
    """Of a few, the database is asked for these alone."""
    return Response.id.in_(list(whose)) if len(whose) <= BY_NAME else sa.true()


def said(consultation_id: UUID, whose: dict[UUID, Any], words: bool = True) -> Iterator[Point]:
    """Answers in words or with a stance. What was only ticked or given as a value is no point, but a column of the
    responses."""
    written = (Answer.text, Answer.suggested_change) if words else (sa.literal(""), sa.literal(""))
    in_words = sa.or_(Answer.text != "", Answer.suggested_change != "")
    statement = (
        sa.select(Answer.response_id, Question.reference, Policy.reference)
        .add_columns(Answer.stance, *written, Answer.id)
        .join(Response, sa.and_(Response.id == Answer.response_id, Response.space_id == Answer.space_id))
        .join(Question, sa.and_(Question.id == Answer.question_id, Question.space_id == Answer.space_id))
        .outerjoin(Policy, sa.and_(Policy.id == Answer.policy_id, Policy.space_id == Answer.space_id))
        .where(Response.consultation_id == consultation_id, these(whose))
        .where(sa.or_(Question.kind.not_in(IN_A_COLUMN), in_words))
        .order_by(Answer.response_id, Question.position, Answer.position, Answer.id)
    )
    numbers: dict[tuple[UUID, str], int] = {}
    for response_id, question, policy, stance, text, change, id_ in db.session.execute(statement):
        if response_id not in whose:
            continue
        number = numbers[response_id, question] = numbers.get((response_id, question), 0) + 1
        spoke = whose[response_id][1]
        name = f"{spoke.reference}/{question}/{number}"
        yield Point(name, spoke, question, policy or "", stance or "", text, change, passage=id_)


def pointed(consultation_id: UUID, whose: dict[UUID, Any], words: bool = True) -> Iterator[Point]:
    statement = (
        sa.select(Place.id, Place.response_id, Question.reference, Place.words if words else sa.literal(""))
        .add_columns(Place.shape, Place.easting, Place.northing)
        .join(Response, sa.and_(Response.id == Place.response_id, Response.space_id == Place.space_id))
        .join(Question, sa.and_(Question.id == Place.question_id, Question.space_id == Place.space_id))
        .where(Response.consultation_id == consultation_id, these(whose))
        .order_by(Place.response_id, Question.position, Place.position, Place.id)
    )
    numbers: dict[tuple[UUID, str], int] = {}
    for id_, response_id, question, beside, shape, easting, northing in db.session.execute(statement):
        if response_id not in whose:
            continue
        number = numbers[response_id, question] = numbers.get((response_id, question), 0) + 1
        spoke = whose[response_id][1]
        geometry = shapely.from_wkb(shape) if shape else on_the_ground(easting, northing)
        name = f"{spoke.reference}/{question}/p{number}"
        yield Point(name, spoke, question, comment=beside, geometry=geometry, is_place=True, passage=id_)


def on_the_ground(easting: float | None, northing: float | None) -> BaseGeometry | None:
    return shapely.Point(easting, northing) if easting is not None and northing is not None else None


def chosen(
    consultation_id: UUID, questions: tuple[Asked, ...], whose: Collection[UUID]
) -> dict[tuple[UUID, str], list[str]]:
    """What was ticked or given: the options' words, a scale's points, numbers and days, by response and question."""
    labels = {
        (q.reference, key): key if q.kind == "scale" else label for q in questions for key, label in q.options
    }
    statement = (
        sa.select(Answer.response_id, Question.reference, Question.kind)
        .add_columns(Answer.choice, Answer.number, Answer.day)
        .join(Response, sa.and_(Response.id == Answer.response_id, Response.space_id == Answer.space_id))
        .join(Question, sa.and_(Question.id == Answer.question_id, Question.space_id == Answer.space_id))
        .where(Response.consultation_id == consultation_id, these(whose), Question.kind.in_(IN_A_COLUMN))
        .order_by(Answer.response_id, Question.position, Answer.position, Answer.id)
    )
    ticked: dict[tuple[UUID, str], list[str]] = {}
    for response_id, question, kind, choice, number, day in db.session.execute(statement):
        value = amounts.value_of(number, day)
        given = amounts.said(kind, value) if value is not None else choice or OTHER
        words = labels.get((question, choice or ""), given)
        ticked.setdefault((response_id, question), []).append(words)
    return ticked


OTHER = "(other)"
