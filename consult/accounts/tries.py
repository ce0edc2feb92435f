"""How often one may try: counted for the address that asks, and for the account that is asked for."""

from typing import Any

from flask import abort, request, session

from consult.accounts import sessions
from consult.database import SAFE_METHODS
from consult.web.errors import page
from consult.web.limits import NotCounted, asking, hit

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
HALF_WAY = ("security.two_factor_token_validation", "security.mf_recovery")
INSIDE = ("security.us_verify", "security.change_password", "accounts.code_again")


UNCOUNTED = (
    "We cannot sign anybody in just now, because we cannot count how often a code or password is tried. "
    "It is our fault, not yours. Try again in a few minutes."
)


def not_too_often() -> Any:
    """Before each request: stops whoever guesses, or has mail sent, too often.

    Where tries cannot be counted, none is let through (ASVS 16.5.3: fail closed). Whoever is signed in works on;
    codes that anyone may try without end would let a stranger in, and no later repair puts that right.
    """
    limits = COUNTED.get(request.endpoint or "")
    if limits is None or request.method in SAFE_METHODS:
        return None
    what = "mails" if limits is MAILS else "guesses"
    whose = {"account": account(), "address": asking()}
    try:
        if not all(hit(limits[kind], f"accounts/{what}", kind, who) for kind, who in whose.items()):
            abort(429)
    except NotCounted:
        return page(503, UNCOUNTED)
    return None


def account() -> str:
    """Which account is being tried. Only where somebody stands half-way or inside does their session say so: at the
    front door a cookie kept from another day would have the guesses counted for somebody else."""
    if request.endpoint in HALF_WAY:
        named = session.get("tf_user_id")
    elif request.endpoint in INSIDE:
        person = sessions.whoever()
        named = person.id if person else None
    else:
        named = (request.form.get("identity") or request.form.get("email") or "").strip().casefold()
    return str(named or asking())
