"""Writing the questions of a consultation that has not been opened."""

from typing import Any
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for

from consult import audit
from consult.access import Act, needs, public
from consult.accounts.sessions import me
from consult.consultations.models import Consultation
from consult.consultations.pages import ONE, found, pages
from consult.consultations.questions.forms import STANCES, QuestionForm
from consult.consultations.questions.kinds import KINDS, SHORT
from consult.consultations.questions.minutes import minutes
from consult.consultations.questions.pictures import QuestionPicture
from consult.consultations.records import Question
from consult.database import db
from consult.plans.files import ROOM_FOR_A_FILE
from consult.spaces import doors
from consult.tenancy import here

LIST = f"{ONE}/questions"
AN_HOUR_IN_SECONDS = 3600


@pages.url_value_preprocessor
def make_room(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if endpoint in ("consultations.add_question", "consultations.edit_question"):
        request.max_content_length = ROOM_FOR_A_FILE


@pages.get(LIST)
@needs(Act.LOOK)
def questions(reference: str) -> str:
    consultation = found(reference)
    return render_template(
        "consultations/questions.html",
        consultation=consultation,
        headings=consultation.headings,
        short=SHORT,
        minutes=minutes_of(consultation),
        asked_of=lambda question: asked_of(question, consultation),
    )


def minutes_of(consultation: Consultation) -> int:
    introductions = [consultation.summary, *(head.introduction for head in consultation.headings.values())]
    return minutes(consultation.questions, consultation.policies, introductions)


def asked_of(question: Question, consultation: Consultation) -> str:
    """Of whom it is asked, in words; nothing where it is everyone."""
    condition = question.condition
    source = next((q for q in consultation.questions if condition and q.id == condition.question), None)
    if condition is None or source is None:
        return ""
    words = {option["key"]: option["label"] for option in source.options or ()} | STANCES
    chosen = " or ".join(f"“{words.get(key, key)}”" for key in condition.any_of)
    return f"Only those who answered {chosen} to {source.reference}"


@pages.route(f"{LIST}/new", methods=["GET", "POST"])
@needs(Act.CONSULT)
def add_question(reference: str) -> Any:
    consultation = found(reference)
    kind = request.values.get("kind", "")
    if kind not in KINDS and request.method == "GET":
        return render_template("consultations/question_kinds.html", consultation=consultation, kinds=KINDS)
    return written(consultation, QuestionForm(kind, list(consultation.questions)))


@pages.route(f"{LIST}/<question>", methods=["GET", "POST"])
@needs(Act.CONSULT)
def edit_question(reference: str, question: str) -> Any:
    consultation = found(reference)
    known = asked(consultation, question)
    kind = request.values.get("kind") or known.kind
    earlier = [other for other in consultation.questions if other.position < known.position]
    return written(consultation, QuestionForm(kind, earlier, known), known)


def written(consultation: Consultation, form: QuestionForm, question: Question | None = None) -> Any:
    refusal = asked_already(consultation, form, question)
    if not form.validate_on_submit() or refusal:
        if refusal and form.is_submitted():
            form.kind.errors = [*form.kind.errors, refusal]
        page = render_template(
            "consultations/question.html",
            form=form,
            consultation=consultation,
            question=question,
            kinds=SHORT,
        )
        return page, 422 if form.errors else 200
    known = question.id if question else None
    consultation.change()
    said: tuple[Any, ...] = (form.kind.data, form.title.data, form.hint.data or "", form.labels)
    if known is None:
        saved = consultation.ask(*said, **form.more)
    else:
        saved = next((q for q in consultation.questions if q.id == known), None) or abort(404)
        consultation.ask_instead(saved, *said, **form.more)
    form.draw_on(saved)
    audit.record("consultation.question_written", form.title.data, by=me(), reference=consultation.reference)
    flash("The question is saved.", "success")
    return back(consultation)


def asked_already(consultation: Consultation, form: QuestionForm, question: Question | None) -> str:
    """A view on each policy is asked once, for every policy."""
    others = [q for q in consultation.questions if q.kind == "stance" and q is not question]
    if form.kind.data != "stance" or not others:
        return ""
    return f"Question {others[0].reference} asks this already, for every policy. Choose another kind."


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
    freed = [other.title for other in consultation.shown_by(removed)]
    audit.record("consultation.question_removed", removed.title, by=me(), reference=reference)
    consultation.ask_no_more(removed)
    flash("The question is removed.", "success")
    if freed:
        flash(f"An answer to it decided about “{freed[0]}”, which everybody is asked now.", "success")
    return back(consultation)


@pages.get("/<space:space>/question-pictures/<uuid:picture>")
@public
def question_picture(picture: UUID) -> Any:
    """The picture beside a question: for everyone once the consultation is opened, before that for members."""
    kept = db.session.get(QuestionPicture, (here(), picture)) or abort(404)
    question = db.session.get(Question, (here(), kept.question_id)) or abort(404)
    consultation = db.session.get(Consultation, (here(), question.consultation_id)) or abort(404)
    if consultation.opening is None and not doors.may(Act.LOOK):
        abort(404)
    answer = Response(kept.content, mimetype=kept.media_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.cache_control.max_age = AN_HOUR_IN_SECONDS if consultation.opening else 0
    answer.set_etag(kept.sha256)
    return answer.make_conditional(request)


def asked(consultation: Consultation, reference: str) -> Question:
    return consultation.question(reference) or abort(404)


def back(consultation: Consultation) -> Any:
    return redirect(url_for("consultations.questions", reference=consultation.reference), 303)
