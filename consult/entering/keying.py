"""Typing sheets in, one after the other: the page that remembers how and when they came."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
import wtforms
from flask import flash, redirect, render_template, request, url_for

from consult import clock
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.consultations.models import Consultation
from consult.database import db
from consult.entering import scans
from consult.entering.batches import entries_of
from consult.entering.models import Batch, Sheet
from consult.entering.pages import pages, row_at, taken_up
from consult.responses.form import filing, telling
from consult.responses.form.notice import notice_of
from consult.responses.form.parts import complain
from consult.responses.form.questionnaire import OnBehalf, form_for
from consult.responses.form.writing import ready, still_writing
from consult.responses.models import Response
from consult.responses.receiving import Submission, receive, says_the_same
from consult.web.errors import Refused

LAST_FEW = 5


class SheetForm(OnBehalf):
    scan = wtforms.FileField(
        "A scan of the sheet, if there is one",
        description="PDF, JPEG or PNG, at most 5 MB. Only members see it.",
    )


@pages.get("/<space:space>/batches/<uuid:batch>/sheets")
@needs(Act.ENTER_RESPONSES)
def next_sheet(batch: UUID) -> str:
    found = row_at(Batch, batch)
    consultation = taken_up(found.consultation)
    form = ready(consultation, form_for(consultation, SheetForm))
    form.channel.data, form.arrived.data = how_it_comes(found, after=request.args.get("after", type=int))
    return sheet_page(found, form)


def how_it_comes(batch: Batch, after: int | None) -> tuple[str, str]:
    """How and on which day: as the sheet that was typed just before, else as the batch."""
    there = sa.select(Response).select_from(Sheet).join(Sheet.response)
    last = db.session.scalar(there.where(Sheet.batch_id == batch.id, Sheet.number == after))
    day = clock.uk(last.received).date() if last else batch.received
    return last.channel if last else batch.channel, f"{day:%d/%m/%Y}"


@pages.post("/<space:space>/batches/<uuid:batch>/sheets")
@needs(Act.ENTER_RESPONSES)
def add_sheet(batch: UUID) -> Any:
    found = row_at(Batch, batch)
    consultation = taken_up(found.consultation)
    form = ready(consultation, form_for(consultation, SheetForm))
    filing.hold(consultation, form)
    if still_writing(consultation, form):
        return sheet_page(found, form)
    scan, valid = scans.chosen(request.files.get("scan")), in_order(form)
    if scan.refusal:
        complain(form.scan, scan.refusal)
    if scan.refusal or not valid:
        return sheet_page(found, form, scan), 422
    submission = submission_of(consultation, form)
    response, already_there = receive(consultation, submission, entered_by=me())
    filing.let_go(consultation, submission.key)
    if already_there and not says_the_same(response, submission):
        raise Refused(f"This form was entered already, as {response.reference}. Go back and begin a new one.")
    sheet = found.take_in(response)
    if not already_there:
        scans.keep(response, scan, me())
    flash(f"Sheet {sheet.number} is entered as {response.reference}. Write {sheet.number} on it.", "success")
    return redirect(url_for("entering.next_sheet", batch=found.id, after=sheet.number), 303)


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


def sheet_page(batch: Batch, form: Any, chosen: scans.Chosen | None = None) -> str:
    if chosen and chosen.content:
        complain(form.scan, f"Choose “{chosen.name}” once more: a browser sends a file only once.")
    return render_template(
        "entering/sheet.html",
        batch=batch,
        unlike=form.arrived.data != f"{batch.received:%d/%m/%Y}" or form.channel.data != batch.channel,
        last_few=entries_of(batch, LAST_FEW),
        **telling.form_context(batch.consultation, form),
    )
