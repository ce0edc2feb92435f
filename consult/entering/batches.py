"""Batches of paper: what came in together, how far it is typed in, and what is to be checked."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import wtforms
from flask import flash, redirect, render_template, url_for

from consult import audit, clock
from consult.access import Act, needs
from consult.accounts.models import Person
from consult.accounts.sessions import me
from consult.consultations.models import Consultation
from consult.database import db
from consult.entering.models import Batch, Check, Sheet, came_of_a_check, check_of, undo
from consult.entering.pages import HOME, pages, response_at, row_at, taken_up
from consult.responses.arrivals import arrival, doubt, read_day
from consult.responses.asking import consultation_at
from consult.responses.form.fields import OneOf
from consult.responses.models import Response, SettingAside
from consult.responses.words import CHANNELS
from consult.web.errors import Refused
from consult.web.forms import Form, at_most, required

MOST_SHEETS = 10_000
WAYS = ("paper", "event", "email", "telephone")


class BatchForm(Form):
    name = wtforms.StringField(
        "What is it?",
        [required("Name the batch."), at_most(120, "The name")],
        description="For example “Drop-in at the village hall”.",
    )
    channel = OneOf(
        "How did they come?",
        [(key, CHANNELS[key]) for key in WAYS],
        default="paper",
        validators=[required("Say how they came.")],
    )
    received = wtforms.StringField(
        "On which day?",
        [required("Enter the day on which they came in."), at_most(20, "The day")],
        description="For example 14/3/2027. Whether they are in time is judged by this day.",
    )
    sheets = wtforms.StringField(
        "How many sheets are there?",
        [required("Count the sheets: at the end we say how many of them are entered."), at_most(6)],
    )

    def validate_received(self, field: Any) -> None:
        day = read_day(field.data)
        problem = doubt(arrival(day)) if day else "is not a day"
        if problem:
            raise wtforms.ValidationError(f"Enter the day they came, such as 14/3/2027: that {problem}.")

    def validate_sheets(self, field: Any) -> None:
        text = field.data
        if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= MOST_SHEETS):
            raise wtforms.ValidationError(f"Enter the sheets as a whole number from 1 to {MOST_SHEETS:,}.")


@dataclass(frozen=True)
class Progress:
    """Of responses that somebody typed in and that were not undone. `checked` holds those that differed as well."""

    entered: int
    checked: int
    differed: int

    @property
    def waiting(self) -> int:
        return self.entered - self.checked


def progress_of(consultation: Consultation) -> Progress:
    """How far the second person has come. What was typed at a check stands for what it corrects."""
    corrected = sa.select(Check.corrected_id).where(Check.corrected_id.is_not(None))
    differed = sa.and_(Check.corrected_id.is_not(None))
    typed = (
        sa.select(
            sa.func.count(Response.id),
            sa.func.count(Check.id),
            sa.func.count(sa.case((differed, 1))),
        )
        .outerjoin(Check, sa.and_(Check.space_id == Response.space_id, Check.response_id == Response.id))
        .outerjoin(
            SettingAside,
            sa.and_(SettingAside.space_id == Response.space_id, SettingAside.response_id == Response.id),
        )
        .where(
            Response.consultation_id == consultation.id,
            Response.entered_by_id.is_not(None),
            Response.id.not_in(corrected),
            sa.or_(SettingAside.id.is_(None), Check.id.is_not(None)),
        )
    )
    return Progress(*db.session.execute(typed).one())


@pages.get(f"{HOME}/batches")
@needs(Act.ENTER_RESPONSES)
def batches(reference: str) -> Any:
    consultation = taken_up(consultation_at(reference))
    return list_page(consultation, BatchForm())


@pages.post(f"{HOME}/batches")
@needs(Act.ENTER_RESPONSES)
def add_batch(reference: str) -> Any:
    consultation, form = taken_up(consultation_at(reference)), BatchForm()
    valid = form.validate_on_submit()
    if valid and named(consultation, form.name.data):
        form.name.errors = ["There is a batch of that name already: give this one another."]
        valid = False
    if not valid:
        return list_page(consultation, form), 422
    batch = Batch(
        consultation_id=consultation.id,
        name=form.name.data,
        channel=form.channel.data,
        received=read_day(form.received.data),
        sheets=int(form.sheets.data),
        by_id=me().id,
    )
    db.session.add(batch)
    audit.record("batch.begun", batch.name, by=me(), sheets=batch.sheets)
    db.session.flush()
    return redirect(url_for("entering.next_sheet", batch=batch.id), 303)


def named(consultation: Consultation, name: str) -> Batch | None:
    return db.session.scalar(
        sa.select(Batch).where(Batch.consultation_id == consultation.id, Batch.name == name)
    )


def list_page(consultation: Consultation, form: BatchForm) -> str:
    mine = sa.select(Batch).where(Batch.consultation_id == consultation.id).order_by(Batch.at.desc())
    return render_template(
        "entering/batches.html",
        consultation=consultation,
        batches=list(db.session.scalars(mine)),
        progress=progress_of(consultation),
        form=form,
    )


@pages.get("/<space:space>/batches/<uuid:batch>")
@needs(Act.ENTER_RESPONSES)
def one_batch(batch: UUID) -> str:
    found = row_at(Batch, batch)
    return render_template("entering/batch.html", batch=found, entries=entries_of(found))


def entries_of(batch: Batch, most: int | None = None) -> list[Any]:
    """The sheets, the last first: each with its response, who typed it, and its check."""
    response = sa.and_(Response.space_id == Sheet.space_id, Response.id == Sheet.response_id)
    checked = sa.and_(
        Check.space_id == Sheet.space_id,
        sa.or_(Check.response_id == Sheet.response_id, Check.corrected_id == Sheet.response_id),
    )
    rows = (
        sa.select(Sheet, Response, Person, Check)
        .join(Response, response)
        .outerjoin(Person, Person.id == Response.entered_by_id)
        .outerjoin(Check, checked)
        .where(Sheet.batch_id == batch.id)
        .order_by(Sheet.number.desc())
    )
    return list(db.session.execute(rows.limit(most) if most else rows))


@pages.post("/<space:space>/entries/<uuid:response>/undoing")
@needs(Act.ENTER_RESPONSES)
def undo_entry(response: UUID) -> Any:
    """What was entered in error is kept with the reason, and not counted."""
    consultation, found = response_at(response)
    form, sheet = UndoForm(), db.session.scalar(sa.select(Sheet).where(Sheet.response_id == response))
    if not form.validate_on_submit():
        raise Refused("Say in a few words what was wrong with the entry. Go back and write the reason.")
    if found.entered_by_id is None:
        raise Refused(f"{found.reference} was not typed in here: set it aside on its own page.")
    if check_of(found) is not None or came_of_a_check(found):
        raise Refused(f"{found.reference} has been checked: set it aside on its own page.")
    batch = sheet.batch_id if sheet else None
    undo(found, form.reason.data, me())
    flash(f"{found.reference} is set aside as entered in error.", "success")
    if batch is None:
        return redirect(url_for("entering.batches", reference=consultation.reference), 303)
    return redirect(url_for("entering.next_sheet", batch=batch), 303)


class UndoForm(Form):
    reason = wtforms.StringField("What was wrong?", [required("Write the reason."), at_most(500)])


def today() -> str:
    return f"{clock.today():%d/%m/%Y}"
