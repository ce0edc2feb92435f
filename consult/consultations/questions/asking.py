"""The questions of a consultation, while they may still be changed."""

from collections.abc import Sequence
from typing import Any

from consult.consultations.questions.conditions import STANCES, Condition
from consult.consultations.questions.kinds import options_of
from consult.consultations.questions.leaves import Paged
from consult.consultations.records import Question
from consult.database import db
from consult.web.errors import Refused


class Asking(Paged):
    """What a consultation does with its questions. References follow their order: q1, q2 …"""

    id: Any
    questions: Any  # Mapped, in the model

    def question(self, reference: str) -> Question | None:
        return next((question for question in self.questions if question.reference == reference), None)

    @property
    def asks_for_stances(self) -> bool:
        return any(question.kind == "stance" for question in self.questions)

    def ask(
        self, kind: str, title: str, hint: str = "", options: Sequence[str] = (), **more: Any
    ) -> Question:
        """Adds a question at the end, on the last page. `more`: help, settings, required, show_if, page."""
        number, last = len(self.questions) + 1, self.questions[-1].page if self.questions else 1
        said: dict[str, Any] = {
            "help": "",
            "settings": {},
            "required": False,
            "show_if": None,
            "page": last,
        } | more
        question = Question(
            consultation_id=self.id, reference=f"q{number}", kind=kind, title=title, hint=hint, **said
        )
        question.position = number
        question.options = options_of(kind, options, question.settings)
        self.take_in(question)
        return question

    def ask_instead(
        self, question: Question, kind: str, title: str, hint: str, options: Sequence[str], **more: Any
    ) -> None:
        for name, value in more.items():
            setattr(question, name, value)
        question.options = options_of(kind, options, question.settings, question.options or ())
        question.kind, question.title, question.hint = kind, title, hint
        self.keep_conditions(question)
        self.ask_again()

    def ask_no_more(self, question: Question) -> None:
        """Questions that were shown by an answer to it are asked of everyone from here on."""
        for other in self.shown_by(question):
            other.show_if = None
        db.session.delete(question)
        self.ask_again()
        self.number(list(self.questions))

    def ask_elsewhere(self, question: Question, places: int) -> None:
        """Moves a question up (-1) or down (1); over the edge of a page it first joins the page beyond."""
        order = list(self.questions)
        at = order.index(question)
        beyond = at + (1 if places > 0 else -1)
        if not places or not 0 <= beyond < len(order):
            return
        if order[beyond].page != question.page:
            question.page = order[beyond].page
        else:
            order[at], order[beyond] = order[beyond], order[at]
        check_order(order)
        self.number(order)

    def take_in(self, question: Question) -> None:
        db.session.add(question)
        self.ask_again()

    def shown_by(self, question: Question) -> list[Question]:
        """The questions that an answer to this one shows."""
        return [
            other for other in self.questions if other.condition and other.condition.question == question.id
        ]

    def keep_conditions(self, question: Question) -> None:
        """Conditions name answers that are there: one that names none any more is gone."""
        keys = {option["key"] for option in question.options} or set(
            STANCES if question.kind == "stance" else ()
        )
        for other in self.shown_by(question):
            condition = other.condition
            left = tuple(key for key in condition.any_of if key in keys) if condition else ()
            other.show_if = Condition(question.id, left).written if left else None

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


def check_order(order: list[Question]) -> None:
    """Raises Refused where a question would stand above the one that decides whether it is asked."""
    above = set()
    for question in order:
        if question.condition and question.condition.question not in above:
            raise Refused(
                f"“{question.title}” is asked only after certain answers to another question, so it stays below "
                "that one. Change when it is asked first."
            )
        above.add(question.id)
