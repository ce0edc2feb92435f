"""Whom a consultation consults, in one list: the bodies of Schedule 1, each decided, and one's own contacts."""

from typing import Any

import sqlalchemy as sa
from flask import Response, flash, redirect, render_template, url_for
from sqlalchemy.orm import selectinload

from consult import audit, clock
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.consultations import words
from consult.consultations.consulted import contacts, evidence, notices, replies
from consult.consultations.consulted.consultee_forms import ContactsForm, CopyForm, LeaveOutForm
from consult.consultations.consulted.consultees import Consultee
from consult.consultations.consulted.notices import Notice
from consult.consultations.consulted.schedule import schedule_1
from consult.consultations.models import Consultation
from consult.consultations.pages import ONE, found, pages
from consult.database import db

LIST = f"{ONE}/consultees"


def places() -> dict[str, int]:
    """Where each body stands in the Schedule."""
    return {body.key: number for number, body in enumerate(schedule_1().bodies)}


def listed(consultation: Consultation) -> list[Consultee]:
    """By entry of the Schedule, then one's own contacts by name; read with their notices."""
    order = places()
    everyone = sa.select(Consultee).where(Consultee.consultation_id == consultation.id)
    told = selectinload(Consultee.notices).selectinload(Notice.deliveries)
    rows = db.session.scalars(everyone.options(told))
    return sorted(rows, key=lambda each: (order.get(each.body, len(order)), each.title.casefold()))


def list_page(consultation: Consultation, form: LeaveOutForm, status: int = 200) -> Any:
    page = render_template(
        "consultations/consultees.html",
        consultation=consultation,
        state=consultation.state(),
        schedule=schedule_1() if consultation.kind.consults_bodies else None,
        listed=listed(consultation),
        replied=replies.of(consultation),
        undecided=consultation.undecided,
        unaffected=sorted(consultation.unaffected, key=lambda each: places().get(each.body, 999)),
        form=form,
        notices=notices,
        words=words,
    )
    return page, status


@pages.get(LIST)
@needs(Act.LOOK)
def consultees(reference: str) -> Any:
    consultation = found(reference)
    return list_page(consultation, LeaveOutForm(consultation.undecided))


@pages.post(f"{LIST}/unaffected")
@needs(Act.CONSULT)
def leave_out(reference: str) -> Any:
    consultation = found(reference)
    form = LeaveOutForm(consultation.undecided)
    if not form.validate_on_submit():
        return list_page(consultation, form, 422)
    consultation.take()
    chosen = [body for body in schedule_1().bodies if body.key in (form.bodies.data or ())]
    consultation.leave_out(chosen, form.reason.data or "", me())
    number = len(chosen)
    flash(f"Recorded for {number} {'body' if number == 1 else 'bodies'}: not affected.", "success")
    return back(reference)


@pages.route(f"{LIST}/contacts", methods=["GET", "POST"])
@needs(Act.CONSULT)
def import_contacts(reference: str) -> Any:
    consultation, form, faults = found(reference), ContactsForm(), []
    if form.validate_on_submit():
        read = contacts.read(form.file.data.read(contacts.MOST_BYTES + 1))
        form.file.data.close()
        if not read.faults:
            consultation.take()
            added, there = contacts.take_in(consultation, read.contacts, me())
            flash(f"{added} added; {there} were on the list already.", "success")
            return back(reference)
        faults = read.faults
        form.file.errors = ["Nothing was added: the file has mistakes, which are listed below"]
    context = {"consultation": consultation, "form": form, "faults": faults, "columns": contacts.COLUMNS}
    return render_template("consultations/contacts.html", **context), 422 if form.errors else 200


@pages.get(f"{LIST}/contacts.csv")
@needs(Act.CONSULT)
def contacts_template(reference: str) -> Response:
    found(reference)
    return as_csv(contacts.template(), "contacts.csv")


@pages.get(f"{LIST}/notices.csv")
@needs(Act.LOOK)
def proof(reference: str) -> Response:
    """Who was consulted, how, when, and what became of it: regulation 15(2)(a) and (b)."""
    consultation = found(reference)
    made = evidence.table_of(consultation, listed(consultation))
    audit.note_download(f"notices of {reference}", me())
    return as_csv(made, f"{reference}-notices.csv")


@pages.post(f"{LIST}/reminders")
@needs(Act.CONSULT)
def remind(reference: str) -> Any:
    consultation = found(reference)
    consultation.take()
    number = consultation.remind(me())
    flash(f"{number} {'reminder is' if number == 1 else 'reminders are'} on the way.", "success")
    return back(reference)


@pages.route(f"{LIST}/authority-copy", methods=["GET", "POST"])
@needs(Act.CONSULT)
def authority_copy(reference: str) -> Any:
    consultation, form = found(reference), CopyForm()
    if not form.validate_on_submit():
        if not form.is_submitted():
            form.on.data = clock.today()
        context = {"consultation": consultation, "form": form, "words": words, "ways": notices.WAYS}
        return render_template("consultations/authority_copy.html", **context), 422 if form.errors else 200
    consultation.take()
    consultation.note_copy(form.on.day, form.how.data, form.to.data or "", me())
    flash("The copy to your authority is on record.", "success")
    return back(reference)


def as_csv(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype="text/csv", headers=headers)


def back(reference: str) -> Any:
    return redirect(url_for("consultations.consultees", reference=reference), 303)
