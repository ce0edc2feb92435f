"""What may be sent about flags: a decision with its reason, and thresholds."""

import wtforms
from flask import request

from consult.flags.models import EXCLUDED, LEFT, NOTHING
from consult.flags.rules import Threshold, Thresholds, rules
from consult.responses.form.fields import OneOf
from consult.web.forms import Form, at_most, required


class ReviewForm(Form):
    decision = OneOf(
        "What did you find?",
        [
            (NOTHING, "Nothing is wrong with them"),
            (LEFT, "I cannot tell: count them, and tell of it in the report"),
            (EXCLUDED, "Set those aside that are ticked above: kept, and not counted"),
        ],
        validators=[required("Choose what you found.")],
    )
    reason = wtforms.TextAreaField(
        "The reason, for the record",
        validators=[required("Give the reason: it goes on record."), at_most(2000, "The reason")],
    )


def read_thresholds() -> tuple[dict[str, Thresholds], dict[str, str]]:
    """What was typed, rule by rule, and a sentence for each field that holds no number within its bounds."""
    given: dict[str, Thresholds] = {}
    errors: dict[str, str] = {}
    for key, rule in rules().items():
        for threshold in rule.thresholds:
            name = f"{key}.{threshold.key}"
            typed = request.form.get(name, "").strip()
            if not is_within(typed, threshold):
                errors[name] = f"Enter a whole number from {threshold.least:,} to {threshold.most:,}."
            else:
                given.setdefault(key, {})[threshold.key] = int(typed)
    return given, errors


def is_within(typed: str, threshold: Threshold) -> bool:
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 9):
        return False
    return threshold.least <= int(typed) <= threshold.most
