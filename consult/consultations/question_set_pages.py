"""Asking again: sets of questions, of the space and of the house, and the copy of a whole consultation."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from wtforms import StringField

from consult import audit
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.consultations.copying import copy
from consult.consultations.models import Consultation
from consult.consultations.pages import ONE, found, pages
from consult.consultations.questions import sets as question_sets
from consult.consultations.questions.library import library
from consult.consultations.questions.questioning import back
from consult.consultations.questions.sets import QuestionSet
from consult.database import db
from consult.tenancy import here
from consult.web.errors import Refused
from consult.web.forms import Form, at_most, required

SETS = f"{ONE}/question-sets"


class SetForm(Form):
    name = StringField(
        "What is the set called?",
        [required("Enter a name for the set."), at_most(80, "The name")],
        description="Such as “Our yearly survey”. A set of the same name is replaced.",
    )


@pages.get(SETS)
@needs(Act.CONSULT)
def question_set_list(reference: str) -> str:
    return listed(found(reference), SetForm())


def listed(consultation: Consultation, form: SetForm) -> str:
    return render_template(
        "consultations/question_sets.html",
        consultation=consultation,
        form=form,
        kept=question_sets.kept(),
        library=library(),
    )


@pages.post(SETS)
@needs(Act.CONSULT)
def keep_set(reference: str) -> Any:
    """Keeps the questions of this consultation as a set of the space."""
    consultation, form = found(reference), SetForm()
    if not form.validate_on_submit():
        return listed(consultation, form), 422
    if not consultation.questions:
        raise Refused("This consultation has no questions to keep yet.")
    kept = question_sets.keep(form.name.data, consultation.questions, me())
    audit.record("question_set.kept", kept.name, by=me(), reference=reference)
    flash(f"The questions are kept as “{kept.name}”.", "success")
    return redirect(url_for("consultations.question_set_list", reference=reference), 303)


@pages.post(f"{SETS}/asking")
@needs(Act.CONSULT)
def ask_set(reference: str) -> Any:
    """Adds the questions of a set at the end."""
    consultation = found(reference)
    consultation.change()
    name, content = set_asked_for(request.form.get("set", ""))
    if any(said["kind"] == "stance" for said in content) and consultation.asks_for_stances:
        raise Refused(
            "This set asks for a view on each policy, which this consultation asks already. "
            "Remove that question first."
        )
    number = len(question_sets.ask_all(consultation, content))
    audit.record("question_set.asked", name, by=me(), reference=reference)
    flash(f"{number} questions are added from “{name}”.", "success")
    return back(consultation)


@pages.post(f"{SETS}/removal")
@needs(Act.CONSULT)
def remove_set(reference: str) -> Any:
    found(reference)
    kept = set_of_the_space(request.form.get("set", "")) or abort(404)
    audit.record("question_set.removed", kept.name, by=me())
    db.session.delete(kept)
    flash(f"“{kept.name}” is removed. Where it was asked, its questions stay.", "success")
    return redirect(url_for("consultations.question_set_list", reference=reference), 303)


def set_asked_for(key: str) -> tuple[str, list[dict[str, Any]]]:
    built_in = library().find(key)
    if built_in:
        return built_in.name, list(built_in.content)
    kept = set_of_the_space(key) or abort(404)
    return kept.name, list(kept.content)


def set_of_the_space(key: str) -> QuestionSet | None:
    try:
        return db.session.get(QuestionSet, (here(), UUID(key)))
    except ValueError:
        return None


@pages.post(f"{ONE}/copying")
@needs(Act.CONSULT)
def copy_consultation(reference: str) -> Any:
    """A new draft that asks the same."""
    made = copy(found(reference), me())
    flash(
        "This is a copy, with the same words, questions and consultees. Look through everything: dates are yours to "
        "choose, and consultees are yours to confirm.",
        "success",
    )
    return redirect(url_for("consultations.setup", reference=made.reference), 303)
