"""The forms of signing in and of one's own account. Flask-Security's are kept, in our words and with limits."""

from typing import Any

import wtforms
from flask_security import (
    ChangePasswordForm,
    ForgotPasswordForm,
    MfRecoveryForm,
    ResetPasswordForm,
    TwoFactorVerifyCodeForm,
    UnifiedSigninForm,
    UnifiedVerifyForm,
    hash_password,
)
from flask_security.forms import password_required, valid_user_email
from flask_security.utils import validate_redirect_url
from wtforms import validators

from consult import mail
from consult.web.emails import LONGEST_EMAIL, an_email, is_email
from consult.web.forms import Form, at_most, required, tidy

LONGEST_NAME = 100
LONGEST_PASSWORD = 200


def without_nul(value: Any) -> Any:
    return value.replace("\x00", "") if isinstance(value, str) else value


def email_field(label: str = "Email address", description: str = "") -> Any:
    return wtforms.StringField(
        label,
        [required("Enter an email address."), at_most(LONGEST_EMAIL, "The email address"), an_email],
        filters=[tidy],
        description=description,
        render_kw={"autocomplete": "email"},
    )


def password_field(label: str, *more: Any, description: str = "") -> Any:
    return wtforms.PasswordField(
        label,
        [at_most(LONGEST_PASSWORD, "The password"), *more],
        filters=[without_nul],
        description=description,
    )


def code_field(label: str, description: str = "") -> Any:
    return wtforms.StringField(
        label,
        [required("Enter the code."), at_most(40, "The code")],
        filters=[tidy],
        description=description,
        render_kw={"autocomplete": "one-time-code"},
    )


class SignInForm(UnifiedSigninForm):
    identity = wtforms.StringField(
        "Email address",
        [required("Enter your email address."), at_most(LONGEST_EMAIL, "The email address")],
        filters=[tidy],
        render_kw={"autocomplete": "username"},
    )
    passcode = password_field("Password or code")
    remember = wtforms.BooleanField("Keep me signed in on this device for 30 days")
    submit = wtforms.SubmitField("Sign in")

    def validate_next(self, field: wtforms.Field) -> None:
        """A place that is not ours is no reason to refuse anybody: they are led to their account instead."""
        if not validate_redirect_url(field.data or ""):
            field.data = ""

    def validate(self, **rest: Any) -> bool:
        fine = bool(super().validate(**rest))
        person = getattr(self, "user", None)
        if not fine and (person is None or not person.password):
            hash_password("the same work")  # an unknown address takes as long as a known one
        return fine


class AgainForm(UnifiedVerifyForm):
    passcode = password_field("Password or code")
    submit = wtforms.SubmitField("Go on")
    validate_next = SignInForm.validate_next


class ForgottenForm(ForgotPasswordForm):
    email = wtforms.StringField(
        "Email address",
        [
            required("Enter your email address."),
            at_most(LONGEST_EMAIL, "The email address"),
            an_email,
            valid_user_email,
        ],
        filters=[tidy],
        render_kw={"autocomplete": "email"},
    )
    submit = wtforms.SubmitField("Send me a link")

    def validate(self, **rest: Any) -> bool:
        fine = bool(super().validate(**rest))
        if not fine and self.email.data and self.user is None and is_email(self.email.data):
            mail.write(
                self.email.data,
                "no_account",
                "You have no account on Consult yet",
                link=mail.link("accounts.sign_up"),
            )
        return fine


NEW_PASSWORD_HINT = "At least 12 characters. Three words that only you would put together do well."  # noqa: S105
TWICE = "The two passwords are not the same. Enter the new one twice."


class NewPasswordForm(ResetPasswordForm):
    password = password_field("New password", password_required, description=NEW_PASSWORD_HINT)
    password_confirm = password_field("The same again", validators.EqualTo("password", message=TWICE))
    submit = wtforms.SubmitField("Set the password")


class PasswordForm(ChangePasswordForm):
    password = password_field("Your password now")
    new_password = password_field("New password", password_required, description=NEW_PASSWORD_HINT)
    new_password_confirm = password_field("The same again", validators.EqualTo("new_password", message=TWICE))
    submit = wtforms.SubmitField("Set the password")


class AppCodeForm(TwoFactorVerifyCodeForm):
    code = code_field("Code", "Six digits, shown by your authenticator app.")
    submit = wtforms.SubmitField("Go on")


class RecoveryForm(MfRecoveryForm):
    code = code_field("Recovery code", "One of those that you kept, like 1a2b-3c4d-5e6f.")
    submit = wtforms.SubmitField("Go on")


class SignUpForm(Form):
    name = wtforms.StringField(
        "Your name",
        [required("Enter your name."), at_most(LONGEST_NAME, "The name")],
        description="The people you work with see it.",
        render_kw={"autocomplete": "name"},
    )
    email = email_field(description="We mail you a code to sign in with.")


class NameForm(Form):
    name = wtforms.StringField(
        "Your name",
        [required("Enter your name."), at_most(LONGEST_NAME, "The name")],
        render_kw={"autocomplete": "name"},
    )


class CodeForm(Form):
    identity = email_field()
