"""The forms of an area: its outline, the application, and the authority's decision on it."""

from datetime import date
from typing import Any, cast

import wtforms
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import validators

from consult import clock
from consult.web.forms import Form, at_most, required

EARLIEST = date(
    2012, 4, 6
)  # the day on which the Neighbourhood Planning (General) Regulations came into force
LONG = 10_000


class DraftForm(Form):
    """An outline, drawn or pasted (the map's editor writes into the same field), or a file."""

    outline = wtforms.TextAreaField(
        "The outline, as GeoJSON",
        description="Longitude and latitude, or National Grid metres. Drawing on the map fills this in.",
    )
    file = wtforms.FileField("Or a GeoJSON file", description="One area, up to 10 MB.")

    @property
    def upload(self) -> FileStorage | None:
        given = self.file.data
        return given if isinstance(given, FileStorage) and given.filename else None


class ApplicationForm(Form):
    name = wtforms.StringField(
        "Name of the area",
        [required("Enter the name of the area."), at_most(200, "The name")],
        description="As it will stand on the register.",
    )
    why_appropriate = wtforms.TextAreaField(
        "Why this is the right area",
        [required("Explain why this is the right area for a plan."), at_most(LONG, "The explanation")],
        description="For instance what people share here: its centre, its schools, its history, its edges.",
    )
    relevant_body = wtforms.TextAreaField(
        "Why you are the body to apply",
        [required("Explain why you are the body to apply."), at_most(LONG, "The explanation")],
        description="Under section 61G of the Town and Country Planning Act 1990.",
    )


class Day(wtforms.DateField):
    """Three boxes; what was typed comes back as it was typed."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.raw_data = [*(str(part).strip() for part in valuelist), "", "", ""][:3]
        self.data = None
        if any(self.raw_data):
            super().process_formdata(self.raw_data)


def a_past_day(form: Form, field: wtforms.Field) -> None:
    if field.data > clock.today():
        raise validators.ValidationError("The day of the decision must be today or in the past.")
    if field.data < EARLIEST:
        raise validators.ValidationError("No area was designated before 6 April 2012. Check the year.")


class DecisionForm(Form):
    on = Day(
        "Day of the decision",
        [required("Enter the day of the decision, such as 14 3 2027."), a_past_day],
        format="%d %m %Y",
    )

    @property
    def day(self) -> date:
        """The day, once the form has been found in order."""
        return cast(date, self.on.data)


class DesignationForm(DecisionForm):
    reasons = wtforms.TextAreaField("Reasons, if you give any", [at_most(LONG, "The reasons")])
    slivers = wtforms.TextAreaField(
        "Why the slivers are left",
        [at_most(LONG, "The explanation")],
        description="Strips less than 1 metre wide that the area shares with its neighbours.",
    )


class RefusalForm(DecisionForm):
    reasons = wtforms.TextAreaField(
        "Reasons",
        [required("Give the reasons: the applicant is told them."), at_most(LONG, "The reasons")],
        description="The applicant is told these, and they are published with the decision.",
    )


class FilterForm(Form):
    """What of the register is shown; a form that only looks, so it is sent with GET."""

    class Meta(Form.Meta):
        csrf = False

    authority = wtforms.SelectField(_l("Authority"), default="")
    status = wtforms.SelectField(
        _l("Status"),
        default="",
        choices=[("", _l("All")), ("designated", _l("Designated")), ("applied", _l("Applied for"))],
    )
