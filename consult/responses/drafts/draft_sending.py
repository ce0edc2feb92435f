"""Sending a draft: once, as it was seen, and to its receipt whichever window asks."""

from typing import Any

from flask import redirect, render_template, request
from flask_babel import gettext as _

from consult.consultations.models import Consultation
from consult.database import db
from consult.responses import networks, receipts
from consult.responses.at_events.event_pages import nothing_left, start_of
from consult.responses.door import flood
from consult.responses.drafts import checking, drafts
from consult.responses.drafts.draft_showing import check_page, gone, to_send
from consult.responses.drafts.drafts import Draft
from consult.responses.form import filing
from consult.responses.form.notice import as_shown
from consult.responses.manner import manner_of
from consult.responses.models import Response
from consult.responses.receiving import receive
from consult.responses.replacing import ReplacedAlready, newer_than


def send(consultation: Consultation, held: Draft, token: str) -> Any:
    """All of it is made ready first: on SQLite whoever writes keeps everybody else from writing."""
    form, path = to_send(consultation, held)
    if flood.too_many(consultation, held.event_device_id):
        words = _(
            "Many responses are coming in just now. Wait a minute, then send again: what you wrote is kept."
        )
        return check_page(consultation, held, token, words=words), 429
    if not form.validate():
        return check_page(consultation, held, token, checking.problems(path, form)), 422
    submission = form.submission(
        begun=held.begun,
        former=held.former_id,
        channel="event" if held.event_device_id else "web",
        **as_shown(consultation),
    )
    as_read = held.touched
    try:
        response, already_there = receive(consultation, submission)
    except ReplacedAlready:
        return replaced_already(consultation, held, token)
    if already_there:
        return over(consultation, token)
    if held.changed_since(as_read):
        return changed_elsewhere(consultation, token)
    held.send(response)
    networks.note(response)
    if form.takes_files:
        filing.let_go(consultation, submission.key)
    mailed = receipts.mail(consultation, response)
    if held.event_device_id:
        return thanks(consultation, response)
    return redirect(receipts.address(consultation, response, mail=None if mailed else "held"), 303)


def replaced_already(consultation: Consultation, held: Draft, token: str) -> Any:
    words = _(
        "You have changed this response in another window since. Open the receipt of that change and go on there."
    )
    newer = newer_than(held.former_id) if held.former_id else None
    return check_page(consultation, held, token, words=words if newer else ""), 409


def changed_elsewhere(consultation: Consultation, token: str) -> Any:
    """Nobody sends what they have not seen."""
    db.session.rollback()
    held = drafts.held_by(consultation, token)
    if held is None:
        return gone(consultation)
    words = _("You have changed this in another window meanwhile. Look at it again, then send it.")
    return check_page(consultation, held, token, words=words), 409


def thanks(consultation: Consultation, response: Response) -> Any:
    """Shown once, as the answer to sending: no address brings it back, and its reference with it."""
    event = request.args.get("event", "")
    told = {"response": response, "event": event, "next": start_of(consultation, event)}
    asks = manner_of(consultation).asks_equality
    page = render_template("responses/thanks.html", consultation=consultation, asks_equality=asks, **told)
    return nothing_left(page)


def over(consultation: Consultation, token: str) -> Any:
    """What is posted to a draft that has been sent, because its answer was lost on the way, leads to the receipt."""
    db.session.expire_all()  # somebody else may have sent it since this request read it
    held = drafts.held_by(consultation, token)
    if held is None or held.sent_as is None:
        return gone(consultation)
    return redirect(receipts.address(consultation, held.sent_as), 303)
