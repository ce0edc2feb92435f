"""What the floors above know of something that was handed to an authority: a part of its page, and why it cannot be
decided yet. `kind` is area, forum or submission; for a step that the authority records, its key, with the body."""

from collections.abc import Callable
from datetime import date
from typing import Any

from consult.spaces.home import Panel
from consult.web.errors import Refused

Part = Callable[[str, Any], Panel | None]
Rule = Callable[[str, Any, date], str]
_parts: dict[str, Part] = {}
_rules: dict[str, Rule] = {}


def part(function: Part) -> Part:
    """Marks a function as drawing a part of the page of what was handed over."""
    _parts[name_of(function)] = function
    return function


def rule(function: Rule) -> Rule:
    """Marks a function as saying why something cannot be decided on that day; nothing when it can."""
    _rules[name_of(function)] = function
    return function


def parts_of(kind: str, handed: Any) -> list[Panel]:
    drawn = [function(kind, handed) for _, function in sorted(_parts.items())]
    return [panel for panel in drawn if panel is not None]


def refuse_early(kind: str, handed: Any, on: date) -> None:
    """Raises Refused, with what stands in the way of a decision on that day."""
    said = [function(kind, handed, on) for _, function in sorted(_rules.items())]
    if trouble := " ".join(filter(None, said)):
        raise Refused(trouble)


def name_of(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"
