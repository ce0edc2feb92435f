"""What somebody sees of their draft: a page of the form, what they are about to send, the way back to it later."""

from typing import Any

from flask import render_template, request, url_for
from werkzeug.datastructures import MultiDict

from consult.consultations.models import Consultation
from consult.responses.at_events.event_pages import event_at, start_of
from consult.responses.drafts import checking
from consult.responses.drafts.trying import Held, Token, Tried
from consult.responses.form import filing, personal, steps, telling
from consult.responses.form.frozen import paper_of
from consult.responses.form.notice import notice_of
from consult.responses.form.parts import Files, Spot
from consult.responses.form.questionnaire import form_for
from consult.responses.form.steps import Step


def address_of(consultation: Consultation, token: Token, at: str = "", **more: Any) -> str:
    """At an event the address holds the device's code too, so that a page that is gone knows where to begin anew."""
    if isinstance(token, Tried):
        return token.address(at, **more)
    event = request.values.get("event") or None
    return url_for(
        "responses.draft", reference=consultation.reference, token=token, at=at or None, event=event, **more
    )


def opened(consultation: Consultation, held: Held, fields: dict[str, list[str]]) -> tuple[Any, list[Step]]:
    """The form filled with what is kept, and the pages that it has by now."""
    form = form_for(
        consultation, typed=MultiDict([(name, v) for name, values in fields.items() for v in values])
    )
    form.idempotency_key.data = held.key
    filing.show_held(consultation, form)
    return form, steps.steps_of(paper_of(consultation), form)


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


def gone(consultation: Consultation) -> Any:
    """The same for what was sent, what was cleared and what never was."""
    event = event_at(consultation) if request.args.get("event") else None
    if event is not None:
        return render_template("responses/thanks.html", next=start_of(consultation, event.code))
    return render_template("responses/gone.html", consultation=consultation, state=consultation.state()), 404
