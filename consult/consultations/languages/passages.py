"""What of a consultation can be put into another language: each passage with a key that stays, and its English."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from consult.consultations.questions.kinds import ASKS_FOR_A_CHOICE

OF_ITSELF = {  # column: what it is called on the page, and whether it is long
    "title": ("Title", False),
    "summary": ("What it is about", True),
    "changes_reasons": ("What the modifications change", True),
    "where_to_see": ("Where to see it", True),
    "how_to_respond": ("How to respond", True),
    "privacy_notice": ("Privacy notice", True),
}
OF_A_QUESTION = {
    "title": ("the question", False),
    "hint": ("its hint", True),
    "help": ("its longer help", True),
    "picture_alt": ("what its picture shows", False),
}
OF_ITS_SETTINGS = {"low": "the low end", "high": "the high end", "unit": "the unit"}


@dataclass(frozen=True)
class Passage:
    """`group` is the heading that it stands under where organisers translate."""

    key: str
    group: str
    what: str
    english: str
    is_long: bool = False

    @property
    def mark(self) -> str:
        """Tells whether the English is still the one that was translated."""
        return mark_of(self.english)


def mark_of(english: str) -> str:
    return hashlib.sha256(english.encode()).hexdigest()[:16]


def passages_of(consultation: Any) -> Iterator[Passage]:
    """Everything that residents are shown and that its organisers wrote, in the order in which it is read."""
    for column, (what, is_long) in OF_ITSELF.items():
        if english := getattr(consultation, column):
            yield Passage(column, "The consultation", what, english, is_long)
    for number, heading in consultation.headings.items():
        group = f"The head of page {number}"
        yield Passage(f"page.{heading.id.hex}.title", group, "Heading", heading.title)
        if heading.introduction:
            yield Passage(f"page.{heading.id.hex}.introduction", group, "Words", heading.introduction, True)
    for question in consultation.questions:
        yield from of_question(question)
    for policy in consultation.policies:
        group = f"Policy {policy.reference}"
        yield Passage(f"policy.{policy.key}.title", group, "Title", policy.title)
        if policy.summary:
            yield Passage(f"policy.{policy.key}.summary", group, "In short", policy.summary, True)


def of_question(question: Any) -> Iterator[Passage]:
    here, group = f"question.{question.id.hex}", f"Question {question.position}"
    for name, (what, is_long) in OF_A_QUESTION.items():
        if english := getattr(question, name):
            yield Passage(f"{here}.{name}", group, what.capitalize(), english, is_long)
    for name, what in OF_ITS_SETTINGS.items():
        if english := (question.settings or {}).get(name):
            yield Passage(f"{here}.{name}", group, what.capitalize(), str(english))
    if question.kind in ASKS_FOR_A_CHOICE:
        for number, option in enumerate(question.options or (), 1):
            yield Passage(f"{here}.option.{option['key']}", group, f"Answer {number}", option["label"])
