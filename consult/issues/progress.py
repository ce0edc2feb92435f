"""How far the answering has come, and the one thing to do next."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from consult.consultations.models import Consultation
from consult.issues.deciding import Answers, answers_of
from consult.issues.gathered import Gathered, Raised, raised
from consult.issues.plan_changes import plan_change
from consult.issues.words import CHANGING
from consult.points.frame import Entry
from consult.points.readers import Answering, answering


@dataclass(frozen=True)
class Progress:
    """Of the points that raise a matter."""

    points: int
    gathered: int
    answered: int
    agreed: int

    def percent(self, done: int) -> int:
        """Rounded down: it says 100 only when nothing is left."""
        return 100 * done // self.points if self.points else 0


@dataclass(frozen=True)
class Next:
    """What is to be done: a sentence, the words on its button, and the page (endpoint and what its address names)."""

    sentence: str
    button: str
    endpoint: str
    where: dict[str, Any]


def progress(points: Raised, issues: list[Gathered], answers: dict[UUID, Answers]) -> Progress:
    there = set(points.owners)
    mine = [(issue, answers.get(issue.id, Answers())) for issue in issues]
    return Progress(
        points=len(there),
        gathered=len(union(set(issue.points) for issue in issues)),
        answered=len(union(said.answered & set(issue.points) for issue, said in mine)),
        agreed=len(union(said.agreed & set(issue.points) for issue, said in mine)),
    )


def union(sets: Any) -> set[UUID]:
    return set().union(*sets)


def next_step(
    consultation: Consultation, points: Raised, issues: list[Gathered], answers: dict[UUID, Answers]
) -> Next | None:
    """The first that is not done, in the order in which it is done; None once everything is answered and agreed."""
    if not points.owners:
        return Next(
            "Nothing is coded yet: read what people wrote, and say which themes it raises.",
            "Read and sort",
            "points.overview",
            {"reference": consultation.reference},
        )
    theme = ungathered(points, issues)
    if theme is not None:
        return Next(
            f"No issue answers “{theme.label}” yet.",
            "Begin an issue with it",
            "issues.begin",
            {"reference": consultation.reference, "theme": theme.id},
        )
    steps = (of_issue(issue, answers.get(issue.id, Answers())) for issue in issues)
    return next((step for step in steps if step), None) or unwritten(consultation, issues, answers)


def ungathered(points: Raised, issues: list[Gathered]) -> Entry | None:
    """The theme with most points that are in no issue."""
    inside = union(set(issue.points) for issue in issues)
    left = [(len(points.by_theme.get(e.id, set()) - inside), e) for e in points.frame.matters]
    number, entry = max(left, key=lambda pair: pair[0])
    return entry if number else None


def of_issue(issue: Gathered, said: Answers) -> Next | None:
    here = {"issue_id": issue.id}
    if said.whole.latest is None:
        return Next(
            f"Issue {issue.number}, “{issue.title}”, has no reply yet.",
            "Write the reply",
            "issues.decision",
            here,
        )
    if said.whole.draft or any(replies.draft for replies in said.single.values()):
        return Next(
            f"A reply to issue {issue.number} waits to be agreed.", "Look at it", "feedback.issue", here
        )
    if since := len(said.since(issue)):
        came = "1 point has" if since == 1 else f"{since:,} points have"
        return Next(
            f"{came} come into issue {issue.number} since its reply: does it answer them too?",
            "Write the reply anew",
            "issues.decision",
            here,
        )
    return None


def unwritten(
    consultation: Consultation, issues: list[Gathered], answers: dict[UUID, Answers]
) -> Next | None:
    for issue in issues:
        agreed = answers.get(issue.id, Answers()).whole.agreed
        if agreed and agreed[0].outcome in CHANGING:
            change = plan_change(consultation, agreed[0].policy_key)
            if change is not None and change.after is None:
                return Next(
                    f"Policy {change.policy.name} is to change (issue {issue.number}), and reads as before.",
                    "Change the plan",
                    "plans.show",
                    {},
                )
    return None


@answering
def by_response(consultation: Consultation) -> dict[UUID, Answering]:
    """How far the points of each response are answered, for those who hand out what is to be read."""
    points, found = raised(consultation), answers_of(consultation).values()
    answered, agreed = union(each.answered for each in found), union(each.agreed for each in found)
    owned: dict[UUID, list[UUID]] = {}
    for point, response in points.owners.items():
        owned.setdefault(response, []).append(point)
    return {
        response: Answering(len(mine), len(answered.intersection(mine)), len(agreed.intersection(mine)))
        for response, mine in owned.items()
    }
