"""Sign-in by Flask-Security, narrowed: it never commits, never mails by itself, never acts on a GET."""

from functools import wraps
from typing import Any

from flask import Flask, abort
from flask_security import MailUtil, Security, SQLAlchemyUserDatastore

from consult import access, mail
from consult.accounts import sessions
from consult.accounts.models import Person
from consult.database import db

SETTINGS: dict[str, Any] = {
    "SECURITY_JOIN_USER_ROLES": False,
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_PASSWORD_LENGTH_MIN": 12,
    "SECURITY_SEND_REGISTER_EMAIL": False,
    "SECURITY_UNIFIED_SIGNIN": True,
    "SECURITY_US_ENABLED_METHODS": ["password", "email"],
    "SECURITY_US_TOKEN_VALIDITY": 600,
    "SECURITY_US_EMAIL_SUBJECT": "Your code for Consult",
    "SECURITY_EMAIL_SENDER": "consult@localhost",
    "SECURITY_TOTP_ISSUER": "Consult",
    "SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
}


class People(SQLAlchemyUserDatastore):
    """People in our database; the request commits, once."""

    def commit(self) -> None:
        db.session.flush()


class OutboxMail(MailUtil):
    """Mail leaves through the outbox, with the act that causes it."""

    def send_mail(self, template: str, subject: str, recipient: str, sender: Any, body: str, html: Any, **rest: Any) -> None:
        mail.send(recipient, subject, body)


def init_app(app: Flask) -> None:
    for name, value in SETTINGS.items():
        app.config.setdefault(name, value)
    app.config.setdefault("SECURITY_PASSWORD_SALT", app.config["SECRET_KEY"] or "commands sign nobody in")
    app.config.setdefault("SECURITY_TOTP_SECRETS", {"1": app.config["SECRET_KEY"] or "commands sign nobody in"})
    Security(app, People(db, Person, None), mail_util_cls=OutboxMail)
    sessions.init_app(app)
    if "security.us_verify_link" in app.view_functions:
        app.view_functions["security.us_verify_link"] = lambda: abort(404)  # its GET would sign in
    for endpoint in list(app.view_functions):
        if endpoint.startswith("security."):
            app.view_functions[endpoint] = opened(app.view_functions[endpoint])


def opened(view: Any) -> Any:
    """Flask-Security's own pages ask who is there themselves."""

    @access.public
    @wraps(view)
    def page(**values: Any) -> Any:
        return view(**values)

    return page
