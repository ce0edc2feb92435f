"""Forms: GOV.UK widgets for every field, whoever wrote the form; errors as plain sentences beside the field."""

import re
import unicodedata
from typing import Any, cast

import wtforms
from flask import abort, request
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from govuk_frontend_wtf import wtforms_widgets as govuk_widgets
from govuk_frontend_wtf.main import WTFormsHelpers
from markupsafe import Markup
from wtforms import validators

from consult.database import SAFE_METHODS

WIDGETS: list[tuple[type[wtforms.Field], Any]] = [
    (wtforms.RadioField, govuk_widgets.GovRadioInput),
    (wtforms.SelectMultipleField, govuk_widgets.GovCheckboxesInput),
    (wtforms.SelectField, govuk_widgets.GovSelect),
    (wtforms.BooleanField, govuk_widgets.GovCheckboxInput),
    (wtforms.SubmitField, govuk_widgets.GovSubmitInput),
    (wtforms.PasswordField, govuk_widgets.GovPasswordInput),
    (wtforms.DateField, govuk_widgets.GovDateInput),
    (wtforms.FileField, govuk_widgets.GovFileInput),
    (wtforms.TextAreaField, govuk_widgets.GovTextArea),
    (wtforms.StringField, govuk_widgets.GovTextInput),
]


OFFERED = _l("Choose one of the answers that are offered.")
PLAINER = {
    "Not a valid choice.": OFFERED,
    "'%(value)s' is not a valid choice for this field.": OFFERED,
    "Not a valid integer value.": _l("Enter a whole number, such as 12."),
}


class Words:
    """WTForms' own few sentences, plainer, and through gettext like ours."""

    def gettext(self, sentence: str) -> str:
        return str(PLAINER[sentence]) if sentence in PLAINER else str(gettext(sentence))

    def ngettext(self, one: str, many: str, number: int) -> str:
        """WTForms fills in the places of its sentences itself, afterwards: here they are only words."""
        if one in PLAINER:
            return self.gettext(one)
        return str(ngettext(one.replace("%", "%%"), many.replace("%", "%%"), number))


class Form(FlaskForm):
    """Every form of ours. A form's fields are all that it can ever set: nothing else is bound."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> Words:
            return Words()

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
            field = unbound_field.bind(form=form, **options)
            if isinstance(field, wtforms.TextAreaField):
                field.filters = (*field.filters, tidy)
            elif isinstance(field, wtforms.StringField) and not isinstance(field, wtforms.PasswordField):
                field.filters = (*field.filters, one_line)
            return field


LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")  # Word's own line break is a \v
UNSHOWABLE = re.compile(  # controls, halves of characters, and what Unicode keeps for no character
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
    + "]"
)


def tidy(value: Any) -> Any:
    """Words as they are kept, whichever way they came: no character that a page, a document or PostgreSQL cannot hold,
    letters with their accents as one character (Unicode's form C), line ends as one, no white space around."""
    if not isinstance(value, str):
        return value
    shown = UNSHOWABLE.sub("", LINE_ENDS.sub("\n", value))
    return unicodedata.normalize("NFC", shown).strip()


def one_line(value: Any) -> Any:
    """The same for what has one line: a name with line breaks in it would write its own lines into a mail."""
    return " ".join(tidy(value).split()) if isinstance(value, str) else value


def required(sentence: Any) -> validators.DataRequired:
    return validators.DataRequired(message=sentence)


class AtMost(validators.Length):
    """The sentence is made when it is needed, in the language of the page."""

    def __init__(self, characters: int, what: Any) -> None:
        super().__init__(max=characters)
        self.what = what

    def __call__(self, form: Any, field: Any) -> None:
        if len(field.data or "") > self.max:
            raise validators.ValidationError(
                gettext(
                    "%(what)s must be %(number)s characters or fewer.",
                    what=self.what,
                    number=f"{self.max:,}",
                )
            )


THIS = _l("This")


def at_most(characters: int, what: Any = THIS) -> validators.Length:
    return AtMost(characters, what)


optional = validators.Optional


def govuk(field: wtforms.Field, **params: Any) -> Markup:
    """Draws a field with the GOV.UK widget for its kind; `params` are the component's own."""
    if isinstance(field, wtforms.HiddenField):
        return cast(Markup, field())
    for kind, widget in WIDGETS:
        if isinstance(field, kind):
            field.widget = widget()
            break
    if field.description and "hint" not in params:
        params["hint"] = {"text": field.description}
    return cast(Markup, field(params=params))


def only_forms() -> None:
    """A form's fields are read from a form. Flask-WTF would read them from JSON as well, past what looks at the form:
    how often an account is tried, and what a questionnaire did not ask."""
    if request.is_json and request.method not in SAFE_METHODS:
        abort(415)


def init_app(app: Any) -> None:
    app.before_request(only_forms)
    WTFormsHelpers(app)
    app.add_template_global(govuk, "field")
