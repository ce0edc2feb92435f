"""The form a page at a time: each page is posted, kept in the draft that its address opens, and leads to the next."""

from collections.abc import Iterable
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from consult.access import public
from consult.consultations.models import Consultation
from consult.database import db
from consult.responses import checking, drafts, filing, flood, personal, picture, receipts, steps, telling
from consult.responses.asking import public_consultation_at
from consult.responses.drafts import Draft
from consult.responses.event_pages import event_at, nothing_left, start_of
from consult.responses.frozen import paper_of
from consult.responses.manner import manner_of
from consult.responses.models import Response
from consult.responses.notice import as_shown, notice_of
from consult.responses.pages import pages
from consult.responses.parts import Files, Spot
from consult.responses.questionnaire import form_for
from consult.responses.receiving import receive
from consult.responses.replacing import ReplacedAlready, newer_than
from consult.responses.steps import Step
from consult.responses.trying import Held, Token, Tried
from consult.web.languages import in_link, speaks

DRAFT = "/<space:space>/consultations/<reference>/drafts/<token>"


def address_of(consultation: Consultation, token: Token, at: str = "", **more: Any) -> str:
    """At an event the address holds the device's code too, so that a page that is gone knows where to begin anew."""
    if isinstance(token, Tried):
        return token.address(at, **more)
    event = request.values.get("event") or None
    return url_for(
        "responses.draft", reference=consultation.reference, token=token, at=at or None, event=event, **more
    )


def begin(consultation: Consultation, **more: Any) -> Any:
    """A draft of their own for whoever begins, and its first page."""
    draft, token = drafts.begin(consultation, **more)
    return redirect(address_of(consultation, token, "check" if draft.former_id else ""), 303)


@pages.get(DRAFT)
@public
@speaks
def draft(reference: str, token: str) -> Any:
    consultation = public_consultation_at(reference)
    held = drafts.held_by(consultation, token)
    if held is None:
        return gone(consultation)
    if held.sent_as is not None:
        return redirect(receipts.address(consultation, held.sent_as), 303)
    form, path = opened(consultation, held, held.fields)
    at = request.args.get("at", "")
    if at == "later":
        return later_page(consultation, held, token)
    return shown(consultation, held, token, form, steps.find(path, at))


@pages.post(DRAFT)
@public
@speaks
def keep(reference: str, token: str) -> Any:
    consultation = public_consultation_at(reference)
    held = drafts.held_by(consultation, token)
    if held is None or held.sent_as_id is not None:
        return over(consultation, token)
    do = request.form.get("do", "next")
    if do == "clear":
        return cleared(consultation, held, token)
    if do == "mail":
        return mailed(consultation, held, token)
    if do == "send":
        return send(consultation, held, token)
    return kept(consultation, held, token, do)


def opened(consultation: Consultation, held: Held, fields: dict[str, list[str]]) -> tuple[Any, list[Step]]:
    """The form filled with what is kept, and the pages that it has by now."""
    form = form_for(
        consultation, typed=MultiDict([(name, v) for name, values in fields.items() for v in values])
    )
    form.idempotency_key.data = held.key
    filing.show_held(consultation, form)
    return form, steps.steps_of(paper_of(consultation), form)


def kept(consultation: Consultation, held: Held, token: Token, do: str) -> Any:
    """Keeps the page that was posted, and goes on; where something is wrong, the page says what and keeps nothing."""
    before, path = opened(consultation, held, held.fields)
    step = steps.find(path, request.form.get("at", ""))
    form = posted(consultation, held, step, step.names(before))
    clicked = [
        picture.took_click(form, p, picture.extent_of(consultation))
        for p in step.parts
        if isinstance(p, Spot)
    ]
    if any(clicked) or do not in ("next", "later"):
        return shown(consultation, held, token, form, step)
    steps.check(step, form)
    if form.errors:
        return shown(consultation, held, token, form, step), 422
    names, path = step.names(form), steps.steps_of(paper_of(consultation), form)
    if not held.take():
        return over(consultation, str(token))
    held.keep(names, {name: request.form.getlist(name) for name in names if is_kept(form, name)})
    return redirect(
        address_of(consultation, token, "later" if do == "later" else steps.after(path, step.at)), 303
    )


