"""The forum's replies: drafted, agreed, and replaced by later ones. What was decided is never edited."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult import audit, clock
from consult.consultations.models import Consultation
from consult.database import alone, db
from consult.issues.gathered import Gathered, issue_at
from consult.issues.models import Agreement, Decision, Issue
from consult.web.errors import Refused

Decided = tuple[Decision, Agreement | None]


@dataclass(frozen=True)
class Replies:
    """The decisions on one issue, or on one point of it, the latest first."""

    every: list[Decided] = field(default_factory=list)

    @property
    def latest(self) -> Decision | None:
        return self.every[0][0] if self.every else None

    @property
    def agreed(self) -> Decided | None:
        """The one that stands: agreed, and no later one was."""
        return next((pair for pair in self.every if pair[1] is not None), None)

    @property
    def draft(self) -> Decision | None:
        return self.latest if self.every and self.every[0][1] is None else None


@dataclass(frozen=True)
class Answers:
    """Everything that was decided about one issue."""

    whole: Replies = field(default_factory=Replies)
    single: dict[UUID, Replies] = field(default_factory=dict)

    @property
    def answered(self) -> set[UUID]:
        """The points that somebody wrote a reply to."""
        return answered_by(self.whole.latest) | set(self.single)

    @property
    def agreed(self) -> set[UUID]:
        whole = answered_by(self.whole.agreed[0] if self.whole.agreed else None)
        return whole | {point for point, replies in self.single.items() if replies.agreed}

    def since(self, issue: Gathered) -> set[UUID]:
        """The points that came into the issue after its reply was written."""
        return set(issue.points) - self.answered if self.whole.latest else set()

    def on(self, point: UUID) -> Decided | None:
        """What was agreed about this point: a decision on it alone goes before that on the issue."""
        alone = self.single.get(point)
        if alone and alone.agreed:
            return alone.agreed
        whole = self.whole.agreed
        return whole if whole and str(point) in whole[0].answers else None


def answered_by(decision: Decision | None) -> set[UUID]:
    return {UUID(point) for point in decision.answers} if decision else set()


def answers_of(consultation: Consultation) -> dict[UUID, Answers]:
    """By issue, in one statement; an issue that nobody has answered has none."""
    statement = (
        sa.select(Decision, Agreement)
        .join(Issue, sa.and_(Issue.id == Decision.issue_id, Issue.space_id == Decision.space_id))
        .outerjoin(
            Agreement, sa.and_(Agreement.decision_id == Decision.id, Agreement.space_id == Decision.space_id)
        )
        .where(Issue.consultation_id == consultation.id)
        .order_by(Decision.number.desc())
    )
    found: dict[UUID, Answers] = {}
    for decision, agreement in db.session.execute(statement):
        answers = found.setdefault(decision.issue_id, Answers())
        replies = answers.whole
        if decision.point_id:
            replies = answers.single.setdefault(decision.point_id, Replies())
        replies.every.append((decision, agreement))
    return found


def decide(
    consultation: Consultation, issue_id: UUID, by: Any, *, point: UUID | None = None, **words: str
) -> Decision:
    """A new draft of the reply to an issue, or to one point of it; what was decided before stays on record. Raises
    Refused where the issue or the point is gone, or where nobody's point would be answered."""
    db.session.flush()
    alone(f"issues of {consultation.id}")
    issue = issue_at(consultation, issue_id)
    if issue is None or not issue.points:
        raise Refused("Nothing is in this issue any more: put a theme or a point into it first.")
    if point is not None and point not in issue.points:
        raise Refused("This point is not in this issue any more. Look at the issue again.")
    last = sa.select(sa.func.max(Decision.number)).where(Decision.issue_id == issue.id)
    decision = Decision(
        issue_id=issue.id,
        point_id=point,
        number=(db.session.scalar(last) or 0) + 1,
        answers=sorted(map(str, [point] if point else issue.points)),
        by_id=by.id,
        **words,
    )
    db.session.add(decision)
    db.session.flush()
    audit.record(
        "decision.drafted", issue.title, by=by, outcome=decision.outcome, number=decision.number,
        consultation=consultation.reference, points=len(decision.answers),
    )  # fmt: skip
    return decision


def agree(consultation: Consultation, decision: Decision, by: Any, day: date, minute: str) -> Agreement:
    """That the body agreed it, on a UK day, by this minute. Raises Refused where it was agreed before, where a later
    one has been written, or for a day that has not come."""
    db.session.flush()
    alone(f"issues of {consultation.id}")
    answers = answers_of(consultation).get(decision.issue_id, Answers())
    replies = answers.single.get(decision.point_id, Replies()) if decision.point_id else answers.whole
    if replies.latest is None or replies.latest.id != decision.id:
        raise Refused("A later reply was written meanwhile: look at that one, and agree it instead.")
    if replies.draft is None:
        raise Refused("This reply was agreed already.")
    if day > clock.uk(clock.now()).date():
        raise Refused("Give the day on which it was agreed: it cannot lie ahead.")
    agreement = Agreement(decision_id=decision.id, day=day, minute=minute, by_id=by.id)
    db.session.add(agreement)
    db.session.flush()
    audit.record(
        "decision.agreed",
        consultation.reference,
        by=by,
        number=decision.number,
        day=day.isoformat(),
        minute=minute,
    )
    return agreement
