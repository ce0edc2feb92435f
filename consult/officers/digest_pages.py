"""Where an officer asks for the weekly letter, and where its link ends it."""

from typing import Any

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from wtforms import BooleanField

from consult.access import Act, needs, public
from consult.accounts.sessions import me
from consult.officers import digest
from consult.officers.models import DigestSubscription, subscribe, subscription_of
from consult.web.forms import Form

pages = Blueprint("digest", __name__)


class DigestForm(Form):
    quiet_too = BooleanField("Write also in a week in which nothing happened and nothing is due")


@pages.get("/<space:space>/digest")
@needs(Act.OVERSEE)
def show() -> str:
    authority_only()
    held = subscription_of(me())
    form = DigestForm(None, data={"quiet_too": bool(held and held.quiet_too)})
    return render_template("officers/digest.html", held=held, form=form)


@pages.post("/<space:space>/digest/subscription")
@needs(Act.OVERSEE)
def subscription() -> Any:
    authority_only()
    form = DigestForm()
    if not form.validate_on_submit():
        return render_template("officers/digest.html", held=subscription_of(me()), form=form), 422
    subscribe(me(), quiet_too=bool(form.quiet_too.data))
    flash(f"We write to {me().email} on Monday mornings.", "success")
    return redirect(url_for("digest.show"), 303)


@pages.post("/<space:space>/digest/unsubscription")
@needs(Act.OVERSEE)
def unsubscription() -> Any:
    authority_only()
    if held := subscription_of(me()):
        held.end(by=me())
    flash("No letter comes any more.", "success")
    return redirect(url_for("digest.show"), 303)


@pages.route("/<space:space>/digest/letters/<signed>", methods=["GET", "POST"])
@public
def unsubscribing(signed: str) -> Any:
    """From the link in the letter: signing in is not asked for, and nothing but this can be done with it."""
    authority_only()
    found = digest.subscription_signed(signed) or abort(404)
    return render_template("officers/unsubscribing.html", ended=ended(found), signed=signed)


def ended(found: DigestSubscription) -> bool:
    if request.method == "POST":
        found.end(by=found.person)
    return found.ended is not None


def authority_only() -> None:
    if not g.space.is_authority:
        abort(404)
