"""What an email address is: one check for every form, and for every file that brings addresses in."""

from typing import Any

import wtforms
from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext
from wtforms import validators

LONGEST_EMAIL = 254


def normalised(text: str) -> str | None:
    """The one way in which we write that address, or none where it is not one (two in a line are not one: mail would
    go to both). Its domain is not asked, so the answer never depends on the network."""
    if len(text) > LONGEST_EMAIL:
        return None
    try:
        found = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    return found.normalized.casefold()


def is_email(text: str) -> bool:
    return normalised(text) is not None


def an_email(form: Any, field: wtforms.Field) -> None:
    address = normalised(field.data or "")
    if address is None:
        raise validators.ValidationError(gettext("Enter an email address like name@example.org."))
    field.data = address
