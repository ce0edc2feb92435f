"""Sessions that can be ended: the cookie holds a random token, the database its hash, one row a device."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app, request, session
from flask_login import current_user, user_logged_in, user_logged_out
from flask_security import password_changed, password_reset
from flask_security.utils import set_request_attr
from sqlalchemy.orm import joinedload

from consult import clock
from consult.accounts.models import Person, SignIn
from consult.database import db

LASTS = timedelta(days=30)
_end_with_all: list[Callable[[], None]] = []


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def begin(sender: Any, user: Person, **rest: Any) -> None:
    token = secrets.token_urlsafe(32)
    device = (request.user_agent.string or "").replace("\x00", "")[:200]
    db.session.add(SignIn(person_id=user.id, token_hash=hashed(token), device=device))
    session["_user_id"] = token


def whoever() -> Person | None:
    """Whoever is signed in, if anybody is; nobody, outside a request."""
    return current_user._get_current_object() if current_user and current_user.is_authenticated else None


def me() -> Person:
    """Whoever is signed in, on a page that nobody else is let into."""
    person: Person = current_user._get_current_object()
    return person


def current(token: str) -> SignIn | None:
    theirs = sa.select(SignIn).where(
        SignIn.token_hash == hashed(token), SignIn.ended.is_(None), SignIn.began > clock.now() - LASTS
    )
    return db.session.scalar(theirs.options(joinedload(SignIn.person, innerjoin=True)))


def load(token: str) -> Person | None:
    """Whoever holds the token of a sign-in that has not ended; Flask-Security is told when they last proved it.
    A cookie opens pages: a program shows a token of its own."""
    if request.path.startswith("/api/"):
        return None
    sign_in = current(token)
    if sign_in is None or not sign_in.person.active:
        return None
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", session.get("fs_paa", 0))
    return sign_in.person


def proved_lately() -> bool:
    """Whether whoever is signed in has shown within the hour, by password or code, that it is they."""
    within = current_app.config["SECURITY_FRESHNESS"].total_seconds()
    return bool(clock.now().timestamp() - session.get("fs_paa", 0) < within)


def end(sender: Any, user: Person, **rest: Any) -> None:
    """Ends the sign-in of this device; Flask-Login has taken the token from the session by now, so it is kept aside."""
    token = session.get("_user_id") or request.environ.get("consult.sign_in")
    sign_in = current(token) if token else None
    if sign_in is not None:
        sign_in.ended = clock.now()


def open_ones(person: Person) -> list[SignIn]:
    """Where a person is signed in, the latest first."""
    mine = sa.select(SignIn).where(
        SignIn.person_id == person.id, SignIn.ended.is_(None), SignIn.began > clock.now() - LASTS
    )
    return list(db.session.scalars(mine.order_by(SignIn.began.desc())))


def is_this_one(sign_in: SignIn) -> bool:
    return sign_in.token_hash == hashed(session.get("_user_id") or "")


def end_others(sender: Any, user: Person, **rest: Any) -> None:
    """After a change of password whoever else is signed in as this person is not any more."""
    for sign_in in open_ones(user):
        if not is_this_one(sign_in):
            sign_in.ended = clock.now()


def ends_with_all(function: Callable[[], None]) -> Callable[[], None]:
    """Registers what else lets somebody in, and ends when everybody has to sign in anew."""
    _end_with_all.append(function)
    return function


def end_all() -> None:
    """Everybody signs in anew, on every device."""
    going_on = sa.update(SignIn).where(SignIn.ended.is_(None))
    db.session.execute(going_on.values(ended=clock.now()))
    for function in _end_with_all:
        function()


def init_app(app: Any) -> None:
    app.login_manager.user_loader(load)
    user_logged_in.connect(begin, app)
    user_logged_out.connect(end, app)
    password_changed.connect(end_others, app)
    password_reset.connect(end_others, app)
    app.before_request(lambda: request.environ.__setitem__("consult.sign_in", session.get("_user_id")))
