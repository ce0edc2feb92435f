"""Canaries: strings that only one space may ever see, in every kind of row."""

from dataclasses import dataclass
from uuid import UUID

from consult.audit import Deed
from consult.consultations.models import Consultation, Question
from consult.database import db
from consult.plans.models import Plan, PlanVersion, Policy
from consult.responses.models import Answer, Response


@dataclass(frozen=True)
class Planted:
    plan: UUID
    version: UUID
    policy: UUID
    consultation: UUID
    question: UUID
    response: UUID
    answer: UUID


def add(row):
    db.session.add(row)
    db.session.flush()
    return row


def plant(word: str) -> Planted:
    """Fills the space we stand in; every string carries the word."""
    plan = add(Plan(title=f"{word} plan"))
    version = add(PlanVersion(plan_id=plan.id, number=1))
    policy = add(
        Policy(version_id=version.id, reference="H1", title=f"{word} policy", text=f"{word} text", position=1)
    )
    consultation = add(
        Consultation(
            reference=f"{word}-draft",
            stage="early_engagement",
            title=f"{word} consultation",
            summary=f"{word} summary",
        )
    )
    question = add(
        Question(
            consultation_id=consultation.id, reference="q1", kind="text", title=f"{word} question", position=1
        )
    )
    response = add(
        Response(
            consultation_id=consultation.id,
            reference=f"R-{word}",
            key=f"{word} key",
            name=f"{word} name",
            email=f"{word}@example.org",
        )
    )
    answer = add(Answer(response_id=response.id, question_id=question.id, text=f"{word} answer"))
    add(Deed(by=f"{word} person", act="planted", subject=f"{word} subject"))
    return Planted(plan.id, version.id, policy.id, consultation.id, question.id, response.id, answer.id)
