"""One's own page: the spaces one works in, and the way to devices, name and password."""

from flask import render_template

from consult.access import signed_in
from consult.accounts import sessions
from consult.spaces.models import memberships_of
from consult.spaces.pages import pages


@pages.get("/account")
@signed_in
def account() -> str:
    person = sessions.me()
    return render_template(
        "spaces/account.html", memberships=memberships_of(person), devices=len(sessions.open_ones(person))
    )
