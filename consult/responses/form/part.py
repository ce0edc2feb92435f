"""What every kind of question is as a part of the form: its fields, what is wrong with them, what was said in them."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import gettext
from markupsafe import Markup

from consult.consultations.questions.conditions import in_words
from consult.responses.form.frozen import Asked
from consult.responses.receiving import Filed, Pointed, Said
from consult.responses.words import STANCES
from consult.web.languages import theirs


def complain(field: Any, sentence: str) -> None:
    field.errors = [*field.errors, sentence]


class Part:
    """A question; `id` is unique on the page, whatever the question's own reference is."""

    def __init__(self, question: Asked) -> None:
        self.question = question
        self.name = question.reference
        self.id = f"question-{question.position}-{question.id.hex[:6]}"

    @property
    def kind(self) -> str:
        return self.question.kind

    @property
    def options(self) -> list[tuple[str, str]]:
        return [(option["key"], option["label"]) for option in self.question.options]

    @property
    def hint(self) -> str:
        needed = gettext("This has to be answered.") if self.question.required else ""
        return Markup(" ").join(filter(None, [theirs(self.question.hint), needed]))

    def when(self, form: Any) -> dict[str, Any] | None:
        """When it is asked, for the page: the name of the field that decides, the keys, and both in words."""
        condition = self.question.condition
        if condition is None:
            return None
        source = next((part for part in form.parts if part.question.id == condition.question), None)
        if source is None:
            return None
        words = in_words(condition, [source.question], STANCES)
        return {"name": source.name, "any": condition.any_of, "words": words}

    @property
    def about(self) -> dict[str, Any]:
        """What its first field is told."""
        return {"description": self.question.hint, "id": self.id}

    def fields(self) -> Iterator[tuple[str, Any]]:
        raise NotImplementedError

    def mine(self, form: Any) -> Iterator[Any]:
        """Its fields in this form."""
        prefix = f"{self.name}."
        return (field for name, field in form._fields.items() if name == self.name or name.startswith(prefix))

    def check(self, form: Any) -> None:
        """Adds what is wrong, beside the field it is wrong in."""

    def check_answered(self, form: Any) -> None:
        """Adds that an answer is needed, where it is and there is none, and nothing else is wrong."""
        if not self.question.required or any(field.errors for field in self.mine(form)):
            return
        if not (self.said(form) or self.places(form)):
            complain(self.first(form), self.lacking())

    def first(self, form: Any) -> Any:
        return next(self.mine(form))

    def lacking(self) -> str:
        """One sentence for whoever left it empty."""
        return gettext("Answer “%(question)s”.", question=self.question.title)

    def said(self, form: Any) -> list[Said]:
        return []

    def places(self, form: Any) -> list[Pointed]:
        return []

    def files(self, form: Any) -> list[Filed]:
        return []

    def keys(self, form: Any) -> Iterable[str]:
        """What a condition on it may look for: the options or stances that were given."""
        return [key for said in self.said(form) for key in (said.choice, said.stance) if key]