def posted(consultation: Consultation, held: Held, step: Step, names: Iterable[str]) -> Any:
    """The form with this page as it was posted, and everything else as it is kept."""
    mine = set(names)
    typed: MultiDict[str, Any] = MultiDict(
        [(name, value) for name, values in held.fields.items() if name not in mine for value in values]
    )
    for source in (request.form, request.files):
        for name in mine:
            typed.setlist(name, [*typed.getlist(name), *source.getlist(name)])
    form = form_for(consultation, typed=typed)
    form.idempotency_key.data = held.key
    filing.hold(consultation, form)
    return form


def is_kept(form: Any, name: str) -> bool:
    """Files are held apart, and the trap is never filled by a person."""
    return (
        name in request.form
        and name != "website"
        and not any(
            isinstance(part, Files) and name in (part.name, f"{part.name}.remove") for part in form.parts
        )
    )


# What is shown.


def shown(consultation: Consultation, held: Held, token: Token, form: Any, step: Step) -> str:
    path = steps.steps_of(paper_of(consultation), form)
    if step.kind == "check":
        return check_page(consultation, held, token)
    back = steps.previous(path, step.at)
    return render_template(
        "responses/page.html",
        step=step,
        number=next((n for n, s in enumerate(path, 1) if s.at == step.at), 1),
        steps=len(path),
        back=address_of(consultation, token, back) if back else None,
        notes=personal.public_notes(consultation),
        takes_files=any(isinstance(part, Files) for part in step.parts),
        **around(consultation, held, token),
        **telling.form_context(consultation, form, [p for p in step.parts if isinstance(p, Spot)]),
    )


def around(consultation: Consultation, held: Held, token: Token) -> dict[str, Any]:
    """What every page of a draft says around its own matter."""
    return {
        "address": address_of(consultation, token),
        "later": address_of(consultation, token, "later"),
        "closed": consultation.state() == "closed",
        "former": held.former,
        "event": request.args.get("event", "") if held.event_device_id else "",
        "asks_address": personal.asks_address(consultation.stage),
        "takes_wishes": personal.takes_wishes(consultation.stage),
    }


def check_page(consultation: Consultation, held: Held, token: Token, wrong: Any = (), words: str = "") -> str:
    form, path = to_send(consultation, held)
    response, said = checking.preview(consultation, path, form.submission())
    return render_template(
        "responses/check.html",
        consultation=consultation,
        response=response,
        said=said,
        wrong=wrong,
        words=words,
        link=lambda step: address_of(consultation, token, step.at),
        about=address_of(consultation, token, "about"),
        back=address_of(consultation, token, "about"),
        key=held.key,
        number=len(path),
        notice=notice_of(consultation),
        publication=personal.publication_of(consultation),
        **around(consultation, held, token),
    )


def to_send(consultation: Consultation, held: Held) -> tuple[Any, list[Step]]:
    """The form as it would be sent; the pages are those of all that is kept, so that nothing picked is out of sight."""
    full, path = opened(consultation, held, held.fields)
    form, _path = opened(consultation, held, steps.settled(full, held.fields))
    return form, path


def gone(consultation: Consultation) -> Any:
    """The same for what was sent, what was cleared and what never was."""
    event = event_at(consultation) if request.args.get("event") else None
    if event is not None:
        return render_template("responses/thanks.html", next=start_of(consultation, event.code))
    return render_template("responses/gone.html", consultation=consultation, state=consultation.state()), 404


# What is done.


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


def cleared(consultation: Consultation, held: Draft, token: str) -> Any:
    event = request.args.get("event", "") if held.event_device_id else ""
    if not held.take():
        return over(consultation, token)
    filing.let_go(consultation, held.key)
    held.forget()
    if event:
        return nothing_left(redirect(start_of(consultation, event), 303))
    return render_template(
        "responses/gone.html", consultation=consultation, state=consultation.state(), cleared=True
    )


def later_page(
    consultation: Consultation, held: Held, token: Token, sent_to: str = "", wrong: str = "", typed: str = ""
) -> str:
    return render_template(
        "responses/later.html",
        consultation=consultation,
        sent_to=sent_to,
        wrong=wrong,
        typed=typed,
        absolute=address_of(consultation, token, _external=True),
        **around(consultation, held, token),
    )


def mailed(consultation: Consultation, held: Draft, token: str) -> Any:
    email = " ".join(request.form.get("email", "").split())
    link = address_of(consultation, token, _external=True, **in_link())
    wrong = receipts.mail_way_back(consultation, email, link)
    if wrong:
        return later_page(consultation, held, token, wrong=wrong, typed=email), 422
    return later_page(consultation, held, token, sent_to=email)
