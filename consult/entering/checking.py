"""The second person: looks at what was entered beside the sheet, or types the sheet again without seeing it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answered

from consult import clock
from consult.access import Act, needs
from consult.accounts.models import Person
from consult.accounts.sessions import me
from consult.consultations.models import Consultation
from consult.database import db
from consult.entering import models
from consult.entering.batches import progress_of
from consult.entering.keying import in_order, submission_of
from consult.entering.models import Check, SamePerson, check_of
from consult.entering.pages import HOME, pages, response_at, taken_up
from consult.entering.scans import scans_of
from consult.responses.asking import consultation_at
from consult.responses.form import filing, telling
from consult.responses.form.questionnaire import OnBehalf, form_for
from consult.responses.form.writing import ready, still_writing
from consult.responses.models import Response, SettingAside
from consult.responses.receiving import Submission, composed, receive
from consult.responses.tables.importing import is_this
from consult.responses.words import CHANNELS, KINDS
from consult.web.errors import Refused

EACH_TIME = 50


@dataclass(frozen=True)
class Difference:
    about: str
    entered: str
    typed: str


@pages.get(f"{HOME}/checks")
@needs(Act.ENTER_RESPONSES)
def checks(reference: str) -> str:
    consultation = taken_up(consultation_at(reference))
    return render_template(
        "entering/checks.html",
        consultation=consultation,
        progress=progress_of(consultation),
        waiting=waiting_in(consultation),
        mine=me().id,
    )


def waiting_in(consultation: Consultation) -> list[Any]:
    """What was typed in and has not been checked, the oldest first, each with who typed it."""
    checked, corrected = sa.select(Check.response_id), sa.select(Check.corrected_id)
    aside = sa.select(SettingAside.response_id)
    rows = (
        sa.select(Response, Person)
        .join(Person, Person.id == Response.entered_by_id)
        .where(
            Response.consultation_id == consultation.id,
            Response.id.not_in(checked),
            Response.id.not_in(corrected.where(Check.corrected_id.is_not(None))),
            Response.id.not_in(aside),
        )
        .order_by(Response.received, Response.reference)
    )
    return list(db.session.execute(rows.limit(EACH_TIME)))


@pages.get("/<space:space>/checks/<uuid:response>")
@needs(Act.ENTER_RESPONSES)
def check(response: UUID) -> str:
    consultation, found = response_at(response)
    return render_template(
        "entering/check.html",
        consultation=consultation,
        response=found,
        told=telling.told(consultation, found),
        scans=scans_of(found),
        done=check_of(found),
        own=found.entered_by_id == me().id,
    )


@pages.post("/<space:space>/checks/<uuid:response>")
@needs(Act.ENTER_RESPONSES)
def agree(response: UUID) -> Any:
    consultation, found = to_be_checked(response)
    models.agree(found, me())
    return checked(consultation, f"{found.reference} says what the sheet says.")


def to_be_checked(response: UUID) -> tuple[Consultation, Response]:
    """Raises Refused for whoever typed it, for what has been checked, and for what nobody typed in here."""
    consultation, found = response_at(response)
    found.take()
    if found.entered_by_id is None:
        raise Refused(f"{found.reference} was sent by whoever wrote it: there is no sheet to check.")
    if check_of(found) is not None:
        raise Refused(f"{found.reference} has been checked already.")
    if found.set_aside is not None:
        raise Refused(f"{found.reference} is set aside: it needs no check.")
    try:
        models.may_check(found, me())
    except SamePerson as problem:
        raise Refused(str(problem)) from problem
    return consultation, found


def checked(consultation: Consultation, sentence: str) -> Answered:
    flash(sentence, "success")
    return redirect(url_for("entering.checks", reference=consultation.reference), 303)


@pages.get("/<space:space>/checks/<uuid:response>/sheet")
@needs(Act.ENTER_RESPONSES)
def blind(response: UUID) -> str:
    """The empty form: what was entered is not shown."""
    consultation, found = response_at(response)
    form = ready(consultation, form_for(consultation, OnBehalf))
    form.channel.data, form.arrived.data = found.channel, f"{clock.uk(found.received):%d/%m/%Y}"
    return form_page(found, form)


@pages.post("/<space:space>/checks/<uuid:response>/sheet")
@needs(Act.ENTER_RESPONSES)
def type_again(response: UUID) -> Any:
    """Agrees where both say the same. Else the differences are shown, and the checker says which of them is right."""
    consultation, found = to_be_checked(response)
    form = ready(consultation, form_for(consultation, OnBehalf))
    filing.hold(consultation, form)
    decided = request.form.get("do") in ("correct", "agree")
    if not decided and still_writing(consultation, form):
        return form_page(found, form)
    if not in_order(form):
        return form_page(found, form), 422
    typed = submission_of(consultation, form)
    if clock.uk(form.received).date() == clock.uk(found.received).date():
        typed = submission_of(consultation, form, received=found.received)
    if is_this(found, typed) or request.form.get("do") == "agree":
        models.agree(found, me())
        filing.let_go(consultation, typed.key)
        return checked(consultation, f"{found.reference} says what the sheet says.")
    if not decided:
        return form_page(found, form, differences(consultation, found, typed)), 409
    corrected, already_there = receive(consultation, typed, entered_by=me())
    if already_there:
        raise Refused(f"This form was sent already, as {corrected.reference}. Go back and begin a new one.")
    filing.let_go(consultation, typed.key)
    models.correct(found, corrected, me())
    return checked(
        consultation, f"{corrected.reference} counts in place of {found.reference}, which is kept."
    )


def form_page(response: Response, form: Any, differing: list[Difference] | None = None) -> str:
    context = telling.form_context(response.consultation, form)
    more = {"response": response, "scans": scans_of(response), "differing": differing or []}
    return render_template("entering/again.html", **more, **context)


def differences(consultation: Consultation, response: Response, typed: Submission) -> list[Difference]:
    """What was entered and what was typed again, wherever the two are not the same."""
    with db.session.no_autoflush:
        other, parts = composed(consultation, typed)
    answers = [part for part in parts if part.__tablename__ == "answer"]
    places = [part for part in parts if part.__tablename__ == "place"]
    entered, again = (
        said_of(response, telling.told(consultation, response)),
        said_of(other, told_of(consultation, answers, places)),
    )
    names = dict.fromkeys([*entered, *again])
    found = [Difference(name, entered.get(name, ""), again.get(name, "")) for name in names]
    return [each for each in found if each.entered != each.typed]


def told_of(consultation: Consultation, answers: Any, places: Any) -> list[telling.Told]:
    policies = {policy.id: policy for policy in consultation.policies}
    return [
        told
        for question in consultation.questions
        for told in telling.of_question(question, answers, places, policies)
    ]


def said_of(response: Response, told: list[telling.Told]) -> dict[str, str]:
    about = {
        "How it came": str(CHANNELS[response.channel]),
        "When it came": f"{clock.uk(response.received):%d/%m/%Y}",
        "People": str(response.people),
        "Answering as": str(KINDS[response.kind]),
        "Name": response.name,
        "Organisation": response.organisation,
        "Email": response.email,
        "Postcode": response.postcode,
        "Connection": ", ".join(sorted(response.connection)),
    }
    answers: dict[str, str] = {}
    for entry in told:
        words = "\n".join(f"{label}: {said}" if label else said for label, said in entry.lines)
        answers[entry.about] = "\n".join(filter(None, [answers.get(entry.about, ""), words]))
    return about | answers
