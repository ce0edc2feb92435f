"""The steps after regulation 16 follow each other: what cannot have come before is refused, with the regulation."""

from datetime import date
from typing import Any, Final

from consult.consultations.opening.case import long
from consult.spaces import handed, journey, milestones

BEFORE: Final = {  # a step, and the one that has to be on record before it
    "report": "examination",
    "decision": "report",
    "referendum": "decision",
    "business_referendum": "decision",
    "made": "referendum",
}
ROAD: Final = ("regulation_16", "examination", "report", "decision", "referendum", "made")


@handed.rule
def follows(kind: str, thing: Any, on: date) -> str:
    """Why this step of a body cannot have been done on that day; nothing where it can, or where it is none of these."""
    if kind not in (*ROAD, "business_referendum", "refused"):
        return ""
    known = milestones.days(thing)
    begun = "regulation_16" in known  # what was done elsewhere, before, is recorded as far as it is known
    said = [missing(kind, known) if begun else "", out_of_order(kind, known, on), contrary(kind, known)]
    return next(filter(None, said), "")


def missing(kind: str, known: dict[str, date]) -> str:
    """What is made without a referendum, as a modification may be, is recorded with its decision alone."""
    before = BEFORE.get(kind)
    if (
        before is None
        or before in known
        or (kind == "made" and "decision" in known and "referendum" not in known)
    ):
        needs = kind == "made" and "business_area" in known and "referendum" in known
        if needs and "business_referendum" not in known:
            return f"{title_of('business_area')}, so businesses vote too: record that referendum first."
        return ""
    return f"Record first: {title_of(before).lower()} ({where_of(before)})."


def out_of_order(kind: str, known: dict[str, date], on: date) -> str:
    at = place_of(kind)
    for key in ROAD[:at]:
        if key in known and known[key] > on:
            return f"{recorded(key, known)}, so this cannot have been before. Check the day."
    for key in ROAD[at + 1 :]:
        if key in known and known[key] < on:
            return f"{recorded(key, known)}, so this cannot have come after. Check the day."
    return ""


def recorded(key: str, known: dict[str, date]) -> str:
    return f"“{title_of(key)}” is on record for {long(known[key])}"


def place_of(kind: str) -> int:
    return ROAD.index({"business_referendum": "referendum", "refused": "made"}.get(kind, kind))


def contrary(kind: str, known: dict[str, date]) -> str:
    other = {"made": "refused", "refused": "made"}.get(kind)
    if other is None or other not in known:
        return ""
    return f"“{title_of(other)}” is on record: take that back first, if it was recorded by mistake."


def title_of(key: str) -> str:
    found = journey.steps().get(key) or journey.records()[key]
    return found.title


def where_of(key: str) -> str:
    found = journey.steps().get(key) or journey.records()[key]
    return found.where
