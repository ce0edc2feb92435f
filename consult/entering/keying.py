"""Typing sheets in, one after the other: the page that remembers how and when they came."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.consultations.models import Consultation
from consult.entering import scans
from consult.entering.batches import entries_of
from consult.entering.models import Batch
from consult.entering.pages import pages, row_at, taken_up
from consult.responses import filing, telling
from consult.responses.notice import notice_of
from consult.responses.parts import complain
from consult.responses.questionnaire import OnBehalf, form_for
from consult.responses.receiving import Submission, receive, says_the_same
from consult.responses.writing import ready, still_writing
from consult.web.errors import Refused

LAST_FEW = 5


@pages.get("/<space:space>/batches/<uuid:batch>/sheets")
@needs(Act.ENTER_RESPONSES)
def next_sheet(batch: UUID) -> str:
    found = row_at(Batch, batch)
    consultation = taken_up(found.consultation)
    form = ready(consultation, form_for(consultation, OnBehalf))
    form.channel.data, form.arrived.data = found.channel, f"{found.received:%d/%m/%Y}"
    return sheet_page(found, form)


@pages.post("/<space:space>/batches/<uuid:batch>/sheets")
@needs(Act.ENTER_RESPONSES)
def add_sheet(batch: UUID) -> Any:
    found = row_at(Batch, batch)
    consultation = taken_up(found.consultation)
    form = ready(consultation, form_for(consultation, OnBehalf))
    filing.hold(consultation, form)
    if still_writing(consultation, form):
        return sheet_page(found, form)
    scan = scans.chosen(request.files.get("scan"))
    if not in_order(form) or scan.refusal:
        return sheet_page(found, form, scan.refusal), 422
    submission = submission_of(consultation, form)
    response, already_there = receive(consultation, submission, entered_by=me())
    filing.let_go(consultation, submission.key)
    if already_there and not says_the_same(response, submission):
        raise Refused(f"This form was entered already, as {response.reference}. Go back and begin a new one.")
    sheet = found.take_in(response)
    if not already_there:
        scans.keep(response, scan, me())
    flash(f"Sheet {sheet.number} is entered as {response.reference}. Write {sheet.number} on it.", "success")
    return redirect(url_for("entering.next_sheet", batch=found.id), 303)


def in_order(form: Any) -> bool:
    """Validates it; an answer to no question of ours is a mistake on the first of them."""
    valid, strays = form.validate(), [name for name, _ in form.strays()]
    if strays:
        complain(form[form.first_name], f"There is no question {strays[0][:60]} in this consultation.")
    return valid and not strays


def submission_of(consultation: Consultation, form: Any, **more: Any) -> Submission:
    given = {"received": form.received} | more
    people = int(form.people.data or 1)
    submission: Submission = form.submission(
        channel=form.channel.data, people=people, notice=notice_of(consultation), **given
    )
    return submission


def sheet_page(batch: Batch, form: Any, scan_refused: str = "") -> str:
    consultation = batch.consultation
    return render_template(
        "entering/sheet.html",
        batch=batch,
        last_few=entries_of(batch, LAST_FEW),
        scan_refused=scan_refused,
        **telling.form_context(consultation, form),
    )
