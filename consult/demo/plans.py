"""The draft plans that the demo's consultations are about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from consult.demo.library import shelf


@dataclass(frozen=True)
class SectionText:
    title: str
    text: str


@dataclass(frozen=True)
class PolicyText:
    reference: str
    topic: str  # which reasons in words/reasons.toml fit it
    title: str
    summary: str
    text: str


@dataclass(frozen=True)
class PlanText:
    title: str
    sections: tuple[SectionText, ...]
    policies: tuple[PolicyText, ...]

    def about(self, topic: str) -> PolicyText | None:
        return next((policy for policy in self.policies if policy.topic == topic), None)


@cache
def plan_for(area_slug: str) -> PlanText:
    written = shelf("plans")[area_slug]
    return PlanText(
        written["title"],
        tuple(SectionText(**section) for section in written["sections"]),
        tuple(PolicyText(**policy) for policy in written["policies"]),
    )
