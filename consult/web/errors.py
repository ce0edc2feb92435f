"""Every failure in plain words: what is wrong and what to do. What a person has written is never thrown away here."""

import logging
from typing import Any

from flask import Flask, current_app, render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from consult.database import Busy, db, is_busy
from consult.web import problems
from geodata.woven import TooComplex

logger = logging.getLogger("consult")
BUSY = _l(
    "Consult is busy with somebody else’s work, so yours could not be saved just now. "
    "Nothing is lost: go back in a minute and send it again."
)


class Refused(Exception):
    """An act that the rules do not allow: one plain sentence, shown where the person stands."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def page(code: int, sentence: str = "") -> tuple[Any, int]:
    """The error page, in words; its template knows a sentence for each code."""
    if for_a_program():
        return problems.problem(code, sentence), code
    said = {"code": code, "words": sentence, "form_address": form_address()}
    if code < 500:
        return render_template("errors/page.html", **said), code
    # Without the context of other pages: who is looking is asked of the database, which may be what failed.
    return current_app.jinja_env.get_template("errors/page.html").render(said), code


def for_a_program() -> bool:
    return request.path.startswith("/api/")


def form_address() -> str:
    """Where the form is that was sent, where it can be looked at."""
    adapter = current_app.create_url_adapter(request)
    return request.path if adapter and adapter.test(request.path, method="GET") else ""


def on_http(error: HTTPException) -> Any:
    if error.response is not None:
        return error.response
    if isinstance(error, SecurityError):
        return error  # under a host's name that is not ours no page can be built, since its links would lead there
    if for_a_program():
        return problems.of(error)
    return page(error.code or 500)


def on_csrf(error: CSRFError) -> Any:
    return page(
        400,
        gettext(
            "This page was open for a long time and its safety check ran out. Go back, reload the page, and send it "
            "again."
        ),
    )


def on_refused(error: Refused) -> Any:
    db.session.rollback()
    return page(409, error.sentence)


def on_too_complex(error: TooComplex) -> Any:
    """Outlines too intricate to be compared: its sentence says what to do."""
    return on_refused(Refused(str(error)))


def on_busy(error: Busy) -> Any:
    logger.warning("busy: %s", error)
    db.session.rollback()
    return page(503, str(BUSY))


def on_database(error: OperationalError) -> Any:
    if is_busy(error):
        return on_busy(Busy(str(error.orig)))
    logger.exception("the database did not answer")
    db.session.rollback()
    return page(503)


def on_anything(error: InternalServerError) -> Any:
    db.session.rollback()
    return page(500)


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, on_http)
    app.register_error_handler(CSRFError, on_csrf)
    app.register_error_handler(Refused, on_refused)
    app.register_error_handler(TooComplex, on_too_complex)
    app.register_error_handler(Busy, on_busy)
    app.register_error_handler(OperationalError, on_database)
    app.register_error_handler(InternalServerError, on_anything)
