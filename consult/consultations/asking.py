"""The questions of a consultation, while they may still be changed."""

from typing import Any

from consult.consultations.records import ASKS_FOR_A_CHOICE, Question
from consult.database import db


class Asking:
    """What a consultation does with its questions. References follow their order: q1, q2 …"""

    id: Any
    questions: Any  # Mapped, in the model

    def question(self, reference: str) -> Question | None:
        return next((question for question in self.questions if question.reference == reference), None)

    def ask(
        self, kind: str, title: str, hint: str = "", options: tuple[str, ...] | list[str] = ()
    ) -> Question:
        number = len(self.questions) + 1
        question = Question(
            consultation_id=self.id, reference=f"q{number}", kind=kind, title=title, hint=hint
        )
        question.position, question.options = number, keyed(kind, options)
        db.session.add(question)
        self.ask_again()
        return question

    def ask_instead(self, question: Question, kind: str, title: str, hint: str, options: list[str]) -> None:
        question.kind, question.title, question.hint = kind, title, hint
        question.options = keyed(kind, options)
        self.ask_again()

    def ask_no_more(self, question: Question) -> None:
        db.session.delete(question)
        self.ask_again()
        self.number(list(self.questions))

    def ask_elsewhere(self, question: Question, places: int) -> None:
        """Moves a question up (-1) or down (1)."""
        order = list(self.questions)
        at = order.index(question)
        order.insert(min(max(at + places, 0), len(order) - 1), order.pop(at))
        self.number(order)

    def number(self, order: list[Question]) -> None:
        for position, question in enumerate(order, 1):  # through names that nobody has: references are unique
            question.position, question.reference = position, f"moving-{position}"
        db.session.flush()
        for question in order:
            question.reference = f"q{question.position}"
        self.ask_again()

    def ask_again(self) -> None:
        db.session.flush()
        db.session.expire(self, ["questions"])


def keyed(kind: str, labels: tuple[str, ...] | list[str]) -> list[dict[str, Any]]:
    if kind not in ASKS_FOR_A_CHOICE:
        return []
    return [{"key": f"o{number}", "label": label} for number, label in enumerate(labels, 1)]
