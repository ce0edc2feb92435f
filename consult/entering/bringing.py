"""Bringing in a file of responses on a page: looked over first, then all of it, or nothing. The command does the same
by the same code (`responses/importing.py`), and leaves out what cannot be taken."""

import csv
import io
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Response as Answered
from flask import flash, redirect, render_template, url_for
from flask_wtf.file import FileField, FileRequired

from consult import audit
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.consultations.models import Consultation
from consult.database import alone, db
from consult.entering import forgetting
from consult.entering.models import HeldTable
from consult.entering.pages import HOME, pages, row_at, taken_up
from consult.responses.asking import consultation_at
from consult.responses.form.files import tidy_name
from consult.responses.tables import sheet, workbook
from consult.responses.tables.importing import bring_in, looked_over
from consult.web.errors import Refused
from consult.web.forms import Form

MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 5
MOST_SHOWN = 200  # mistakes; the others are counted


class TableForm(Form):
    file = FileField(
        "The file",
        [FileRequired("Choose a file")],
        description=f"An Excel workbook (.xlsx) or CSV: one line for each response, at most {MOST_MEGABYTES} MB.",
    )


@pages.get(f"{HOME}/imports")
@needs(Act.ENTER_RESPONSES)
def imports(reference: str) -> str:
    return form_page(taken_up(consultation_at(reference)), TableForm())


@pages.post(f"{HOME}/imports")
@needs(Act.ENTER_RESPONSES)
def look_over(reference: str) -> Any:
    """Holds the file, in place of an earlier one of the same person, so that it can be looked over."""
    consultation, form = taken_up(consultation_at(reference)), TableForm()
    if not form.validate_on_submit():
        return form_page(consultation, form), 422
    content, name = form.file.data.read(MOST_MEGABYTES * MEGABYTE + 1), form.file.data.filename or ""
    form.file.data.close()
    problem = unreadable(consultation, content)
    if problem:
        form.file.errors = [problem]
        return form_page(consultation, form), 422
    earlier = held_by(consultation, me())
    if earlier is not None:
        db.session.delete(earlier)
    ending = "xlsx" if content.startswith(workbook.START) else "csv"
    about = {"consultation_id": consultation.id, "by_id": me().id}
    held = HeldTable(name=tidy_name(name, ending), content=content, **about)
    db.session.add(held)
    db.session.flush()
    forgetting.forget_in_time(held)
    return redirect(url_for("entering.overview", held=held.id), 303)


def unreadable(consultation: Consultation, content: bytes) -> str:
    """Why the file as a whole cannot be taken; empty where its rows can be looked over."""
    if len(content) > MOST_MEGABYTES * MEGABYTE:
        return f"The file is larger than {MOST_MEGABYTES} MB: split it, and bring in each part."
    try:
        rows = sum(1 for _row in sheet.rows(content, consultation))
    except sheet.Unreadable as problem:
        return str(problem)
    return "" if rows else "The file has no rows under its heading."


def form_page(consultation: Consultation, form: TableForm) -> str:
    return render_template(
        "entering/imports.html",
        consultation=consultation,
        form=form,
        columns=sheet.ABOUT,
        places=[question for question in consultation.questions if question.kind == "place"],
        held=held_by(consultation, me()),
    )


def held_by(consultation: Consultation, person: Any) -> HeldTable | None:
    """The file that this person handed in and has not decided about."""
    mine = sa.select(HeldTable).where(HeldTable.consultation_id == consultation.id)
    return db.session.scalar(mine.where(HeldTable.by_id == person.id).order_by(HeldTable.at.desc()).limit(1))


@pages.get(f"{HOME}/imports/table.csv")
@needs(Act.ENTER_RESPONSES)
def table_to_fill(reference: str) -> Answered:
    """An empty table with every column that this consultation can take; Excel knows it for UTF-8 by its first mark."""
    consultation, out = consultation_at(reference), io.StringIO()
    csv.writer(out).writerow([*sheet.ABOUT, *sheet.columns_of(consultation)])
    headers = {"Content-Disposition": f'attachment; filename="{reference}-responses.csv"'}
    return Answered(out.getvalue().encode("utf-8-sig"), mimetype="text/csv", headers=headers)


@pages.get("/<space:space>/imports/<uuid:held>")
@needs(Act.ENTER_RESPONSES)
def overview(held: UUID) -> str:
    """What bringing it in would do."""
    table = row_at(HeldTable, held)
    taken, outcome = looked_over(taken_up(table.consultation), table.content)
    outcome.told = sheet.told_of(table.content)
    return render_template(
        "entering/overview.html", table=table, ready=len(taken), outcome=outcome, most=MOST_SHOWN
    )


@pages.post("/<space:space>/imports/<uuid:held>/taking-in")
@needs(Act.ENTER_RESPONSES)
def take_in(held: UUID) -> Any:
    alone(f"import {held}")
    table = row_at(HeldTable, held)
    consultation = taken_up(table.consultation)
    taken, outcome = looked_over(consultation, table.content)
    if not outcome.refused:
        bring_in(consultation, taken, outcome, table.name, by=me())
    if outcome.refused:
        raise Refused("Nothing was brought in: the file has mistakes. Go back, and look it over again.")
    db.session.delete(table)
    flash(f"{outcome.accepted:,} brought in; {outcome.already_there:,} were there already.", "success")
    return redirect(url_for("responses.index", reference=consultation.reference), 303)


@pages.post("/<space:space>/imports/<uuid:held>/forgetting")
@needs(Act.ENTER_RESPONSES)
def forget(held: UUID) -> Any:
    table = row_at(HeldTable, held)
    reference = table.consultation.reference
    db.session.delete(table)
    audit.record("responses.import_forgotten", reference, by=me())
    flash("The file is forgotten; nothing was brought in.", "success")
    return redirect(url_for("entering.imports", reference=reference), 303)
