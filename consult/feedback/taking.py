"""Takes the facts of a consultation from the database, all of them as they stand in one transaction."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult.campaigns import letters, petitions
from consult.consultations.models import Consultation
from consult.database import db
from consult.feedback.amounts import value_of
from consult.feedback.facts import (
    AnswerFact,
    Asked,
    Facts,
    PlaceFact,
    Proposed,
    ResponseFact,
    gather,
)
from consult.responses.models import Answer, Place, Response, SettingAside
from consult.responses.standing import status_of


def take(consultation: Consultation) -> Facts:
    """Every response received, each with exactly one status, in the order of arrival."""
    questions = {question.id: question.reference for question in consultation.questions}
    policies = {policy.id: policy for policy in consultation.policies}
    return gather(
        consultation.reference,
        [asked(question) for question in consultation.questions],
        [Proposed(policy.reference, policy.title) for policy in policies.values()],
        responses_of(consultation),
        answers_of(consultation.id, questions, {id_: policy.reference for id_, policy in policies.items()}),
        places_of(consultation.id, questions),
    )


def asked(question: Any) -> Asked:
    options = tuple((option["key"], option["label"]) for option in question.options or ())
    return Asked(question.reference, question.kind, question.title, options)


def responses_of(consultation: Consultation) -> Iterator[ResponseFact]:
    campaigns, signed = letters.confirmed(consultation), petitions.signed(consultation)
    apart = sa.and_(SettingAside.response_id == Response.id, SettingAside.space_id == Response.space_id)
    statement = (
        sa.select(
            Response.id,
            Response.reference,
            Response.received,
            SettingAside.kind,
            Response.late,
            Response.kind,
            Response.channel,
            Response.people,
            Response.connection,
            Response.home,
        )
        .outerjoin(SettingAside, apart)
        .where(Response.consultation_id == consultation.id)
    )
    for id_, reference, received, set_aside, late, *rest in db.session.execute(statement):
        petition, signatures = signed.get(id_, ("", None))
        name = petition or campaigns.get(id_, "")
        yield ResponseFact(id_, reference, received, status_of(set_aside, late), *rest)._replace(
            campaign=name, signatures=signatures
        )


def answers_of(
    consultation_id: UUID, questions: dict[UUID, str], policies: dict[UUID, str]
) -> Iterator[AnswerFact]:
    has_words = sa.or_(Answer.text != "", Answer.suggested_change != "")
    statement = (
        sa.select(
            Answer.response_id, Answer.question_id, Answer.policy_id, Answer.choice, Answer.stance, has_words
        )
        .add_columns(Answer.number, Answer.day)
        .join(Response, sa.and_(Response.id == Answer.response_id, Response.space_id == Answer.space_id))
        .where(Response.consultation_id == consultation_id)
    )
    for response, question, policy, choice, stance, words, number, day in db.session.execute(statement):
        reference = policies.get(policy) if policy else None
        yield AnswerFact(
            response, questions[question], reference, choice, stance, bool(words), value_of(number, day)
        )


def places_of(consultation_id: UUID, questions: dict[UUID, str]) -> Iterator[PlaceFact]:
    statement = (
        sa.select(Place.response_id, Place.question_id, Place.easting.is_not(None))
        .join(Response, sa.and_(Response.id == Place.response_id, Response.space_id == Place.space_id))
        .where(Response.consultation_id == consultation_id)
    )
    for response, question, mapped in db.session.execute(statement):
        yield PlaceFact(response, questions[question], bool(mapped))
