"""Fields whose errors are sentences, and the names that fields have in forms and in imported files."""

from collections.abc import Iterable
from typing import Any

import wtforms
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import validators
from wtforms.fields.choices import SelectChoice

from consult.web.forms import at_most

LONGEST_WORDS = 20_000
LONGEST_LINE = 200


class OneOf(wtforms.RadioField):
    """One of the choices, or none; anything else is refused in words."""

    def __init__(self, label: Any, choices: Iterable[tuple[str, Any]], **options: Any) -> None:
        self.pairs = list(choices)
        super().__init__(
            label, choices=chosen_from(self.pairs), validate_choice=False, coerce=as_text, **options
        )

    def pre_validate(self, form: Any) -> None:
        if self.data and self.data not in {key for key, _ in self.pairs}:
            raise validators.ValidationError(gettext("Choose one of the answers listed here."))


class SomeOf(wtforms.SelectMultipleField):
    """Any of the choices."""

    def __init__(self, label: Any, choices: Iterable[tuple[str, Any]], **options: Any) -> None:
        self.pairs = list(choices)
        super().__init__(label, choices=chosen_from(self.pairs), validate_choice=False, **options)

    data: Any

    def pre_validate(self, form: Any) -> None:
        known = {key for key, _ in self.pairs}
        strange = [value for value in self.data or () if value not in known]
        if strange:
            self.data = [value for value in self.data if value in known]
            raise validators.ValidationError(
                gettext(
                    "“%(value)s” is not one of the answers listed here: choose again.", value=strange[0][:60]
                )
            )


def chosen_from(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    return [SelectChoice(key, label) for key, label in pairs]


def as_text(value: Any) -> str:
    return "" if value is None else str(value)


def long_words(label: Any, **options: Any) -> wtforms.TextAreaField:
    return wtforms.TextAreaField(
        label, validators=[at_most(LONGEST_WORDS, _l("What you wrote here"))], **options
    )


def line(label: Any, longest: int = LONGEST_LINE, **options: Any) -> wtforms.StringField:
    return wtforms.StringField(label, validators=[at_most(longest, label)], **options)


# `q1` is a question; `q1.H1` the stance on policy H1, `q1.H1.reason` and `q1.H1.change` the words about it.


def stance_name(question: str, policy: str) -> str:
    return f"{question}.{policy}"


def reason_name(question: str, policy: str) -> str:
    return f"{question}.{policy}.reason"


def change_name(question: str, policy: str) -> str:
    return f"{question}.{policy}.change"
