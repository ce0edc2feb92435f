"""One consultee: who it is, what it was sent, whether it replied; and deciding about one body of Schedule 1."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for

from consult import audit, clock
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.consultations import words
from consult.consultations.consulted import notices, replies, telling
from consult.consultations.consulted.consultee_forms import (
    ByHandForm,
    ConsulteeForm,
    DecisionForm,
    ReturnForm,
)
from consult.consultations.consulted.consultee_list import LIST, back
from consult.consultations.consulted.consultees import Consultee
from consult.consultations.consulted.notices import Notice
from consult.consultations.consulted.schedule import schedule_1
from consult.consultations.models import Consultation
from consult.consultations.pages import found, pages
from consult.database import db
from consult.tenancy import here
from consult.web.errors import Refused

BY_ID = f"{LIST}/<uuid:consultee_id>"


def consultee_of(consultation: Consultation, consultee_id: UUID) -> Consultee:
    consultee = db.session.get(Consultee, (here(), consultee_id))
    if consultee is None or consultee.consultation_id != consultation.id:
        abort(404)
    return consultee


@pages.route(f"{LIST}/bodies/<body>", methods=["GET", "POST"])
@needs(Act.CONSULT)
def decide(reference: str, body: str) -> Any:
    consultation, entry = found(reference), schedule_1().body(body) or abort(404)
    decided = consultation.left_out(entry)
    form = DecisionForm(entry, decided.reason if decided else "")
    if not form.validate_on_submit():
        page = render_template(
            "consultations/decide.html",
            consultation=consultation,
            body=entry,
            decided=decided,
            consulted=consultation.consulted(entry),
            form=form,
        )
        return page, 422 if form.errors else 200
    consultation.take()
    if form.consults:
        consultation.consult(me(), body=entry.key, **form.contact)
        flash(f"{entry.name}: consulted.", "success")
    else:
        consultation.leave_out([entry], form.reason.data or "", me())
        flash(f"{entry.name}: not affected.", "success")
    return on_to_the_next(consultation)


def on_to_the_next(consultation: Consultation) -> Any:
    """While bodies are undecided, the next of them; else the list."""
    if not consultation.undecided:
        return back(consultation.reference)
    following = consultation.undecided[0].key
    return redirect(url_for("consultations.decide", reference=consultation.reference, body=following), 303)


@pages.route(f"{LIST}/new", methods=["GET", "POST"])
@needs(Act.CONSULT)
def add_consultee(reference: str) -> Any:
    consultation, form = found(reference), ConsulteeForm()
    if not form.validate_on_submit():
        return contact_page(consultation, form)
    consultation.take()
    consultee = consultation.consult(me(), **form.contact)
    flash(f"{consultee.title} is on the list.", "success")
    return back(reference)


def contact_page(consultation: Consultation, form: ConsulteeForm, consultee: Consultee | None = None) -> Any:
    context = {"consultation": consultation, "form": form, "consultee": consultee}
    return render_template("consultations/contact.html", **context), 422 if form.errors else 200


@pages.get(BY_ID)
@needs(Act.LOOK)
def consultee(reference: str, consultee_id: UUID) -> Any:
    consultation = found(reference)
    return shown(consultation, consultee_of(consultation, consultee_id), ReturnForm())


def shown(consultation: Consultation, consultee: Consultee, form: ReturnForm, status: int = 200) -> Any:
    page = render_template(
        "consultations/consultee.html",
        consultation=consultation,
        consultee=consultee,
        form=form,
        replied=replies.of(consultation).get(consultee.id, []),
        letter=telling.written(consultation, consultee) if consultation.opening else None,
        notices=notices,
        words=words,
        uk=clock.uk,
    )
    return page, status


@pages.route(f"{BY_ID}/details", methods=["GET", "POST"])
@needs(Act.CONSULT)
def edit_consultee(reference: str, consultee_id: UUID) -> Any:
    """What was sent keeps the address that it was sent to."""
    consultation = found(reference)
    consultee = consultee_of(consultation, consultee_id)
    form = ConsulteeForm(obj=consultee)
    if not form.validate_on_submit():
        return contact_page(consultation, form, consultee)
    consultation.take()
    for name, value in form.contact.items():
        setattr(consultee, name, value)
    if consultee.to_confirm and not consultation.opening:
        consultation.confirm_again(me(), [consultee])
    audit.record("consultee.changed", consultee.title, by=me(), reference=reference)
    if consultation.opening and not consultee.was_told:
        consultation.give_notice([consultee], me())
    flash(f"{consultee.title}: saved.", "success")
    return to(consultation, consultee)


@pages.post(f"{BY_ID}/removal")
@needs(Act.CONSULT)
def remove_consultee(reference: str, consultee_id: UUID) -> Any:
    consultation = found(reference)
    consultation.take()
    consultee = consultee_of(consultation, consultee_id)
    title = consultee.title
    consultation.remove(consultee, me())
    consultation.keep_announced(clock.now())
    flash(f"{title} is removed.", "success")
    return back(reference)


@pages.post(f"{BY_ID}/notices")
@needs(Act.CONSULT)
def send_notice(reference: str, consultee_id: UUID) -> Any:
    """Again, where the last one failed or came back."""
    consultation = found(reference)
    consultation.take()
    consultee = consultee_of(consultation, consultee_id)
    if not consultation.opening:
        raise Refused("Notices leave when the consultation opens.")
    if not consultation.give_notice([consultee], me()):
        raise Refused("It has had its notice, or there is no email address to send one to.")
    flash("The notice is on its way.", "success")
    return to(consultation, consultee)


@pages.route(f"{BY_ID}/notices/new", methods=["GET", "POST"])
@needs(Act.CONSULT)
def note_by_hand(reference: str, consultee_id: UUID) -> Any:
    consultation = found(reference)
    consultee = consultee_of(consultation, consultee_id)
    form = ByHandForm(data={"to": consultee.address or consultee.email, "on": clock.today()})
    if not form.validate_on_submit():
        context = {"consultation": consultation, "form": form, "consultee": consultee}
        return render_template("consultations/by_hand.html", **context), 422 if form.errors else 200
    consultation.take()
    said = (form.how.data, form.to.data or "", form.on.day, form.kind.data)
    consultation.note_by_hand(consultee, *said, me())
    flash("It is on record.", "success")
    return to(consultation, consultee)


@pages.post(f"{BY_ID}/notices/<uuid:notice_id>/return")
@needs(Act.CONSULT)
def note_return(reference: str, consultee_id: UUID, notice_id: UUID) -> Any:
    consultation = found(reference)
    consultee = consultee_of(consultation, consultee_id)
    form = ReturnForm()
    if not form.validate_on_submit():
        return shown(consultation, consultee, form, 422)
    consultation.take()
    notice = db.session.get(Notice, (here(), notice_id))
    if notice is None or notice.consultee_id != consultee_id:
        abort(404)
    consultation.note_return(notice, form.reason.data or "", me())
    flash("It is on record that this came back.", "success")
    return to(consultation, consultee)


def to(consultation: Consultation, consultee: Consultee) -> Any:
    at: dict[str, Any] = {"reference": consultation.reference, "consultee_id": consultee.id}
    return redirect(url_for("consultations.consultee", **at), 303)
