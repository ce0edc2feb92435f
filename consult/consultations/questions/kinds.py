"""The kinds of question: what each is called for an organiser, and what is chosen from in those that offer answers.

`Question.settings` holds, for a kind that has bounds:
- scale: `from` and `to` (whole numbers), `low` and `high` (words at the ends)
- number: `unit` (words), `least` and `most` (numbers or none), `whole` (true or false)
- date: `earliest` and `latest` (ISO days or none)
- place: `ways` (of `WAYS`)
"""

from collections.abc import Iterable
from typing import Any

KINDS = {
    "stance": "What they think of each policy: support, support with changes, object or comment, with reasons",
    "line": "A few words, on one line",
    "text": "Their own words, as many as they like",
    "choice": "One answer from a list",
    "choices": "As many answers from a list as they like",
    "scale": "A point on a scale, such as 1 to 5",
    "number": "A number",
    "date": "A date",
    "place": "A place: on the map, from a list, by postcode, grid reference or in words",
    "file": "A file, such as a photograph or a letter",
    "agree": "A statement to agree to",
}
SHORT = {
    "stance": "A view on each policy",
    "line": "A few words",
    "text": "Own words",
    "choice": "One answer",
    "choices": "Several answers",
    "scale": "A scale",
    "number": "A number",
    "date": "A date",
    "place": "A place",
    "file": "A file",
    "agree": "A statement to agree to",
}
ASKS_FOR_A_CHOICE = ("choice", "choices")  # the organiser writes the answers
ONE_OF = ("choice", "scale")  # whoever answers gives exactly one of `options`
CHOSEN = ("choice", "choices", "scale", "agree")  # answered by an option's key
IN_WORDS = ("line", "text")
MEASURED = ("number", "date")  # answered by a value of its own, in Answer.number or Answer.day
NEVER_REQUIRED = ("stance",)  # people choose the policies they want to comment on
AGREED = "agreed"
WAYS = {
    "pin": "A pin on the map",
    "line": "A line drawn on the map",
    "area": "An area drawn on the map",
    "list": "A site or policy from the plan’s list",
    "words": "Words",
    "postcode": "A postcode",
    "grid": "A grid reference",
}
ON_THE_MAP = ("pin", "line", "area")
LONGEST_SCALE = 11  # points: 0 to 10


def keyed(labels: Iterable[str], before: Iterable[dict[str, Any]] = ()) -> list[dict[str, Any]]:
    """The answers of a list with their keys. One that was there `before` keeps its key, so that what points to it
    still does."""
    known = {option["label"]: option["key"] for option in before}
    number = max((int(key[1:]) for key in known.values() if key[1:].isdecimal()), default=0)
    found = []
    for label in labels:
        key = known.pop(label, None)
        if key is None:
            number += 1
            key = f"o{number}"
        found.append({"key": key, "label": label})
    return found


def scale_options(settings: dict[str, Any]) -> list[dict[str, Any]]:
    """The points of a scale, the words at its ends with the first and the last."""
    first, last = settings["from"], settings["to"]
    words = {first: settings.get("low") or "", last: settings.get("high") or ""}
    return [
        {"key": str(point), "label": f"{point}: {words[point]}" if words.get(point) else str(point)}
        for point in range(first, last + 1)
    ]


def agree_options() -> list[dict[str, Any]]:
    return [{"key": AGREED, "label": "I agree"}]


def options_of(
    kind: str, labels: Iterable[str], settings: dict[str, Any], before: Iterable[dict[str, Any]] = ()
) -> list[dict[str, Any]]:
    if kind in ASKS_FOR_A_CHOICE:
        return keyed(labels, before)
    if kind == "scale":
        return scale_options(settings)
    return agree_options() if kind == "agree" else []


def ways_of(settings: dict[str, Any]) -> tuple[str, ...]:
    """How a place may be given; all of them where nobody said."""
    chosen = settings.get("ways") or WAYS
    return tuple(way for way in WAYS if way in chosen)
