"""What members see and do: the responses, entering one on somebody's behalf, setting one aside. Nothing is public."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
import wtforms
from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import selectinload

from consult.access import Act, needs
from consult.accounts import sessions
from consult.consultations.models import Consultation
from consult.database import db
from consult.responses import file_pages, setting_aside
from consult.responses.asking import consultation_at
from consult.responses.form import filing, telling
from consult.responses.form.fields import OneOf
from consult.responses.form.notice import notice_of
from consult.responses.form.parts import complain
from consult.responses.form.questionnaire import OnBehalf, form_for
from consult.responses.form.writing import ready, still_writing
from consult.responses.instead import refuse_beside_another, standing_instead
from consult.responses.languages.answer_translations import with_translations
from consult.responses.marks import marks_of
from consult.responses.models import Reply, Response
from consult.responses.pages import pages
from consult.responses.receipt_pages import of_reference
from consult.responses.receiving import receive, says_the_same
from consult.responses.words import ASIDE
from consult.web.errors import Refused
from consult.web.forms import Form, at_most, required
from consult.web.languages import languages
from consult.web.paging import page_asked_for

EACH_PAGE = 50
LIST = "/<space:space>/consultations/<reference>/responses/"
ONE = f"{LIST}<response_reference>"


class Aside(Form):
    kind = OneOf("Why is it not counted?", ASIDE.items(), validators=[required("Choose why.")])
    reason = wtforms.TextAreaField(
        "The reason, for the record",
        validators=[required("Give the reason: the report states it."), at_most(2000, "The reason")],
    )


@dataclass(frozen=True)
class Stretch:
    """Part of a list, the newest first. How long the list is, nobody counts here: that is `feedback/tallies.py`'s."""

    items: list[Response]
    number: int
    is_last: bool


def stretch_of(consultation: Consultation, number: int) -> Stretch:
    newest = (
        sa.select(Response)
        .where(Response.consultation_id == consultation.id)
        .options(selectinload(Response.set_aside))
        .order_by(Response.received.desc(), Response.reference)
    )
    rows = list(db.session.scalars(newest.limit(EACH_PAGE + 1).offset((number - 1) * EACH_PAGE)))
    return Stretch(rows[:EACH_PAGE], number, is_last=len(rows) <= EACH_PAGE)


def response_at(consultation: Consultation, reference: str) -> Response:
    return of_reference(consultation, reference) or abort(404)


@pages.get(LIST)
@needs(Act.READ_RESPONSES)
def index(reference: str) -> str:
    consultation = consultation_at(reference)
    stretch = stretch_of(consultation, page_asked_for())
    if stretch.number > 1 and not stretch.items:
        abort(404)
    marks = marks_of(consultation, stretch.items)
    return render_template("responses/index.html", consultation=consultation, stretch=stretch, marks=marks)


@pages.get(ONE)
@needs(Act.READ_RESPONSES)
def one(reference: str, response_reference: str) -> str:
    consultation = consultation_at(reference)
    return shown(consultation, response_at(consultation, response_reference), Aside())


def shown(consultation: Consultation, response: Response, form: Aside) -> str:
    return render_template(
        "responses/one.html",
        consultation=consultation,
        response=response,
        told=with_translations(response, telling.told(consultation, response)),
        asked_in=languages()[response.language].english,
        form=form,
        files=file_pages.files_of(response),
        just_entered="entered" in request.args,
        marks=marks_of(consultation, [response])[response.id],
        consultees=consultation.consultees,
        replies_for=replying(response),
        instead=standing_instead(response) if response.set_aside else None,
    )


def replying(response: Response) -> Reply | None:
    """Whose reply it is, among those who were consulted, if a member has said so."""
    return db.session.scalar(sa.select(Reply).where(Reply.response_id == response.id))


@pages.post(f"{ONE}/setting-aside")
@needs(Act.COMBINE)
def set_aside(reference: str, response_reference: str) -> Any:
    """Kept, and no longer counted; setting it aside again puts the new reason in place of the old."""
    consultation = consultation_at(reference)
    response, form = response_at(consultation, response_reference), Aside()
    if not form.validate_on_submit():
        return shown(consultation, response, form), 422
    setting_aside.set_aside(response, form.kind.data, form.reason.data, sessions.me())
    flash(f"{response.reference} is kept, and no longer counted.", "success")
    return redirect(url_for("responses.one", reference=reference, response_reference=response_reference), 303)


@pages.post(f"{ONE}/counting")
@needs(Act.COMBINE)
def count_again(reference: str, response_reference: str) -> Any:
    response = response_at(consultation_at(reference), response_reference)
    refuse_beside_another(response)
    response.refuse_if_own_word()
    if response.set_aside is not None:
        setting_aside.count_again(response, sessions.me())
        flash(f"{response.reference} is counted again.", "success")
    return redirect(url_for("responses.one", reference=reference, response_reference=response_reference), 303)


@pages.get(f"{LIST}new")
@needs(Act.ENTER_RESPONSES)
def enter(reference: str) -> str:
    consultation = consultation_at(reference)
    taking(consultation)
    return entry_page(consultation, ready(consultation, form_for(consultation, OnBehalf)))


@pages.post(f"{LIST}new")
@needs(Act.ENTER_RESPONSES)
def add(reference: str) -> Any:
    consultation = consultation_at(reference)
    taking(consultation)
    form = ready(consultation, form_for(consultation, OnBehalf))
    filing.hold(consultation, form, by_member=True)
    if still_writing(consultation, form):
        return entry_page(consultation, form)
    valid, strays = form.validate(), form.strays()
    if strays:
        complain(form[form.first_name], f"There is no question {strays[0][0][:60]} in this consultation.")
    if strays or not valid:
        return entry_page(consultation, form, strays), 422
    submission = form.submission(
        channel=form.channel.data,
        received=form.received,
        people=int(form.people.data or 1),
        notice=notice_of(consultation),
    )
    response, already_there = receive(consultation, submission, entered_by=sessions.me())
    filing.let_go(consultation, submission.key)
    if already_there and not says_the_same(response, submission):
        raise Refused(f"This form was entered already, as {response.reference}. Go back and begin a new one.")
    flash(f"Entered as {response.reference}.", "success")
    # `entered`: what this device kept of the form is stored now, and may be forgotten there.
    there: dict[str, Any] = {
        "reference": reference,
        "response_reference": response.reference,
        "entered": "now",
    }
    return redirect(url_for("responses.one", **there), 303)


def taking(consultation: Consultation) -> None:
    if consultation.state() not in ("open", "closed"):
        raise Refused(
            "Responses can be entered once the consultation has opened: until then its questions may change."
        )


def entry_page(consultation: Consultation, form: Any, strays: Any = ()) -> str:
    context = telling.form_context(consultation, form)
    return render_template("responses/enter.html", strays=strays, **context)
