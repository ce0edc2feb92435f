"""How long a form takes, estimated before anybody has answered it.

The rule: the words that everyone reads at 238 a minute, which is the average of adults reading English non-fiction
silently (M. Brysbaert, “How many words do we read per minute?”, Journal of Memory and Language 109, 2019); and for
each question some seconds to answer it, by its kind. Those seconds are our own judgement of a person with a view and a
phone, and nobody's measurement: they are here in one table so that they can be corrected by what responses show. Of a
question on each policy we take it that people choose three. Questions asked only of some count half.
"""

import math
from collections.abc import Iterable
from typing import Any

WORDS_A_MINUTE = 238
SECONDS = {
    "line": 20,
    "text": 60,
    "choice": 10,
    "choices": 15,
    "scale": 8,
    "number": 15,
    "date": 20,
    "stance": 45,  # for each policy chosen, beside reading it
    "place": 60,
    "file": 45,
    "agree": 5,
}
POLICIES_CHOSEN = 3
ABOUT_THEMSELVES = 45  # who they are, at the end


def minutes(questions: Iterable[Any], policies: list[Any], introductions: Iterable[str] = ()) -> int:
    """Whole minutes, one at least."""
    seconds: float = ABOUT_THEMSELVES + reading(introductions)
    for question in questions:
        seconds += seconds_of(question, policies) * (0.5 if question.condition else 1)
    return max(1, math.ceil(seconds / 60))


def seconds_of(question: Any, policies: list[Any]) -> float:
    labels = [option["label"] for option in question.options or ()]
    read = reading([question.title, question.hint, *labels])
    if question.kind != "stance":
        return read + SECONDS[question.kind]
    chosen = min(POLICIES_CHOSEN, len(policies))
    titles = reading(policy.title for policy in policies)
    summaries = reading(policy.summary for policy in policies)
    each = summaries / len(policies) + SECONDS["stance"] if policies else 0
    return read + titles + chosen * each


def reading(texts: Iterable[str]) -> float:
    """Seconds."""
    return sum(len(text.split()) for text in texts) * 60 / WORDS_A_MINUTE
