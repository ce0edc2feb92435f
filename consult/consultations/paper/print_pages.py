"""The prints as files. Everyone gets what is kept, once the consultation is open; before that its members get a draft
that says so. What was opened for a later day stays as it is, so members get that as it will be: to have it printed."""

from typing import Any
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for

from consult import audit, clock, jobs
from consult.access import Act, needs, public
from consult.accounts.sessions import me
from consult.consultations.models import Consultation
from consult.consultations.pages import ONE, found, pages
from consult.consultations.paper import prints
from consult.database import db
from consult.spaces import doors
from consult.tenancy import here
from consult.web.errors import Refused
from consult.web.limits import NotCounted, asking, hit

EACH_ADDRESS = "60 per minute"  # a library is one address
EACH_DRAFT = "12 per minute"  # set anew each time, for a member
FIVE_MINUTES_IN_SECONDS = 300
A_MINUTE_IN_SECONDS = 60


@jobs.handler("print")
def make(job: jobs.Job) -> dict[str, Any]:
    """Bears being run twice: what is kept already is not set again."""
    consultation = db.session.get_one(Consultation, (here(), UUID(hex=job.payload["consultation"])))
    each = [(name, language) for name in prints.names() for language in prints.LANGUAGES]
    return {"made": [name for name, language in each if prints.keep(consultation, name, language)]}


@pages.get(f"{ONE}/form.pdf")
@public
def paper_form(reference: str) -> Any:
    return sent(found(reference), "form")


@pages.get(f"{ONE}/form-large-print.pdf")
@public
def large_print_form(reference: str) -> Any:
    return sent(found(reference), "form-large-print")


@pages.get(f"{ONE}/easy-read.pdf")
@public
def easy_read_pdf(reference: str) -> Any:
    consultation = found(reference)
    if not consultation.easy_read:
        abort(404)
    return sent(consultation, "easy-read")


@pages.get(f"{ONE}/plan.pdf")
@public
def plan_pdf(reference: str) -> Any:
    """The plan that it asks about, where there is one that is written here."""
    consultation = found(reference)
    if consultation.plan_shown is None:
        abort(404)
    return sent(consultation, "plan")


@pages.post(f"{ONE}/prints")
@needs(Act.CONSULT)
def print_again(reference: str) -> Any:
    """For an organiser whose prints are not there, whatever became of their job."""
    consultation = found(reference)
    if consultation.opening is None:
        raise Refused("What it prints is kept from its opening on: until then everything may still change.")
    prints.ask_for(consultation)
    audit.record("consultation.prints_asked_for", consultation.title, by=me(), reference=reference)
    flash("The prints are made anew where they would say something else. It takes a minute.", "success")
    return redirect(url_for("consultations.setup", reference=reference), 303)


def sent(consultation: Consultation, name: str, language: str = prints.LANGUAGES[0]) -> Any:
    if not is_shown(consultation):
        abort(404)
    if consultation.opening is None:
        return draft(consultation, name, language)
    if not within(EACH_ADDRESS, "print", asking(), consultation.id.hex):
        abort(429)
    known = prints.kept(consultation, name, language)
    if known is None:
        return not_yet(consultation)
    if request.if_none_match.contains(known.sha256):
        return described(Response(status=304), known)
    return described(as_pdf(consultation, name, known.content), known)


def is_shown(consultation: Consultation) -> bool:
    """To everyone from its opening on, to its members at all times."""
    return consultation.state() in ("open", "closed") or doors.may(Act.LOOK)


def draft(consultation: Consultation, name: str, language: str) -> Response:
    if not within(EACH_DRAFT, "print draft", me().id.hex):
        abort(429)
    sheet = prints.sheet_of(consultation, name, language, draft=True) or abort(404)
    answer = as_pdf(consultation, name, sheet.pdf(clock.now()))
    answer.cache_control.no_store = True
    return answer


def within(limit: str, what: str, *whose: str) -> bool:
    """Where nobody can count, what is kept is still given: reading it costs little."""
    try:
        return hit(limit, what, *whose)
    except NotCounted:
        return True


def not_yet(consultation: Consultation) -> Any:
    """The worker is at it."""
    page = render_template("consultations/print_waiting.html", consultation=consultation)
    return page, 202, {"Retry-After": str(A_MINUTE_IN_SECONDS), "Cache-Control": "no-store"}


def as_pdf(consultation: Consultation, name: str, content: bytes) -> Response:
    answer = Response(content, mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=f"{consultation.reference}-{name}.pdf")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


def described(answer: Response, known: prints.Printed) -> Response:
    answer.set_etag(known.sha256)
    answer.cache_control.max_age = FIVE_MINUTES_IN_SECONDS
    return answer
