"""Sign-in by Flask-Security, narrowed: it never commits, never mails by itself, never acts on a GET.

An account is made without a password, so it is first entered by a code that was mailed to its address: no address is
ever anybody's who has not read its mail. A password and an authenticator app may be added then.
"""

import base64
import hashlib
from datetime import timedelta
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, redirect, render_template, request, session, url_for
from flask_login import current_user
from flask_security import MailUtil, Security, SQLAlchemyUserDatastore
from flask_wtf import FlaskForm

from consult import access, mail
from consult.accounts import codes, forms, sessions, tries
from consult.accounts.messages import MESSAGES
from consult.accounts.models import Person
from consult.database import db, may_write
from consult.web.emails import is_email

SETTINGS: dict[str, Any] = {
    "SECURITY_JOIN_USER_ROLES": False,
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_API_ENABLED_METHODS": ["session"],
    "SECURITY_STATIC_FOLDER": None,
    "SECURITY_PASSWORD_LENGTH_MIN": 12,
    "SECURITY_RECOVERABLE": True,
    "SECURITY_RESET_PASSWORD_WITHIN": timedelta(hours=1),
    "SECURITY_CHANGEABLE": True,
    "SECURITY_UNIFIED_SIGNIN": True,
    "SECURITY_US_SIGNIN_REPLACES_LOGIN": True,
    "SECURITY_US_ENABLED_METHODS": ["password", "email"],
    "SECURITY_US_TOKEN_VALIDITY": codes.MINUTES * 60,
    "SECURITY_TWO_FACTOR": True,
    "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
    "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": ".mf_recovery_codes",
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": 8,
    "SECURITY_FRESHNESS": timedelta(hours=1),
    "SECURITY_EMAIL_HTML": False,
    "SECURITY_EMAIL_SENDER": "consult@localhost",
    "SECURITY_EMAIL_TEMPLATE_PASSWORD_RESET": "mail/reset",
    "SECURITY_EMAIL_TEMPLATE_PASSWORD_RESET_NOTICE": "mail/password_changed",
    "SECURITY_EMAIL_TEMPLATE_PASSWORD_CHANGE_NOTICE": "mail/password_changed",
    "SECURITY_EMAIL_SUBJECT_PASSWORD_RESET": "A new password for Consult",
    "SECURITY_EMAIL_SUBJECT_PASSWORD_NOTICE": "Your password on Consult was changed",
    "SECURITY_EMAIL_SUBJECT_PASSWORD_CHANGE_NOTICE": "Your password on Consult was changed",
    "SECURITY_TOTP_ISSUER": "Consult",
    "SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "test_environment": True},
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_US_VERIFY_URL": "/sign-in/again",
    "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/authenticator",
    "SECURITY_MULTI_FACTOR_RECOVERY_URL": "/sign-in/recovery",
    "SECURITY_RESET_URL": "/reset-password",
    "SECURITY_CHANGE_URL": "/account/password",
    "SECURITY_TWO_FACTOR_SETUP_URL": "/account/authenticator",
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": "/account/recovery-codes",
    "SECURITY_POST_LOGIN_VIEW": "/account",
    "SECURITY_POST_CHANGE_VIEW": "/account",
    "REMEMBER_COOKIE_DURATION": sessions.LASTS,
} | {f"SECURITY_MSG_{name}": message for name, message in MESSAGES.items()}

OPEN = {  # the pages of Flask-Security that are there; every other route of it is answered as if it were not
    "security.login",
    "security.logout",
    "security.us_verify",
    "security.two_factor_token_validation",
    "security.two_factor_setup",
    "security.mf_recovery",
    "security.mf_recovery_codes",
    "security.forgot_password",
    "security.reset_password",
    "security.change_password",
}


class People(SQLAlchemyUserDatastore):
    """People in our database; the request commits, once."""

    def commit(self) -> None:
        db.session.flush()

    def us_get_totp_secrets(self, user: Any) -> dict[str, str]:
        """Everybody can be mailed a code: the secret behind it is made when it is first needed."""
        secrets = super().us_get_totp_secrets(user)
        if "email" not in secrets and may_write():
            secrets["email"] = current_app.extensions["security"].totp_factory.for_email()
            self.us_put_totp_secrets(user, secrets)
        return secrets


