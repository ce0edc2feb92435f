"""The forms of a space: starting it, its settings, its members."""

import re
from typing import Any

import wtforms
from wtforms import validators

from consult.access import ROLES_IN, Role
from consult.accounts.forms import email_field
from consult.spaces.colours import WHITE, contrast
from consult.web.days import DayField, a_day, decided
from consult.web.emails import an_email
from consult.web.forms import Form, at_most, optional, required

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
KINDS = [("forum", "A neighbourhood forum"), ("council", "A parish or town council")]
ROLE_WORDS = {
    Role.CHAIR: ("Chair", "does everything, and says who works here"),
    Role.ORGANISER: ("Organiser", "draws, consults, combines and publishes"),
    Role.ANALYST: ("Analyst", "reads and combines what people said"),
    Role.VIEWER: ("Viewer", "looks, and changes nothing"),
    Role.OFFICER: ("Officer", "does everything for the authority"),
}
READABLE = 4.5  # WCAG 2.2, 1.4.3


def a_slug(form: Form, field: wtforms.Field) -> None:
    field.data = field.data.lower()
    if not SLUG.fullmatch(field.data):
        raise validators.ValidationError(
            "Use small letters, numbers and hyphens only, 63 at most, beginning with a letter or number: old-mill."
        )


def a_line(label: str, what: str, most: int, *more: Any, **rest: Any) -> Any:
    return wtforms.StringField(label, [*more, at_most(most, what)], **rest)


class StartForm(Form):
    kind = wtforms.RadioField("What is it?", [required("Choose what it is.")], choices=KINDS)
    name = a_line(
        "Its name", "The name", 100, required("Enter its name."), description="As residents know it, in full."
    )
    authority = wtforms.SelectField(
        "The local planning authority",
        [required("Choose the authority.")],
        description="The district, borough, unitary or national park authority that decides on planning there.",
    )
    slug = a_line(
        "Its address on this service",
        "The address",
        63,
        optional(),
        a_slug,
        description="Leave it empty and we make one from the name, like old-mill. It stays as it is from then on.",
    )


class InviteForm(Form):
    email = email_field(description="The invitation works only for somebody who signs in with this address.")
    role = wtforms.RadioField("As", [required("Choose a role.")])

    def offer(self, kind: str) -> None:
        self.role.choices = roles_in(kind)


class RoleForm(Form):
    role = wtforms.RadioField("Role", [required("Choose a role.")])

    def offer(self, kind: str) -> None:
        self.role.choices = roles_in(kind)


def roles_in(kind: str) -> list[tuple[str, str]]:
    return [(str(role), "{}: {}".format(*ROLE_WORDS[role])) for role in ROLES_IN[kind]]


class SettingsForm(Form):
    name = a_line("Name", "The name", 100, required("Enter the name."))
    about = wtforms.TextAreaField(
        "About",
        [at_most(1000, "The words about it")],
        description="A few sentences for residents: who you are and what you are working on.",
    )
    contact_name = a_line("Contact: name", "The contact’s name", 100)
    contact_email = a_line("Contact: email address", "The email address", 254, optional(), an_email)
    contact_phone = a_line(
        "Contact: telephone", "The telephone number", 40, render_kw={"autocomplete": "tel"}
    )
    contact_address = wtforms.TextAreaField(
        "Contact: postal address", [at_most(500, "The address")], description="Where residents may write to."
    )
    colour = a_line(
        "Colour",
        "The colour",
        7,
        optional(),
        description="Of buttons and lines, as six figures after a #, like #1f4d3a. White must be readable on it.",
    )

    def validate_colour(self, field: wtforms.Field) -> None:
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", field.data):
            raise validators.ValidationError(
                "Write the colour as # and six figures or letters a to f, like #1f4d3a."
            )
        found = contrast(field.data, WHITE)
        if found < READABLE:
            raise validators.ValidationError(
                f"White on this colour is hard to read: its contrast is {found:.1f} to 1, and it takes 4.5. "
                "Choose a darker one."
            )
        field.data = field.data.lower()


class DesignationForm(Form):
    on = DayField(
        "The day of the designation",
        "The day of the designation",
        validators=[a_day("Enter the day of the designation, such as 14 3 2027."), decided],
        description="It lasts five years from that day.",
    )
