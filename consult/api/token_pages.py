"""A person's tokens: made here, shown once, revoked here. By a cookie alone: no token makes another."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for

from consult.access import Act, signed_in
from consult.accounts import sessions
from consult.api.forms import TokenForm
from consult.api.models import ACTS, ApiToken, tokens_of
from consult.database import alone, db
from consult.spaces.models import Membership, memberships_of

pages = Blueprint("tokens", __name__)
MOST = 20  # that work at a time


@pages.get("/account/api-tokens")
@signed_in
def tokens() -> str:
    mine = tokens_of(sessions.me())
    return render_template(
        "api/tokens.html", tokens=mine, names=names(memberships_of(sessions.me())), acts=ACTS
    )


@pages.route("/account/api-tokens/new", methods=["GET", "POST"])
@signed_in
def new_token() -> Any:
    """Whoever finds a device that is signed in makes no token with it: who they are is asked again after an hour."""
    if not sessions.proved_lately():
        return redirect(url_for("security.us_verify", next=url_for("tokens.new_token")), 303)
    person = sessions.me()
    memberships = memberships_of(person)
    form = TokenForm()
    form.spaces.choices = list(names(memberships).items())
    form.acts.choices = [
        (act.name, words) for act, words in ACTS.items() if any(each.may(act) for each in memberships)
    ]
    if not form.validate_on_submit():
        status = 422 if form.errors else 200
        return render_template("api/new_token.html", form=form, memberships=memberships), status
    alone(f"tokens of {person.id}")
    if sum(each.is_good for each in tokens_of(person)) >= MOST:
        form.name.errors = [f"You have {MOST} tokens that work: revoke one that you do not need first."]
        return render_template("api/new_token.html", form=form, memberships=memberships), 422
    acts = [Act[name] for name in form.acts.data]
    spaces = [UUID(id_) for id_ in form.spaces.data]
    token, secret = ApiToken.make(person, form.name.data, spaces, acts, int(form.days.data))
    return render_template("api/made.html", token=token, secret=secret), 201


@pages.post("/account/api-tokens/<uuid:api_token_id>/revocation")
@signed_in
def revoke(api_token_id: UUID) -> Any:
    token = db.session.get(ApiToken, api_token_id)
    if token is None or token.person_id != sessions.me().id:
        abort(404)
    token.revoke(sessions.me())
    flash(f"The token “{token.name}” no longer works.", "success")
    return redirect(url_for("tokens.tokens"), 303)


def names(memberships: list[Membership]) -> dict[str, str]:
    return {str(each.space.id): each.space.name for each in memberships}
