"""The form a page at a time: each page is posted, kept in the draft that its address opens, and leads to the next."""

from collections.abc import Iterable
from typing import Any

from flask import redirect, render_template, request
from werkzeug.datastructures import MultiDict

from consult.access import public
from consult.consultations.models import Consultation
from consult.responses import receipts
from consult.responses.asking import public_consultation_at
from consult.responses.at_events.event_pages import nothing_left, start_of
from consult.responses.drafts import drafts
from consult.responses.drafts.draft_sending import over, send
from consult.responses.drafts.draft_showing import address_of, gone, later_page, opened, shown
from consult.responses.drafts.drafts import Draft
from consult.responses.drafts.trying import Held, Token
from consult.responses.form import filing, picture, steps
from consult.responses.form.frozen import paper_of
from consult.responses.form.parts import Files, Spot
from consult.responses.form.questionnaire import form_for
from consult.responses.form.steps import Step
from consult.responses.pages import pages
from consult.web.languages import speaks

DRAFT = "/<space:space>/consultations/<reference>/drafts/<token>"


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


def mailed(consultation: Consultation, held: Draft, token: str) -> Any:
    email = " ".join(request.form.get("email", "").split())
    event = request.values.get("event") or None
    link = receipts.mailed("responses.draft", consultation, token=token, event=event)
    wrong = receipts.mail_way_back(consultation, email, link)
    if wrong:
        return later_page(consultation, held, token, wrong=wrong, typed=email), 422
    return later_page(consultation, held, token, sent_to=email)
