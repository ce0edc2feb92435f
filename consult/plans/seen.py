"""Which versions of the plan everyone may see. The floors above know, since they ask people about them."""

from collections.abc import Callable
from typing import Final

from flask import abort

from consult.access import Act
from consult.plans.models import PlanVersion, find_version, latest_version
from consult.spaces import doors

Rule = Callable[[PlanVersion], bool]
_rules: Final[dict[str, Rule]] = {}


def rule(function: Rule) -> Rule:
    """Marks a function as telling that a frozen version may be seen by everyone."""
    _rules[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def may_be_seen(version: PlanVersion) -> bool:
    return version.frozen is not None and any(allows(version) for allows in _rules.values())


def visible() -> list[PlanVersion]:
    """The versions that whoever asks may see, the newest last: its members see all."""
    newest = latest_version()
    versions = newest.plan.versions if newest else []
    return [version for version in versions if doors.may(Act.LOOK) or may_be_seen(version)]


def find(number: int) -> PlanVersion:
    version = find_version(number)
    if version is None or not (doors.may(Act.LOOK) or may_be_seen(version)):
        abort(404)
    return version
