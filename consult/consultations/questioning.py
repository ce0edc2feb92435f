"""Writing the questions of a consultation that has not been opened."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from consult import audit
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.consultations import question_sets as question_sets
from consult.consultations.forms import QuestionForm
from consult.consultations.models import Consultation
from consult.consultations.pages import ONE, found, pages
from consult.consultations.question_kinds import KINDS
from consult.consultations.records import Question

LIST = f"{ONE}/questions"


@pages.get(LIST)
@needs(Act.LOOK)
def questions(reference: str) -> str:
    return render_template("consultations/questions.html", consultation=found(reference), kinds=KINDS)


@pages.route(f"{LIST}/new", methods=["GET", "POST"])
@needs(Act.CONSULT)
def add_question(reference: str) -> Any:
    return written(found(reference))


@pages.route(f"{LIST}/<question>", methods=["GET", "POST"])
@needs(Act.CONSULT)
def edit_question(reference: str, question: str) -> Any:
    consultation = found(reference)
    return written(consultation, asked(consultation, question))


def written(consultation: Consultation, question: Question | None = None) -> Any:
    form = QuestionForm(consultation, question)
    if not form.validate_on_submit():
        page = render_template(
            "consultations/question.html", form=form, consultation=consultation, question=question
        )
        return page, 422 if form.errors else 200
    known = question.id if question else None
    consultation.change()
    said = (form.kind.data, form.title.data, form.hint.data or "", form.labels)
    if known is None:
        consultation.ask(*said)
    else:
        again = next((q for q in consultation.questions if q.id == known), None)
        consultation.ask_instead(again or abort(404), *said)
    audit.record("consultation.question_written", form.title.data, by=me(), reference=consultation.reference)
    flash("The question is saved.", "success")
    return back(consultation)


@pages.post(f"{LIST}/<question>/position")
@needs(Act.CONSULT)
def move_question(reference: str, question: str) -> Any:
    consultation = found(reference)
    consultation.change()
    places = {"up": -1, "down": 1}.get(request.form.get("to", ""), 0)
    consultation.ask_elsewhere(asked(consultation, question), places)
    audit.record("consultation.question_moved", question, by=me(), reference=reference)
    return back(consultation)


@pages.post(f"{LIST}/<question>/removal")
@needs(Act.CONSULT)
def remove_question(reference: str, question: str) -> Any:
    consultation = found(reference)
    consultation.change()
    removed = asked(consultation, question)
    audit.record("consultation.question_removed", removed.title, by=me(), reference=reference)
    consultation.ask_no_more(removed)
    flash("The question is removed.", "success")
    return back(consultation)


def asked(consultation: Consultation, reference: str) -> Question:
    return consultation.question(reference) or abort(404)


def back(consultation: Consultation) -> Any:
    return redirect(url_for("consultations.questions", reference=consultation.reference), 303)
