"""When a question is asked: of everyone, or only of those who answered an earlier one in a certain way.

One rule, asked by the page that shows a form, by the check of what was sent, and by the import of a table.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from flask_babel import gettext

from consult.consultations.questions.kinds import CHOSEN

STANCES = ("support", "support_with_changes", "object", "comment")
CAN_DECIDE = (*CHOSEN, "stance")  # kinds whose answers a condition may name
Given = Callable[[Any], Iterable[str]]  # from a question to the keys that were given


@dataclass(frozen=True)
class Condition:
    """Asked where any of these keys was given: an option's key; a stance, on whichever policy; `agreed`.
    It points to the question's id, which survives its being moved."""

    question: UUID
    any_of: tuple[str, ...]

    @classmethod
    def read(cls, stored: dict[str, Any] | None) -> "Condition | None":
        if not stored:
            return None
        return cls(UUID(stored["question"]), tuple(stored["any"]))

    @property
    def written(self) -> dict[str, Any]:
        return {"question": str(self.question), "any": list(self.any_of)}


class Conditional(Protocol):
    """A question as `Question` and the plain copy of it both are."""

    @property
    def id(self) -> UUID: ...
    @property
    def condition(self) -> Condition | None: ...


def asked_of(questions: Sequence[Any], given: Given) -> set[UUID]:
    """The questions, in their order, that somebody is asked who gave these answers. An answer to a question that
    is itself not asked shows nothing."""
    asked: set[UUID] = set()
    keys: dict[UUID, set[str]] = {}
    for question in questions:
        condition = question.condition
        if condition is None or set(condition.any_of) & keys.get(condition.question, set()):
            asked.add(question.id)
            keys[question.id] = set(given(question))
    return asked


def answers_to_choose(question: Any, stance_words: dict[str, Any]) -> list[tuple[str, str]]:
    """The keys that a condition on this question may name, with their words."""
    if question.kind == "stance":
        return [(key, str(words)) for key, words in stance_words.items()]
    return [(option["key"], option["label"]) for option in question.options or ()]


def in_words(condition: Condition, questions: Sequence[Any], stance_words: dict[str, Any]) -> str:
    """“Answer this if you chose “Yes” in “Do you drive?””, for a page that cannot hide the question."""
    source = next((question for question in questions if question.id == condition.question), None)
    if source is None:
        return ""
    words = dict(answers_to_choose(source, stance_words))
    chosen = gettext(" or ").join(f"“{words[key]}”" for key in condition.any_of if key in words)
    sentence = gettext(
        "Answer this if you chose %(answers)s for “%(question)s”.", answers=chosen, question=source.title
    )
    return f"{sentence} {gettext('Otherwise leave it: it would not be sent.')}"
