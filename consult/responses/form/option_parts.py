"""Questions that are answered by choosing: one answer, several, a point on a scale, a statement to agree to."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext

from consult.responses.form.fields import OneOf, SomeOf
from consult.responses.form.part import Part
from consult.responses.receiving import Said


class Choice(Part):
    """One of the options; a scale is one of its points."""

    def fields(self) -> Iterator[tuple[str, Any]]:
        yield self.name, OneOf(self.question.title, self.options, **self.about)

    def said(self, form: Any) -> list[Said]:
        chosen = form[self.name].data
        return [Said(self.question.id, choice=chosen)] if chosen else []

    def lacking(self) -> str:
        return gettext("Choose an answer to “%(question)s”.", question=self.question.title)


class Choices(Part):
    """Any of the options. A statement to agree to has one."""

    def fields(self) -> Iterator[tuple[str, Any]]:
        yield self.name, SomeOf(self.question.title, self.options, **self.about)

    def said(self, form: Any) -> list[Said]:
        return [Said(self.question.id, choice=chosen) for chosen in dict.fromkeys(form[self.name].data or ())]

    def lacking(self) -> str:
        return gettext("Choose at least one answer to “%(question)s”.", question=self.question.title)


class Agreement(Choices):
    def lacking(self) -> str:
        return gettext(
            "Tick “I agree” if you do: your response needs it. The statement is “%(question)s”.",
            question=self.question.title,
        )
