"""How often one may try: counted for the address that asks, and for the account that is asked for."""

import hashlib

from flask import abort, current_app, request, session
from limits import parse

from consult.database import SAFE_METHODS
from consult.web.limits import limiter

GUESSES = {"account": "10 per 15 minutes", "address": "100 per 15 minutes"}  # a library is one address
MAILS = {"account": "5 per 15 minutes", "address": "40 per hour"}
COUNTED = {
    "security.login": GUESSES,
    "security.us_verify": GUESSES,
    "security.two_factor_token_validation": GUESSES,
    "security.mf_recovery": GUESSES,
    "security.change_password": GUESSES,
    "security.forgot_password": MAILS,
    "accounts.sign_up": MAILS,
    "accounts.code": MAILS,
    "accounts.code_again": MAILS,
}


def not_too_often() -> None:
    """Before each request: stops whoever guesses, or has mail sent, too often."""
    limits = COUNTED.get(request.endpoint or "")
    if (
        limits is None
        or request.method in SAFE_METHODS
        or not current_app.config.get("RATELIMIT_ENABLED", True)
    ):
        return
    what = "mails" if limits is MAILS else "guesses"
    if not (
        hit(limits["account"], what, account()) and hit(limits["address"], what, request.remote_addr or "")
    ):
        abort(429)


def hit(limit: str, what: str, who: str) -> bool:
    return limiter.limiter.hit(parse(limit), "accounts", what, hashlib.sha256(who.encode()).hexdigest())


def account() -> str:
    """Which account is being tried: the one half signed in, the one signed in, or the one named in the form."""
    named = request.form.get("identity") or request.form.get("email") or ""
    return str(
        session.get("tf_user_id")
        or session.get("_user_id")
        or named.strip().casefold()
        or request.remote_addr
    )
