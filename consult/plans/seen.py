"""Which versions of the plan everyone may see. The floors above know, since they ask people about them."""

from collections.abc import Callable
from typing import Final

from flask import abort
from shapely.geometry.base import BaseGeometry

from consult.access import Act
from consult.plans.models import Plan, PlanVersion, find_version, latest_version
from consult.spaces import doors

Rule = Callable[[PlanVersion], bool]
Ground = Callable[[PlanVersion], BaseGeometry | None]
_rules: Final[dict[str, Rule]] = {}
_grounds: Final[dict[str, Ground]] = {}


def rule(function: Rule) -> Rule:
    """Marks a function as telling that a frozen version may be seen by everyone."""
    _rules[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def ground(function: Ground) -> Ground:
    """Marks a function as telling the area of a plan that was handed to an authority, which has none of its own."""
    _grounds[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def ground_of(version: PlanVersion) -> BaseGeometry | None:
    return next((found for told in _grounds.values() if (found := told(version)) is not None), None)


def may_be_seen(version: PlanVersion) -> bool:
    return version.frozen is not None and any(allows(version) for allows in _rules.values())


def visible(plan: Plan | None = None) -> list[PlanVersion]:
    """The versions that whoever asks may see, the newest last: its members see all. An authority has several plans,
    each handed to it by a body; a body has one."""
    newest = None if plan else latest_version()
    versions = plan.versions if plan else newest.plan.versions if newest else []
    return [version for version in versions if doors.may(Act.LOOK) or may_be_seen(version)]


def find(number: int) -> PlanVersion:
    version = find_version(number)
    if version is None or not (doors.may(Act.LOOK) or may_be_seen(version)):
        abort(404)
    return version
