"""What the body replied to each point: as it was agreed when the responses were frozen, so that a report that is built
later says the same. Decisions and steps are never edited, so their days tell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from consult.database import db
from consult.feedback import tallies
from consult.feedback.models import Snapshot
from consult.feedback.tallies import Facts, Figure
from consult.issues.gathered import wordings
from consult.issues.models import Agreement, Decision, Dissolving, Issue, Step
from consult.issues.plan_changes import policies_to_name
from consult.issues.words import OUTCOMES
from consult.points import models as coding
from consult.points.written import in_parts
from consult.reports.points import NO_REPLY, Point, Reply

Agreed = tuple[Decision, Agreement]


@dataclass(frozen=True)
class Answered:
    """An issue with the reply that was agreed to all of it; `figure` counts the points that it answers, and `raised`
    are those of which the snapshot holds the response, each with that."""

    number: int
    name: str
    summary: str
    figure: Figure
    reply: Reply
    policy: str
    agreed: date
    minute: str
    raised: tuple[tuple[UUID, UUID], ...] = ()


def answered(decided: list[Agreed], snapshot: Snapshot, facts: Facts) -> list[Answered]:
    """In the order of the issues' numbers; of several replies to one issue the last that was agreed."""
    last = {each.issue_id: (each, by) for each, by in decided if each.point_id is None}
    if not last:
        return []
    words = wordings(snapshot.consultation_id, by_then=snapshot.at)
    owners = owners_of(UUID(point) for each, _ in last.values() for point in each.answers)
    policies = {policy.key: policy.name for policy in policies_to_name(snapshot.consultation)}
    found = []
    for decision, agreement in last.values():
        number, (title, summary) = decision.issue.number, words[decision.issue_id]
        points = [(UUID(point), owners.get(UUID(point))) for point in decision.answers]
        held = tuple((point, whose) for point, whose in points if whose is not None and whose in facts.places)
        found.append(
            Answered(
                number=number,
                name=f"{number}. {title}",
                summary=summary,
                figure=tallies.of_points(facts, key_of(number), [whose for _, whose in held]),
                reply=reply(decision),
                policy=policies.get(decision.policy_key, ""),
                agreed=agreement.day,
                minute=agreement.minute,
                raised=held,
            )
        )
    return found


def key_of(number: int) -> str:
    """The name of an issue's figure."""
    return f"issue.{number}"


def figures_of(issues: Iterable[Answered], public: bool, final: bool) -> list[Figure]:
    """Of each issue; to everyone after the close only, and never of few."""
    found = [each.figure for each in issues]
    if not public:
        return found
    told = [final and (figure.responses or 0) >= tallies.SMALLEST for figure in found]
    return [figure if may else tallies.kept(figure) for figure, may in zip(found, told, strict=True)]


def owners_of(points: Iterable[UUID]) -> dict[UUID, UUID]:
    """The response that raised each point."""
    found: dict[UUID, UUID] = {}
    for some in in_parts(list(points)):
        whose = sa.select(coding.Point.id, coding.Point.response_id).where(coding.Point.id.in_(some))
        found |= {point: response for point, response in db.session.execute(whose)}
    return found


def replies_of(decided: list[Agreed]) -> Mapping[UUID, Reply]:
    """By the point as it was coded (`points.models.Point`). A decision on one point goes before that on its issue; a
    point that two issues answer has the reply of the first."""
    whole: dict[UUID, Decision] = {}
    single: dict[UUID, Reply] = {}
    for decision, _ in decided:
        if decision.point_id is not None:
            single[decision.point_id] = reply(decision)
        else:
            whole[decision.issue_id] = decision
    by_issue = [(UUID(point), reply(each)) for each in reversed(whole.values()) for point in each.answers]
    return dict(by_issue) | single


def agreed(snapshot: Snapshot) -> list[Agreed]:
    """By then, of issues that stood, in the order of the issues and then of the decisions: the last one holds."""
    statement = (
        sa.select(Decision, Agreement)
        .join(
            Agreement, sa.and_(Agreement.decision_id == Decision.id, Agreement.space_id == Decision.space_id)
        )
        .join(Issue, sa.and_(Issue.id == Decision.issue_id, Issue.space_id == Decision.space_id))
        .where(Issue.consultation_id == snapshot.consultation_id, Agreement.at <= snapshot.at)
        .where(Issue.step_id.not_in(Step.undone(snapshot.at)), Issue.id.not_in(dissolved(snapshot)))
        .order_by(Issue.number, Decision.number)
    )
    return [(decision, agreement) for decision, agreement in db.session.execute(statement)]


def dissolved(snapshot: Snapshot) -> sa.Select[UUID]:
    return (
        sa.select(Dissolving.issue_id)
        .join(Step, sa.and_(Step.id == Dissolving.step_id, Step.space_id == Dissolving.space_id))
        .where(Step.at <= snapshot.at, Step.id.not_in(Step.undone(snapshot.at)))
    )


def reply(decision: Decision) -> Reply:
    words = "\n\n".join(part for part in (decision.reply, decision.reason) if part)
    return Reply(words, str(OUTCOMES[decision.outcome]), decision.change)


def replied(points: list[Point], decided: list[Agreed]) -> list[Point]:
    """The points, each with its reply."""
    replies = replies_of(decided)
    if not replies:
        return points
    return [replace(each, reply=replies.get(each.id, NO_REPLY)) if each.id else each for each in points]
