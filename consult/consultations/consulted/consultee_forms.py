"""What an organiser writes about whom they consult."""

from datetime import date
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField, ValidationError

from consult import clock
from consult.consultations.consulted.notices import BY_HAND, KINDS
from consult.consultations.consulted.schedule import Body
from consult.web.days import DayField, a_day
from consult.web.emails import an_email
from consult.web.forms import Form, at_most, required

OWN_CONTACT = ""


class ContactFields(Form):
    organisation = StringField("Organisation", [at_most(150, "The organisation")])
    name = StringField("Name of the person (optional)", [at_most(150, "The name")])
    email = StringField(
        "Email address (optional)",
        [at_most(200, "The email address")],
        description="With an email address we send the notice when the consultation opens.",
    )
    address = TextAreaField("Postal address (optional)", [at_most(500, "The address")])

    def validate_email(self, field: StringField) -> None:
        if field.data:
            an_email(self, field)

    def missing(self) -> bool:
        """Says beside the field what is needed to write to somebody; true when something is."""
        if not (self.organisation.data or self.name.data):
            self.organisation.errors = ["Enter the organisation or the person."]
        if not (self.email.data or self.address.data):
            self.email.errors = [*self.email.errors, "Enter an email address or a postal address."]
        return bool(self.organisation.errors or self.email.errors)

    @property
    def contact(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in ("organisation", "name", "email", "address")}


class ConsulteeForm(ContactFields):
    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        return not self.missing() and valid


class DecisionForm(ContactFields):
    """One body of Schedule 1: consulted, with a contact, or left out, with a reason."""

    decision = RadioField(
        "May its interests be affected?",
        [required("Choose whether you consult it.")],
        choices=[
            ("consult", "Yes, or perhaps: consult it"),
            ("leave_out", "No, its interests are not affected"),
        ],
    )
    reason = TextAreaField(
        "If not: why?",
        [at_most(1000, "The reason")],
        description="One sentence for the examiner, such as “There is no railway in or near the area”.",
    )

    def __init__(self, body: Body, reason: str = "") -> None:
        super().__init__(data={"organisation": "" if body.several else body.name, "reason": reason})

    @property
    def consults(self) -> bool:
        return bool(self.decision.data == "consult")

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.consults:
            return not self.missing() and valid
        if self.decision.data == "leave_out" and not self.reason.data:
            self.reason.errors = ["Say why its interests are not affected."]
            return False
        return valid


class LeaveOutForm(Form):
    """Several bodies at once that share a reason."""

    bodies = SelectMultipleField("Which bodies are not affected?", validate_choice=False)
    reason = TextAreaField(
        "Why are their interests not affected?",
        [required("Say why their interests are not affected."), at_most(1000, "The reason")],
        description="It is recorded for each of them, and an examiner reads it.",
    )

    def __init__(self, undecided: list[Body]) -> None:
        super().__init__()
        self.bodies.choices = [(body.key, f"{body.letter} {body.name}") for body in undecided]

    def validate_bodies(self, field: SelectMultipleField) -> None:
        if not field.data:
            raise ValidationError("Tick at least one body.")
        if not set(field.data) <= {key for key, _ in field.choices}:
            raise ValidationError("One of these was decided meanwhile. Look through the list again.")


class ContactsForm(Form):
    file = FileField(
        "The file",
        [FileRequired("Choose a file")],
        description="CSV, saved as UTF-8: one line for each contact, at most 1,000.",
    )


def past_day(form: Any, field: DayField) -> None:
    if field.data and field.data > clock.today():
        raise ValidationError(f"{field.problem} must be today or in the past.")
    if field.data and field.data < date(2012, 4, 6):
        raise ValidationError(f"{field.problem} is before neighbourhood planning began. Check the year.")


def sent_field() -> DayField:
    return DayField(
        "On which day?", "The day on which it was sent", validators=[a_day("Enter the day."), past_day]
    )


class ByHandForm(Form):
    kind = RadioField("What was it?", choices=[*KINDS.items()], default="notice")
    how = RadioField("How was it sent?", [required("Choose how it was sent.")], choices=[*BY_HAND.items()])
    to = TextAreaField(
        "To whom, or to which address?", [required("Enter whom it went to."), at_most(500, "This")]
    )
    on = sent_field()


class ReturnForm(Form):
    reason = StringField(
        "What came back?",
        [required("Say what came back."), at_most(300, "This")],
        description="Such as “No longer at this address”.",
    )


class CopyForm(Form):
    how = RadioField("How was it sent?", [required("Choose how it was sent.")], choices=[*BY_HAND.items()])
    to = StringField(
        "To whom?",
        [required("Enter whom it went to."), at_most(300, "This")],
        description="Such as “Planning policy team, planning@district.example”.",
    )
    on = sent_field()
