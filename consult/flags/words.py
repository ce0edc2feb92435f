"""What a flag rests on, in a sentence."""

import math
from datetime import datetime
from typing import Any

from consult.responses.door.moments import day_and_time


def evidence_words(flag: Any) -> str:
    """From its numbers; the moments as a clock in the United Kingdom showed them."""
    given = flag.evidence
    number = responses(given.get("number", len(flag.responses)))
    if flag.rule.key in ("burst", "network_burst"):
        first, last = (datetime.fromisoformat(given[name]) for name in ("from", "until"))
        where = " from one network" if flag.rule.key == "network_burst" else ""
        return f"{number}{where} within {lasting(first, last)}, from {day_and_time(first)}."
    if flag.rule.key == "quick":
        takes = minutes(given["takes_seconds"] / 60)
        below = f"{given['below_seconds']:g} seconds"
        return f"{number} sent less than {below} after the form was opened; it takes about {takes}."
    if flag.rule.key == "network":
        return f"{number} from one network."
    return (
        f"{number} after the close, the last one on {day_and_time(datetime.fromisoformat(given['until']))}."
    )


def lasting(first: datetime, last: datetime) -> str:
    """The seconds that passed, whatever a clock did meanwhile."""
    return minutes(math.ceil((last - first).total_seconds() / 60))


def minutes(number: float) -> str:
    return "1 minute" if max(number, 1) == 1 else f"{number:g} minutes"


def responses(number: int) -> str:
    return "1 response" if number == 1 else f"{number:,} responses"
