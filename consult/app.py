"""Puts the house together: settings, database, walls, then each subject, then the doors."""

from importlib import import_module
from typing import Any

import click
from flask import Flask
from flask_babel import Babel
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from consult import audit as audit  # its tables belong to the first migration, whoever writes them
from consult import cli, database
from consult import guard as guard  # the walls stand before the first session is opened
from consult.accounts import signing_in
from consult.database import db
from consult.responses.door import porch
from consult.settings import ROOT, THIS_MACHINE, Settings
from consult.spaces import doors
from consult.web import asset_files, errors, forms, languages, limits, security, squeezing

WITH_MODELS = (
    *("accounts", "spaces", "areas", "forums", "plans", "consultations", "responses", "clearing", "entering"),
    *(
        "campaigns",
        "flags",
        "points",
        "issues",
        "feedback",
        "reports",
        "downloads",
        "submitting",
        "examining",
    ),
    *("officers", "api"),
)
SUBJECTS = (*WITH_MODELS, "operating")
TEN_MEGABYTES = 10 * 1024 * 1024


def create_app(settings: Settings | None = None, **overrides: Any) -> Flask:
    settings = settings or Settings.read()
    if not running_a_command():
        settings.ready_to_serve()
    settings.data_dir.mkdir(
        mode=0o700, parents=True, exist_ok=True
    )  # what residents wrote is nobody else's to read
    app = Flask("consult", root_path=str(ROOT), template_folder="templates", static_folder="build/static")
    app.config.from_mapping(configuration(settings) | overrides)
    porch.init_app(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(ROOT / "templates"),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            PrefixLoader({"govuk_frontend_wtf": PackageLoader("govuk_frontend_wtf")}),
        ]
    )
    build(app)
    return app


def configuration(settings: Settings) -> dict[str, Any]:
    return {
        "SETTINGS": settings,
        "ROOT": ROOT,
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SERVER_NAME": settings.server_name,
        "TRUSTED_HOSTS": trusted_hosts(settings),
        "MAX_CONTENT_LENGTH": TEN_MEGABYTES,
        "MAX_FORM_MEMORY_SIZE": TEN_MEGABYTES,
        "MAX_FORM_PARTS": 5000,
        "WTF_CSRF_TIME_LIMIT": None,  # a resident may write for ten hours; the token lives as long as the session
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": not settings.demo,
        "SESSION_COOKIE_NAME": "consult" if settings.demo else "__Host-consult",
        "REMEMBER_COOKIE_SECURE": not settings.demo,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "MAIL_SENDER": f"Consult <consult@{(settings.server_name or 'localhost').split(':')[0]}>",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "build" / "translations"),
    }


def trusted_hosts(settings: Settings) -> list[str] | None:
    """Who we answer to. Links in mail are built from the host, so one that anybody may name is never believed: without
    SERVER_NAME, only this machine's own are."""
    if settings.server_name:
        return [settings.server_name.split(":")[0]]
    return None if settings.demo else list(THIS_MACHINE)


def running_a_command() -> bool:
    """An operator's command needs no secret; serving does, and so does `flask run`."""
    context = click.get_current_context(silent=True)
    return context is not None and context.info_name != "run"


def build(app: Flask) -> None:
    for subject in WITH_MODELS:
        import_module(f"consult.{subject}.models")
    database.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"))
    Babel(app, locale_selector=lambda: languages.ours().code)
    CSRFProtect(app)
    security.init_app(app)
    languages.init_app(app)
    squeezing.init_app(app)
    errors.init_app(app)
    asset_files.init_app(app)
    limits.init_app(app)
    forms.init_app(app)
    doors.init_app(app)
    signing_in.init_app(app)
    for subject in SUBJECTS:
        import_module(f"consult.{subject}.routes").init_app(app)
    cli.init_app(app)
    doors.every_route_declares(app)
