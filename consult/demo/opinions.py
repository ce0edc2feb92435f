"""Which policies somebody writes about, which side they take, and why."""

from __future__ import annotations

from random import Random
from typing import Final

from consult.demo.library import shelf
from consult.demo.phrases import Phrasebook
from consult.demo.plans import PlanText, PolicyText
from consult.demo.questions import STANCES, Stance
from consult.demo.respondents import PolicyComment

# support, support with changes, object, comment: out of a hundred
LEANING: Final[dict[str, tuple[int, int, int, int]]] = {
    "housing-sites": (27, 19, 43, 11),
    "homes": (55, 20, 16, 9),
    "design": (52, 22, 17, 9),
    "green": (72, 13, 8, 7),
    "river": (63, 18, 11, 8),
    "heritage": (60, 18, 13, 9),
    "walking": (53, 19, 20, 8),
    "parking": (39, 20, 31, 10),
    "high-street": (54, 21, 15, 10),
    "community": (71, 15, 7, 7),
    "nature": (62, 19, 12, 7),
}
DRAW: Final = {"housing-sites": 3.2, "parking": 1.9, "green": 1.7, "walking": 1.4, "river": 1.3}


def chosen_policies(plan: PlanText, dice: Random) -> list[PolicyText]:
    """A few of them, the sites more often than the rest; some people go through every one."""
    wanted = dice.choices([1, 2, 3, 4, 6, 8], [47, 27, 14, 7, 3, 2])[0]
    ranked = sorted(plan.policies, key=lambda policy: -(dice.random() ** (1 / DRAW.get(policy.topic, 1.0))))
    picked = ranked[:wanted]
    return [policy for policy in plan.policies if policy in picked]


def stance_on(policy: PolicyText, mood: float, dice: Random) -> Stance:
    """Somebody in a good mood about the plan leans to support whatever the topic, and the other way round."""
    support, amend, against, comment = LEANING[policy.topic]
    weights = [support * (1 + mood), amend, against * (1 - mood), comment]
    return dice.choices(STANCES, weights)[0]


def comment_on(policy: PolicyText, stance: Stance, book: Phrasebook, way: str) -> PolicyComment:
    dice, reasons = book.dice, shelf("reasons")[policy.topic]
    speaks = {"support": 0.6, "support_with_changes": 0.9, "object": 0.85, "comment": 1.0}[stance]
    reason = book.say(reasons[stance], way, add_on=0.22).words if dice.random() < speaks else ""
    asks = {"support": 0.0, "support_with_changes": 0.7, "object": 0.2, "comment": 0.0}[stance]
    change = book.say(reasons["changes"], way).words if dice.random() < asks else ""
    if stance == "comment" and not reason:
        stance = "support"
    return policy.reference, stance, reason, change


def policy_comments(plan: PlanText, book: Phrasebook, way: str, mood: float) -> list[PolicyComment]:
    chosen = chosen_policies(plan, book.dice)
    return [comment_on(policy, stance_on(policy, mood, book.dice), book, way) for policy in chosen]


def verdict(comments: list[PolicyComment], dice: Random) -> str:
    """Whether the plan should go forward, in line with what they said of its policies."""
    stances = [stance for _, stance, _, _ in comments]
    if not stances or dice.random() < 0.08:
        return "I'm not sure"
    if stances.count("object") > len(stances) / 2:
        return "No" if dice.random() < 0.7 else "Yes, with changes"
    return "Yes" if set(stances) <= {"support", "comment"} else "Yes, with changes"
