"""What the body replied to each point: as it was agreed when the responses were frozen, so that a report that is built
later says the same. Decisions and steps are never edited, so their days tell."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa

from consult.database import db
from consult.feedback.models import Snapshot
from consult.issues.models import Agreement, Decision, Dissolving, Issue, Step
from consult.issues.words import OUTCOMES
from consult.reports.points import NO_REPLY, Point, Reply


def replies_of(snapshot: Snapshot) -> Mapping[UUID, Reply]:
    """By the point as it was coded (`points.models.Point`). A decision on one point goes before that on its issue; a
    point that two issues answer has the reply of the first."""
    whole: dict[UUID, Decision] = {}
    single: dict[UUID, Reply] = {}
    for decision in agreed(snapshot):
        if decision.point_id is not None:
            single[decision.point_id] = reply(decision)
        else:
            whole[decision.issue_id] = decision
    by_issue = [(UUID(point), reply(each)) for each in reversed(whole.values()) for point in each.answers]
    return dict(by_issue) | single


def agreed(snapshot: Snapshot) -> list[Decision]:
    """Those of issues that stood, in the order of the issues and then of the decisions: the last one holds."""
    statement = (
        sa.select(Decision)
        .join(
            Agreement, sa.and_(Agreement.decision_id == Decision.id, Agreement.space_id == Decision.space_id)
        )
        .join(Issue, sa.and_(Issue.id == Decision.issue_id, Issue.space_id == Decision.space_id))
        .where(Issue.consultation_id == snapshot.consultation_id, Agreement.at <= snapshot.at)
        .where(Issue.step_id.not_in(undone(snapshot)), Issue.id.not_in(dissolved(snapshot)))
        .order_by(Issue.number, Decision.number)
    )
    return list(db.session.scalars(statement))


def undone(snapshot: Snapshot) -> sa.Select[UUID | None]:
    """The steps that had been taken back by then."""
    return sa.select(Step.undoes_id).where(Step.undoes_id.is_not(None), Step.at <= snapshot.at)


def dissolved(snapshot: Snapshot) -> sa.Select[UUID]:
    return (
        sa.select(Dissolving.issue_id)
        .join(Step, sa.and_(Step.id == Dissolving.step_id, Step.space_id == Dissolving.space_id))
        .where(Step.at <= snapshot.at, Step.id.not_in(undone(snapshot)))
    )


def reply(decision: Decision) -> Reply:
    words = "\n\n".join(part for part in (decision.reply, decision.reason) if part)
    return Reply(words, str(OUTCOMES[decision.outcome]), decision.change)


def replied(points: list[Point], snapshot: Snapshot) -> list[Point]:
    """The points, each with its reply."""
    replies = replies_of(snapshot)
    if not replies:
        return points
    return [replace(each, reply=replies.get(each.id, NO_REPLY)) if each.id else each for each in points]
