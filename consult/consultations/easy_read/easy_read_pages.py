"""The Easy Read version: an organiser writes it until the consultation opens; then everyone has it, as a page."""

from typing import Any
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for

from consult import audit
from consult.access import Act, needs, public
from consult.accounts.sessions import me
from consult.consultations import words
from consult.consultations.easy_read.forms import EasyReadForm
from consult.consultations.easy_read.sentences import EasyReadLine
from consult.consultations.models import Consultation
from consult.consultations.pages import ONE, found, pages
from consult.consultations.paper import print_pages
from consult.consultations.paper.printed_pictures import size_of
from consult.database import db
from consult.plans.files import ROOM_FOR_A_FILE
from consult.tenancy import here
from consult.web.errors import Refused

LIST = f"{ONE}/easy-read-lines"
BY_ID = "/<space:space>/easy-read-lines/<uuid:line>"
AN_HOUR_IN_SECONDS = 3600


@pages.url_value_preprocessor
def make_room(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if endpoint in ("consultations.add_easy_read", "consultations.edit_easy_read"):
        request.max_content_length = ROOM_FOR_A_FILE


@pages.get(f"{ONE}/easy-read")
@public
def easy_read(reference: str) -> str:
    consultation = found(reference)
    if not (print_pages.is_shown(consultation) and consultation.easy_read):
        abort(404)
    return render_template(
        "consultations/easy_read.html",
        consultation=consultation,
        state=consultation.state(),
        words=words,
        sizes={line.id: size_of(line.content) for line in consultation.easy_read},
    )


@pages.get("/<space:space>/easy-read-pictures/<uuid:picture>")
@public
def easy_read_picture(picture: UUID) -> Any:
    consultation, line = line_at(picture)
    if not print_pages.is_shown(consultation):
        abort(404)
    answer = Response(line.content, mimetype=line.media_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.cache_control.max_age = AN_HOUR_IN_SECONDS if consultation.opening else 0
    answer.set_etag(line.sha256)
    return answer.make_conditional(request)


def line_at(id: UUID) -> tuple[Consultation, EasyReadLine]:
    line = db.session.get(EasyReadLine, (here(), id)) or abort(404)
    return db.session.get_one(Consultation, (here(), line.consultation_id)), line


def still_there(consultation: Consultation, id: UUID) -> EasyReadLine:
    """As it is now that nobody else changes it."""
    return next((line for line in consultation.easy_read if line.id == id), None) or abort(404)


@pages.get(LIST)
@needs(Act.LOOK)
def easy_read_lines(reference: str) -> str:
    return render_template("consultations/easy_read_lines.html", consultation=found(reference))


@pages.route(f"{LIST}/new", methods=["GET", "POST"])
@needs(Act.CONSULT)
def add_easy_read(reference: str) -> Any:
    return written(found(reference), EasyReadForm())


@pages.route(BY_ID, methods=["GET", "POST"])
@needs(Act.CONSULT)
def edit_easy_read(line: UUID) -> Any:
    consultation, known = line_at(line)
    return written(consultation, EasyReadForm(known), known)


def written(consultation: Consultation, form: EasyReadForm, line: EasyReadLine | None = None) -> Any:
    if not form.validate_on_submit():
        return line_page(consultation, form, line), 422 if form.errors else 200
    known, said = line.id if line else None, (form.words.data or "", form.alt.data or "")
    try:
        consultation.change()
        if known is None:
            consultation.say_simply(*said, form.content or b"")
        else:
            consultation.say_instead(still_there(consultation, known), *said, form.content)
    except Refused as refusal:
        db.session.rollback()  # nothing of it is kept but the words on the form
        form.words.errors = [refusal.sentence]
        return line_page(consultation, form, line), 409
    audit.record("consultation.easy_read_written", said[0][:80], by=me(), reference=consultation.reference)
    flash("The sentence is saved.", "success")
    return back(consultation)


def line_page(consultation: Consultation, form: EasyReadForm, line: EasyReadLine | None) -> str:
    return render_template(
        "consultations/easy_read_line.html", consultation=consultation, form=form, line=line
    )


@pages.post(f"{BY_ID}/position")
@needs(Act.CONSULT)
def move_easy_read(line: UUID) -> Any:
    consultation, _known = line_at(line)
    consultation.change()
    known = still_there(consultation, line)
    consultation.say_elsewhere(known, {"up": -1, "down": 1}.get(request.form.get("to", ""), 0))
    audit.record("consultation.easy_read_moved", known.words[:80], by=me(), reference=consultation.reference)
    return back(consultation)


@pages.post(f"{BY_ID}/removal")
@needs(Act.CONSULT)
def remove_easy_read(line: UUID) -> Any:
    consultation, _known = line_at(line)
    consultation.change()
    known = still_there(consultation, line)
    said = known.words[:80]
    consultation.say_no_more(known)
    audit.record("consultation.easy_read_removed", said, by=me(), reference=consultation.reference)
    flash("The sentence is removed.", "success")
    return back(consultation)


def back(consultation: Consultation) -> Any:
    return redirect(url_for("consultations.easy_read_lines", reference=consultation.reference), 303)
