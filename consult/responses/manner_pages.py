"""The pages of what goes with a response: optional questions about people, an address confirmed, and how an organiser
chooses them."""

from typing import Any

import wtforms
from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from consult.access import Act, needs, public
from consult.accounts import sessions
from consult.consultations.models import Consultation
from consult.responses import confirming, equality, manner
from consult.responses.asking import consultation_at, public_consultation_at
from consult.responses.at_events.event_pages import event_at, start_of
from consult.responses.door import flood
from consult.responses.models import Response
from consult.responses.pages import pages
from consult.web.forms import Form
from consult.web.languages import speaks

ONE = "/<space:space>/consultations/<reference>"


class MannerForm(Form):
    asks_equality = wtforms.BooleanField(
        "Offer optional questions about people: age, sex, disability and others"
    )
    confirms_email = wtforms.BooleanField("Ask people to confirm their email address")


@pages.get(f"{ONE}/responding")
@needs(Act.CONSULT)
def responding(reference: str) -> str:
    consultation = consultation_at(reference)
    return manner_page(consultation, MannerForm(obj=manner.manner_of(consultation)))


@pages.post(f"{ONE}/responding")
@needs(Act.CONSULT)
def choose_manner(reference: str) -> Any:
    consultation, form = consultation_at(reference), MannerForm()
    if not form.validate_on_submit():
        return manner_page(consultation, form), 422
    chosen = {"asks_equality": form.asks_equality.data, "confirms_email": form.confirms_email.data}
    manner.choose(consultation, sessions.me(), **chosen)
    flash("Saved.", "success")
    return redirect(url_for("responses.responding", reference=reference), 303)


def manner_page(consultation: Consultation, form: MannerForm) -> str:
    return render_template(
        "responses/responding.html",
        consultation=consultation,
        form=form,
        topics=equality.topics(),
        as_of=equality.as_of(),
    )


@pages.get(f"{ONE}/equality")
@needs(Act.READ_RESPONSES)
def equality_numbers(reference: str) -> str:
    """After the close only: two looks one response apart would tell who that person is."""
    consultation = consultation_at(reference)
    closed = consultation.state() == "closed"
    return render_template(
        "responses/equality_numbers.html",
        consultation=consultation,
        closed=closed,
        shown=equality.shown(consultation) if closed else [],
        asked=manner.manner_of(consultation).asks_equality,
    )


@pages.get(f"{ONE}/about-people")
@public
@speaks
def about_people(reference: str) -> str:
    return people_page(asking_about_people(reference))


@pages.post(f"{ONE}/about-people")
@public
@speaks
def add_people(reference: str) -> Any:
    consultation = asking_about_people(reference)
    if flood.too_many_about_people(consultation):
        words = _("Many answers are coming from your network just now. Try again in an hour, or leave it.")
        return people_page(consultation, words=words), 429
    given = {topic.key: request.form.get(topic.key, "") for topic in equality.topics()}
    known = {(topic.key, key) for topic in equality.topics() for key, _label in topic.options}
    equality.add_up(consultation, {key: answer for key, answer in given.items() if (key, answer) in known})
    return people_page(consultation, sent=True)


def people_page(consultation: Consultation, **context: Any) -> str:
    event = event_at(consultation)
    way = start_of(consultation, event.code) if event else ""
    topics = equality.topics()
    return render_template(
        "responses/about_people.html", consultation=consultation, topics=topics, next=way, **context
    )


def asking_about_people(reference: str) -> Consultation:
    consultation = public_consultation_at(reference)
    if consultation.state() != "open" or not manner.manner_of(consultation).asks_equality:
        abort(404)
    return consultation


@pages.get(f"{ONE}/confirmations/<token>")
@public
@speaks
def confirmation(reference: str, token: str) -> str:
    """Only looks: a mail scanner that opens the link confirms nothing."""
    consultation, response = to_confirm(reference, token)
    return confirmation_page(consultation, response, token)


@pages.post(f"{ONE}/confirmations/<token>")
@public
@speaks
def confirm_email(reference: str, token: str) -> str:
    consultation, response = to_confirm(reference, token)
    confirming.confirm(response)
    return confirmation_page(consultation, response, token)


def to_confirm(reference: str, token: str) -> tuple[Consultation, Response]:
    consultation = public_consultation_at(reference)
    return consultation, confirming.response_with(consultation, token) or abort(404)


def confirmation_page(consultation: Consultation, response: Response, token: str) -> str:
    done = confirming.confirmed(response)
    return render_template(
        "responses/confirmation.html", consultation=consultation, response=response, token=token, done=done
    )
