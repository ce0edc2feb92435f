"""Who of those consulted has replied. Responses are a floor above: it says what it knows, and is asked here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for


@dataclass(frozen=True)
class Reply:
    """A response that is the reply of a consultee, and the page that shows it."""

    reference: str
    received: datetime
    endpoint: str
    values: dict[str, Any]

    @property
    def address(self) -> str:
        return url_for(self.endpoint, **self.values)


Known = Callable[[Any], dict[UUID, list[Reply]]]
_known: dict[str, Known] = {}


def known_by(function: Known) -> Known:
    """Marks the function that knows a consultation's replies, by the consultee's id."""
    _known[f"{function.__module__}.{function.__qualname__}"] = function
    return function


def of(consultation: Any) -> dict[UUID, list[Reply]]:
    found: dict[UUID, list[Reply]] = {}
    for function in _known.values():
        for consultee, replies in function(consultation).items():
            found.setdefault(consultee, []).extend(replies)
    return found
