"""From what was handed over to the consultation that publicises it (regulations 6, 9 and 16): a part of its page, and
the page that begins it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from wtforms import SelectMultipleField

from consult import clock
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.areas.decisions import deciding as areas
from consult.consultations import words
from consult.consultations.handed.proposals import KINDS, proposal_from
from consult.consultations.handed.publicity_period import BEGINS, consultation_of, elsewhere, whole_parish
from consult.consultations.handed.taking_in import Given, publicise
from consult.consultations.stages import STAGES
from consult.database import db
from consult.forums import pages as forums
from consult.officers import taking
from consult.plans.documents import size_words
from consult.spaces import handed, milestones
from consult.spaces.home import Panel
from consult.submitting import pages as submitting
from consult.submitting.models import Submission
from consult.web.errors import Refused
from consult.web.forms import Form

pages = Blueprint("publicity", __name__)
PAGES = {"area": "areas.application", "forum": "forums.application", "submission": "submitting.one"}
BEGUN = "It is begun. Work down the list; nobody else sees it until you announce or open it."


class DocumentsForm(Form):
    documents = SelectMultipleField(
        "Documents that everyone may read",
        description="Look through them first: leave out what names private persons, or shows a signature, a telephone "
        "number or an email address, and ask the body for a copy without it. What is left out stays with you.",
    )


@handed.part
def publicity(kind: str, thing: Any) -> Panel | None:
    """What its page shows the authority: the consultation and its dates, or the way to begin it."""
    if not g.space.is_authority:
        return None
    proposal, stage = proposal_from(thing.id), STAGES[KINDS[kind]]
    consultation = consultation_of(proposal) if proposal else None
    if consultation is None and not waits(kind, thing):
        return None
    return Panel(
        "officers/publicity.html",
        {
            "kind": kind,
            "thing": thing,
            "stage": stage,
            "consultation": consultation,
            "state": consultation.state() if consultation else "",
            "too_early": consultation.too_early(clock.today()) if consultation else "",
            "elsewhere": milestones.days(thing.space).get(BEGINS[kind]),
            "too_early_elsewhere": elsewhere(kind, thing, clock.today()),
            "whole_parish": kind == "area" and not consultation and whole_parish(thing.space, thing.geometry),
            "words": words,
        },
    )


def waits(kind: str, thing: Any) -> bool:
    return bool(thing.stands if kind == "submission" else thing.is_live)


@pages.post("/<space:space>/applications/<uuid:application_id>/publicity")
@needs(Act.CONSULT)
def area(application_id: UUID) -> Any:
    found = areas.find(application_id)
    return begun("area", found, taking.of_area)


@pages.post("/<space:space>/forum-applications/<uuid:application_id>/publicity")
@needs(Act.CONSULT)
def forum(application_id: UUID) -> Any:
    return begun("forum", forums.handed(application_id), taking.of_forum)


@pages.route("/<space:space>/submissions/<uuid:submission_id>/publicity", methods=["GET", "POST"])
@needs(Act.CONSULT)
def submission(submission_id: UUID) -> Any:
    """Which of its documents are shown is chosen once: from then on the copy stays as it is."""
    found = submission_here(submission_id)
    form = DocumentsForm()
    files = taking.publishable(found)
    form.documents.choices = [(file.name, f"{file.name} ({size_words(file.size)})") for file in files]
    if not form.is_submitted():
        form.documents.data = [file.name for file in files if not taking.holds_back(file)]
        return choosing(found, form)
    if not form.validate():
        return choosing(found, form), 422
    if found.state != "complete":
        raise Refused(
            "Regulation 16 begins once all that regulation 15(1) names has come: say first that the submission is "
            "complete."
        )
    chosen = set(form.documents.data or ())
    return begun("submission", found, lambda each: taking.of_submission(each, chosen))


def choosing(found: Submission, form: DocumentsForm) -> str:
    context = {"known": proposal_from(found.id), "told": taking.to_notify(found), "form": form}
    return render_template("officers/publicise.html", submission=found, **context)


def submission_here(submission_id: UUID) -> Submission:
    found = submitting.submission_at(submission_id)
    return found if found.authority_id == g.space.id else abort(404)


def begun(kind: str, found: Any, given: Any) -> Any:
    if proposal := proposal_from(found.id):
        return to(consultation_of(proposal))
    if not waits(kind, found):
        raise Refused(f"This is {found.state} already, so it is not publicised.")
    taken: Given = given(found)
    db.session.flush()
    made = publicise(taken, me())
    flash(BEGUN, "success")
    return to(made)


def to(consultation: Any) -> Any:
    return redirect(url_for("consultations.setup", reference=consultation.reference), 303)
