"""What a volunteer fills in for a forum application, and what the authority decides."""

from typing import Any

import wtforms
from flask_wtf.file import FileField
from wtforms import ValidationError

from consult.forums.completeness import SECTION_61F
from consult.forums.models import ForumDraft
from consult.spaces import law
from consult.web import files_taken
from consult.web.days import DayField, a_day, decided
from consult.web.emails import an_email
from consult.web.files_taken import Taken
from consult.web.forms import Form, at_most, optional, required


def line(label: str, what: str, most: int, *more: Any, **rest: Any) -> Any:
    return wtforms.StringField(label, [*more, at_most(most, what)], **rest)


class NamesForm(Form):
    name = line(
        "Name of the forum",
        "The name",
        150,
        required("Enter the name that the forum is to have."),
        description="As its constitution has it.",
    )
    area_name = line(
        "Name of the area",
        "The name of the area",
        150,
        required("Enter the name of the area."),
        description="As on your area application, such as Old Mill.",
    )


class ConstitutionForm(Form):
    file = FileField(
        "The constitution as a file", description="PDF, Word or OpenDocument, 10 MB at most. A PDF is best."
    )
    constitution = wtforms.TextAreaField(
        "Or in words",
        [at_most(60_000, "The constitution")],
        description="Paste it here if you have no file of it.",
    )
    taken: Taken | None = None

    def validate_file(self, field: FileField) -> None:
        if field.data and field.data.filename:
            self.taken = files_taken.take(field.data)
            if self.taken.refusal:
                raise ValidationError(self.taken.refusal)


class ContactForm(Form):
    contact_name = line(
        "Name",
        "The name",
        150,
        required("Name a member whom people can reach."),
        description="A member of the forum who has agreed to be named in public.",
    )
    contact_email = line(
        "Email address",
        "The email address",
        254,
        optional(),
        an_email,
        render_kw={"autocomplete": "email"},
    )
    contact_phone = line("Telephone number", "The telephone number", 40, render_kw={"autocomplete": "tel"})
    contact_address = wtforms.TextAreaField("Postal address", [at_most(500, "The address")])

    def validate_contact_address(self, field: wtforms.Field) -> None:
        if not (self.contact_email.data or self.contact_phone.data or field.data):
            raise ValidationError("Give an email address, a telephone number or a postal address.")


def statement_form(said: ForumDraft, on: Any) -> Form:
    """A box for each condition of section 61F(5) that stood on that day."""

    class StatementForm(Form):
        pass

    for point in law.in_force(SECTION_61F, on).points:
        words = f"“{point.wording}” ({point.where}). {point.note}".strip()
        field = wtforms.TextAreaField(
            point.name,
            [at_most(5_000, "The answer")],
            description=words,
            default=said.statement.get(point.key),
        )
        setattr(StatementForm, point.key, field)
    return StatementForm()


class MemberForm(Form):
    name = line("Name", "The name", 150, required("Enter the member’s name."))
    address = line(
        "Address or place of work",
        "The address",
        300,
        description="Where they live or work in the area. Your authority may ask for it.",
    )
    kinds = wtforms.SelectMultipleField(
        "Why they count",
        choices=[
            ("lives", "Lives in the area"),
            ("works", "Works in the area"),
            ("elected", "Is an elected member of a council for it"),
        ],
    )

    def validate_kinds(self, field: wtforms.Field) -> None:
        if not field.data:
            raise ValidationError("Choose at least one: somebody who is none of these does not count.")

    @property
    def member(self) -> dict[str, Any]:
        kinds = {kind: kind in (self.kinds.data or []) for kind in ("lives", "works", "elected")}
        return {"name": self.name.data, "address": self.address.data or "", **kinds}


class ListForm(Form):
    rows = wtforms.TextAreaField(
        "The list",
        [required("Paste the list.")],
        description="The first line names the columns: name, address, live, work, elected. "
        "Write yes or no under the last three.",
    )


class DesignationForm(Form):
    on = DayField(
        "Day of the decision",
        "The day of the decision",
        validators=[a_day("Enter the day of the decision, such as 14 3 2027."), decided],
        description="The designation lasts five years from that day.",
    )
    reasons = wtforms.TextAreaField(
        "Reasons", [at_most(5_000, "The reasons")], description="The body reads this. You may leave it empty."
    )


class RefusalForm(Form):
    on = DayField(
        "Day of the decision",
        "The day of the decision",
        validators=[a_day("Enter the day of the decision, such as 14 3 2027."), decided],
    )
    reasons = wtforms.TextAreaField(
        "Reasons",
        [required("Give the reasons: a refusal needs them."), at_most(5_000, "The reasons")],
        description="The body reads this, and regulation 10 has you publish it.",
    )
