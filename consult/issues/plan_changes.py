"""Where in the plan a decision shows: the first later version in which its policy reads otherwise."""

from collections.abc import Callable
from dataclasses import dataclass

from consult.consultations.models import Consultation
from consult.plans.comparing import Change, Side, of_policy
from consult.plans.models import PlanVersion
from consult.plans.policies import Policy


@dataclass(frozen=True)
class PlanChange:
    """A policy as people were asked about it, and where it first reads otherwise; `after` is None as long as no later
    version does."""

    policy: Policy
    before: PlanVersion | None
    after: PlanVersion | None = None
    change: Change | None = None


def policies_to_name(consultation: Consultation) -> list[Policy]:
    """Those that people were asked about, and those that a later version of the plan has besides."""
    found: dict[str, Policy] = {}
    for version in from_then_on(consultation):
        for policy in version.policies:
            found.setdefault(policy.key, policy)
    return list(found.values())


def from_then_on(consultation: Consultation) -> list[PlanVersion]:
    asked = consultation.plan_version
    return [v for v in asked.plan.versions if v.number >= asked.number] if asked else []


def anybody(version: PlanVersion) -> bool:
    return True


def plan_change(
    consultation: Consultation, key: str, may_see: Callable[[PlanVersion], bool] = anybody
) -> PlanChange | None:
    """None where the decision names no policy, or one that whoever asks may not see."""
    versions = [v for v in from_then_on(consultation) if v is consultation.plan_version or may_see(v)]
    named = [policy for version in versions if (policy := version.policy_by_key(key))] if key else []
    if not named:
        return None
    asked, *later = versions
    before = asked.policy_by_key(key)
    for version in later:
        after = version.policy_by_key(key)
        change = Change("policy", side(before), side(after)) if before or after else None
        if change and change.states != ["same"]:
            return PlanChange(named[-1], asked, version, change)
    return PlanChange(named[-1], asked)


def side(policy: Policy | None) -> Side | None:
    """Without the section that it stands in: a policy that only moved has not changed."""
    return of_policy(policy, "") if policy else None
