"""How far along the road each body is, as its authority knows it from what was handed over, announced and recorded."""

from datetime import date

from consult.officers.known import Known
from consult.spaces import journey

WORDS = {
    "": "Setting up",
    "forum_application": "Forum applied for",
    "area_application": "Area applied for",
    "forum_designation": "Forum designated",
    "area_designation": "Area designated",
    "early_engagement": "Early engagement",
    "call_for_sites": "Call for sites",
    "regulation_14": "Regulation 14",
    "considering": "Considering what people said",
    "regulation_15": "Submitted",
    "regulation_16": "Regulation 16",
    "examination": "At the examiner",
    "report": "Examiner has reported",
    "decision": "Decided on the report",
    "referendum": "Referendum held",
    "business_referendum": "Business referendum held",
    "made": "Plan made",
}
HELD = ("early_engagement", "call_for_sites", "regulation_14")


def begun(known: Known, today: date) -> set[str]:
    """The steps of `journey.toml` that the body has begun or done."""
    kinds = {each.row.stage for each in known.announced if each.state != "announced"}
    closed = any(each.row.stage == "regulation_14" and each.state == "closed" for each in known.announced)
    happened = {
        "forum_application": bool(known.forum_applications),
        "forum_designation": known.designated is not None and known.designated <= today,
        "area_application": bool(known.entry or known.applications),
        "area_designation": known.boundary == "designated",
        "considering": closed,
        "regulation_15": known.submission is not None,
        **{stage: stage in kinds for stage in HELD},
        **{key: True for key in known.milestones if key in journey.steps()},
    }
    return {key for key, true in happened.items() if true}


def furthest(known: Known, today: date) -> str:
    """The key of the last step on the road that has begun; empty where none has."""
    there = begun(known, today)
    return next((key for key in reversed(list(journey.steps())) if key in there), "")


def in_order() -> list[str]:
    """The keys of `WORDS` in the order of the road, which is `journey.toml`’s."""
    return ["", *(key for key in journey.steps() if key in WORDS)]
