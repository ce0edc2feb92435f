"""Sessions that can be ended: the cookie holds a random token, the database its hash, one row a device."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import request, session
from flask_login import user_logged_in, user_logged_out

from consult import clock
from consult.accounts.models import Person, SignIn
from consult.database import db

LASTS = timedelta(days=30)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def begin(sender: Any, user: Person, **rest: Any) -> None:
    token = secrets.token_urlsafe(32)
    device = (request.user_agent.string or "")[:200]
    db.session.add(SignIn(person_id=user.id, token_hash=hashed(token), device=device))
    session["_user_id"] = token


def current(token: str) -> SignIn | None:
    return db.session.scalar(
        sa.select(SignIn).where(
            SignIn.token_hash == hashed(token), SignIn.ended.is_(None), SignIn.began > clock.now() - LASTS
        )
    )


def load(token: str) -> Person | None:
    sign_in = current(token)
    return sign_in.person if sign_in is not None and sign_in.person.active else None


def end(sender: Any, user: Person, **rest: Any) -> None:
    """Ends the sign-in of this device; Flask-Login has taken the token from the session by now, so it is kept aside."""
    token = session.get("_user_id") or request.environ.get("consult.sign_in")
    sign_in = current(token) if token else None
    if sign_in is not None:
        sign_in.ended = clock.now()


def end_all(person: Person) -> None:
    """Signs a person out everywhere, as after a change of password."""
    for sign_in in db.session.scalars(sa.select(SignIn).where(SignIn.person_id == person.id, SignIn.ended.is_(None))):
        sign_in.ended = clock.now()


def init_app(app: Any) -> None:
    app.login_manager.user_loader(load)
    user_logged_in.connect(begin, app)
    user_logged_out.connect(end, app)
    app.before_request(lambda: request.environ.__setitem__("consult.sign_in", session.get("_user_id")))
