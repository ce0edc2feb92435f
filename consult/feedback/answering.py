"""“You said, we did”: the agreed replies, published by a person, frozen as they stood. And what one response raised.

It holds the forum's own words and no resident's. A number of responses below `SMALLEST` is not told. A reply to one
point alone is about one person, so it is never on the public page: whoever holds the receipt reads it there.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult import audit, clock
from consult.clearing import personal
from consult.consultations.models import Consultation
from consult.database import alone, db
from consult.feedback import tallies
from consult.feedback.tallies import SMALLEST, Facts
from consult.issues.deciding import Answers, Decided, answered_by, answers_of
from consult.issues.gathered import Gathered, issues_of, raised
from consult.issues.models import AnswersPublication, Decision
from consult.issues.plan_changes import policies_to_name
from consult.responses.models import Response
from consult.web.errors import Refused

WORDS = ("title", "summary", "reply", "reason", "change", "minute")


def current(consultation: Consultation) -> AnswersPublication | None:
    """What everyone may read now."""
    mine = sa.select(AnswersPublication).where(
        AnswersPublication.consultation_id == consultation.id, AnswersPublication.ended.is_(None)
    )
    return db.session.scalar(mine.order_by(AnswersPublication.at.desc()).limit(1))


def entries(consultation: Consultation) -> list[dict[str, Any]]:
    """The issues with an agreed reply, as they would be published now."""
    facts, answers = tallies.take(consultation), answers_of(consultation)
    policies = {policy.key: policy.name for policy in policies_to_name(consultation)}
    return [
        entry(facts, issue, agreed, policies)
        for issue in issues_of(consultation)
        if (agreed := answers.get(issue.id, Answers()).whole.agreed)
    ]


def entry(facts: Facts, issue: Gathered, agreed: Decided, policies: dict[str, str]) -> dict[str, Any]:
    decision, agreement = agreed
    assert agreement is not None
    answered = answered_by(decision) & set(issue.points)
    figure = tallies.of_points(facts, issue.reference, (issue.points[point] for point in answered))
    few = (figure.responses or 0) < SMALLEST
    return {
        "issue": str(issue.id),
        "decision": str(decision.id),
        "number": issue.number,
        "title": issue.title,
        "summary": issue.summary,
        "responses": None if few else figure.responses,
        "people": None if few else figure.people,
        "outcome": decision.outcome,
        "reply": decision.reply,
        "reason": decision.reason,
        "change": decision.change,
        "policy_key": decision.policy_key,
        "policy": policies.get(decision.policy_key, ""),
        "day": agreement.day.isoformat(),
        "minute": agreement.minute,
    }


def personal_details(entry: dict[str, Any]) -> list[str]:
    """What the rules would take out of the forum's own words: to be looked at before it is published."""
    return [entry[name][span.start : span.end] for name in WORDS for span in personal.find(entry[name])]


def publish(consultation: Consultation, by: Any) -> AnswersPublication:
    """Publishes what is agreed now; an earlier publication ends. Raises Refused before the close, since replies one
    response apart would tell who that was, and where nothing is agreed."""
    take_turns(consultation)
    if consultation.state() != "closed":
        raise Refused("Replies are published once the consultation has closed.")
    content = entries(consultation)
    if not content:
        raise Refused("No reply has been agreed yet, so there is nothing to publish.")
    finish(current(consultation), by)
    made = AnswersPublication(consultation_id=consultation.id, content={"issues": content}, by_id=by.id)
    db.session.add(made)
    db.session.flush()
    audit.record("answers.published", consultation.title, by=by, issues=len(content))
    return made


def end(consultation: Consultation, by: Any) -> None:
    """Takes it back from the public page; what was published stays on record. Raises Refused where it is not there."""
    take_turns(consultation)
    publication = current(consultation)
    if publication is None:
        raise Refused("The replies of this consultation are not published.")
    finish(publication, by)
    audit.record("answers.withdrawn", consultation.title, by=by)


def take_turns(consultation: Consultation) -> None:
    db.session.flush()  # `alone` reads everything afresh
    alone(f"answers {consultation.id}")


def finish(publication: AnswersPublication | None, by: Any) -> None:
    if publication is not None:
        publication.ended, publication.ended_by_id = clock.now(), by.id


# What one response raised.


@dataclass(frozen=True)
class Mine:
    """A published issue that a response is part of. `alone`: replies to single points of it, for whoever sent them."""

    entry: dict[str, Any]
    points: list[UUID]
    alone: dict[UUID, Decision]

    @property
    def answered_together(self) -> bool:
        return len(self.alone) < len(self.points)


def mine(
    consultation: Consultation, publication: AnswersPublication, response: Response
) -> tuple[list[Mine], bool]:
    """The published issues that answer this response, and whether it raised something that is still to be answered."""
    points = raised(consultation, response.id)
    answers = answers_of(consultation)
    found, left = [], set(points.owners)
    for entry in publication.content.get("issues", []):
        answered, alone = of_issue(entry, answers.get(UUID(entry["issue"]), Answers()), set(points.owners))
        if answered:
            found.append(Mine(entry, sorted(answered), alone))
        left -= answered
    return found, bool(left)


def of_issue(
    entry: dict[str, Any], answers: Answers, points: set[UUID]
) -> tuple[set[UUID], dict[UUID, Decision]]:
    """Which of these points a published issue answers, and the agreed replies to single ones."""
    published = next((row for row, _ in answers.whole.every if str(row.id) == entry["decision"]), None)
    alone = {
        point: replies.agreed[0]
        for point, replies in answers.single.items()
        if point in points and replies.agreed
    }
    return (answered_by(published) & points) | set(alone), alone