class OutboxMail(MailUtil):
    """Mail leaves through the outbox, with the act that causes it."""

    def send_mail(
        self, template: str, subject: str, recipient: Any, sender: Any, body: Any, html: Any, **rest: Any
    ) -> None:
        mail.send(recipient, subject, body)


def draw(template: str, **context: Any) -> Any:
    """Flask-Security's pages and mails, from our templates. What is wrong with a form as a whole is said at its first
    field, so that the error summary leads somewhere; a form with errors answers 422, as all of ours do."""
    if template.endswith(".txt"):
        return render_template(template, mail_link=mail.link, **context)
    all_forms = [
        form for name, form in context.items() if isinstance(form, FlaskForm) and name.endswith("_form")
    ]
    form = next((form for form in all_forms if form.errors), all_forms[0] if all_forms else None)
    if form is not None and form.form_errors:
        first = next(field for field in form if field.type in ("StringField", "PasswordField"))
        first.errors = [*first.errors, form.form_errors[0]]
        form.form_errors = []
    if (
        request.method == "POST"
        and form is not None
        and "email" in form
        and not is_email(form.email.data or "")
    ):
        form.email.errors = ["Enter an email address like name@example.org."]
        session.pop("_flashes", None)  # “a mail is on its way” would not be true
    status = 422 if form is not None and form.errors and request.method == "POST" else 200
    return render_template(template, **(context | {"form": form})), status


def init_app(app: Flask) -> None:
    for name, value in SETTINGS.items():
        app.config.setdefault(name, value)
    secret = app.config["SECRET_KEY"] or "commands sign nobody in"
    app.config.setdefault("SECURITY_PASSWORD_SALT", secret)
    app.config.setdefault("SECURITY_TOTP_SECRETS", {"1": secret})
    key = base64.urlsafe_b64encode(hashlib.sha256(f"recovery codes {secret}".encode()).digest())
    app.config.setdefault("SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS", [key])
    security = Security(
        app,
        People(db, Person, cast(Any, None)),
        mail_util_cls=OutboxMail,
        totp_cls=codes.Codes,
        render_template=draw,
        us_signin_form=forms.SignInForm,
        us_verify_form=forms.AgainForm,
        forgot_password_form=forms.ForgottenForm,
        reset_password_form=forms.NewPasswordForm,
        change_password_form=forms.PasswordForm,
        two_factor_verify_code_form=forms.AppCodeForm,
        mf_recovery_form=forms.RecoveryForm,
    )
    security.want_json(lambda request: False)
    cast(Any, app).login_manager.request_loader(
        None
    )  # no tokens in headers: a sign-in is a row that can be ended
    sessions.init_app(app)
    app.before_request(tries.not_too_often)
    app.after_request(only_our_own_pages)
    for endpoint in list(app.view_functions):
        if endpoint.startswith("security."):
            app.view_functions[endpoint] = opened(endpoint, app.view_functions[endpoint])


def opened(endpoint: str, view: Any) -> Any:
    """Flask-Security's own pages ask who is there themselves."""

    @access.public
    @wraps(view)
    def page(**values: Any) -> Any:
        if endpoint not in OPEN:
            abort(404)
        if endpoint == "security.two_factor_token_validation" and not half_way():
            return redirect(url_for("security.two_factor_setup"), 303)
        return view(**values)

    return page


def half_way() -> bool:
    """Somebody signed in who is not setting up an app has nothing to confirm (Flask-Security would sign them out)."""
    return not current_user.is_authenticated or session.get("tf_state") == "validating_profile"


def only_our_own_pages(response: Response) -> Response:
    """After signing in one is led to a page of ours, whatever `next` says."""
    if (request.endpoint or "").startswith("security.") and response.location:
        target = urlsplit(response.location)
        elsewhere = (target.netloc or target.scheme) and (target.netloc != request.host)
        if (
            elsewhere
            or "\\" in response.location
            or not target.path.startswith("/")
            or target.path.startswith("//")
        ):
            response.location = "/"
    return response
