"""The sets of questions that come with the house: dated data that an organiser may change once they are asked."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from consult.consultations.questions.kinds import keyed, options_of

FILE = Path(__file__).with_name("library.toml")


@dataclass(frozen=True)
class BuiltIn:
    """A set of questions, in the form that `sets.ask_all` takes."""

    key: str
    name: str
    about: str
    content: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Library:
    dated: date
    sets: tuple[BuiltIn, ...]

    def find(self, key: str) -> BuiltIn | None:
        return next((built_in for built_in in self.sets if built_in.key == key), None)


@cache
def library() -> Library:
    said = tomllib.loads(FILE.read_text("utf-8"))
    sets = tuple(
        BuiltIn(each["key"], each["name"], each["about"], tuple(questions(each["questions"])))
        for each in said["sets"]
    )
    return Library(said["dated"], sets)


def questions(listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for each in listed:
        settings = each.get("settings", {})
        question = {"hint": "", "help": "", "required": False, "page": 1} | each | {"settings": settings}
        question["options"] = options_of(each["kind"], each.get("options", ()), settings)
        if "show_if" in each:
            question["show_if"] = condition(each["show_if"], found)
        found.append(question)
    return found


def condition(said: dict[str, Any], before: list[dict[str, Any]]) -> dict[str, Any]:
    """From the words of the answers to their keys."""
    source = before[said["place"]]
    keys = {option["label"]: option["key"] for option in source["options"] or keyed(())}
    return {"place": said["place"], "any": [keys[label] for label in said["any"]]}
