"""What an organiser may set about a kind of question, read from its form, or the sentence that says what is wrong."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from consult.consultations.questions.kinds import LONGEST_SCALE, ON_THE_MAP

MOST_OPTIONS = 40
NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
Wrong = tuple[str, str]  # the name of a field, and a sentence
Bounds = Callable[[Any], Iterator[Wrong]]  # sets `form.bounds`


def refused_options(labels: list[str]) -> str:
    if len(labels) < 2:
        return "Enter at least two answers, one on each line"
    if len(labels) > MOST_OPTIONS:
        return f"Enter {MOST_OPTIONS} answers or fewer: nobody reads a longer list"
    twice = next((label for label in labels if labels.count(label) > 1), None)
    if twice:
        return f"“{twice[:60]}” is in the list twice. Remove one"
    if any(";" in label for label in labels):
        return "Leave semicolons out of the answers: they stand between answers in downloads"
    return "Make each answer 200 characters or fewer" if any(len(label) > 200 for label in labels) else ""


def scale_bounds(form: Any) -> Iterator[Wrong]:
    first, last = (read(form[name].data) for name in ("scale_from", "scale_to"))
    for name, point in (("scale_from", first), ("scale_to", last)):
        if point is None or not float(point).is_integer():
            yield name, "Enter a whole number, such as 1 or 5."
            return
    assert first is not None
    assert last is not None
    if not 0 <= first < last or last - first >= LONGEST_SCALE:
        yield "scale_to", f"A scale runs upwards from 0 or more and has from 2 to {LONGEST_SCALE} points."
        return
    if any(";" in (form[name].data or "") for name in ("low", "high")):
        yield "low", "Leave semicolons out of the words: they stand between answers in downloads."
    ends = {name: form[name].data or "" for name in ("low", "high")}
    form.bounds = {"from": int(first), "to": int(last), **ends}


def number_bounds(form: Any) -> Iterator[Wrong]:
    limits = {name: read(form[name].data) for name in ("least", "most")}
    for name, limit in limits.items():
        if form[name].data and limit is None:
            yield name, "Enter a number, such as 0 or 12.5, or leave it empty."
            return
    least, most = limits["least"], limits["most"]
    if least is not None and most is not None and least >= most:
        yield "most", "The largest number has to be larger than the smallest."
    form.bounds = {"unit": form.unit.data or "", "whole": bool(form.whole.data), **limits}


def date_bounds(form: Any) -> Iterator[Wrong]:
    days = {name: form[name].data for name in ("earliest", "latest")}
    if days["earliest"] and days["latest"] and days["earliest"] >= days["latest"]:
        yield "latest", "The last day has to be after the first."
    form.bounds = {name: day.isoformat() if day else None for name, day in days.items()}


def place_bounds(form: Any) -> Iterator[Wrong]:
    chosen = form.ways.data or []
    if not set(chosen) - set(ON_THE_MAP):
        yield (
            "ways",
            "Choose at least one way that needs no map, such as words: not everyone can use one.",
        )
    form.bounds = {"ways": chosen}


def read(text: str | None) -> float | None:
    """A number as it is typed; None where it is none. A whole one stays whole."""
    plain = str(text or "").strip()
    if not NUMBER.fullmatch(plain):
        return None
    return int(plain) if "." not in plain else float(plain)
