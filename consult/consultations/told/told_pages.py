"""“Keep me told”, for anyone: leave an email, confirm it by the link that is mailed, end it by the same page."""

from typing import Any

from flask import abort, render_template, request
from flask_babel import gettext as _

from consult.access import Act, public
from consult.consultations.languages.wording import language_answered_in, offer_languages
from consult.consultations.models import Consultation
from consult.consultations.pages import ONE, found, pages
from consult.consultations.publicity.forms import FollowForm
from consult.consultations.told.following import Follower
from consult.spaces import doors
from consult.web.languages import speaks
from consult.web.limits import NotCounted, asking, hit

EACH_ADDRESS = "20 per hour"  # a library is one address, and a street stall another
EACH_EMAIL = "3 per day"  # else anybody could fill somebody's mailbox from here
EACH_MAILBOX = "10 per day"  # nor by asking at every consultation of every body
TOKEN = f"{ONE}/told/<token>"


def public_one(reference: str) -> Consultation:
    """One that everyone knows of; a draft's members may look at the page, which their preview links to."""
    consultation = found(reference)
    looks = request.method == "GET" and doors.may(Act.LOOK)
    if consultation.state() == "draft" and not looks:
        abort(404)
    offer_languages(consultation)
    return consultation


@pages.route(f"{ONE}/told", methods=["GET", "POST"])
@public
@speaks
def keep_told(reference: str) -> Any:
    consultation, form = public_one(reference), FollowForm()
    if not form.validate_on_submit():
        return ask(consultation, form, 422 if form.errors else 200)
    email = form.email.data or ""
    try:
        if not hit(EACH_ADDRESS, "told", asking(), consultation.id.hex):
            return too_many(consultation, form)
        welcome = hit(EACH_EMAIL, "told email", email, consultation.id.hex) and hit(
            EACH_MAILBOX, "told mailbox", email
        )
    except NotCounted:
        return too_many(consultation, form, 503)
    if welcome:
        consultation.follow(email, language_answered_in(consultation))
    return told_page(consultation, "asked", email=email)


def too_many(consultation: Consultation, form: FollowForm, status: int = 429) -> Any:
    form.email.errors = [_("We cannot take this just now. Please try again in an hour.")]
    return ask(consultation, form, status)


def ask(consultation: Consultation, form: FollowForm, status: int) -> Any:
    return render_template("consultations/keep_told.html", consultation=consultation, form=form), status


def follower_at(consultation: Consultation, token: str) -> Follower:
    return consultation.follower_of(token) or abort(404)


@pages.get(TOKEN)
@public
@speaks
def told(reference: str, token: str) -> str:
    """Only looks: a mail scanner that opens the link confirms nothing and ends nothing."""
    consultation = public_one(reference)
    follower = follower_at(consultation, token)
    return told_page(consultation, "confirmed" if follower.confirmed else "waiting", token=token)


@pages.post(f"{TOKEN}/confirmation")
@public
@speaks
def confirm_told(reference: str, token: str) -> str:
    consultation = public_one(reference)
    follower_at(consultation, token).confirm()
    return told_page(consultation, "confirmed", token=token, done=True)


@pages.post(f"{TOKEN}/ending")
@public
@speaks
def end_told(reference: str, token: str) -> str:
    consultation = public_one(reference)
    follower_at(consultation, token).forget()
    return told_page(consultation, "ended")


def told_page(consultation: Consultation, now: str, **context: Any) -> str:
    return render_template(
        "consultations/told.html",
        consultation=consultation,
        now=now,
        sent=request.method == "POST",
        **context,
    )
