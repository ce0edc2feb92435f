"""The record of publicity: how people heard of a consultation, in the order of its days."""

import hashlib
from typing import Any
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for

from consult import audit, clock
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.consultations import words
from consult.consultations.models import Consultation
from consult.consultations.pages import ONE, found, pages
from consult.consultations.paper import poster
from consult.consultations.publicity import publicising
from consult.consultations.publicity.forms import PublicityRecordForm
from consult.consultations.publicity.publicising import Publicity
from consult.database import db
from consult.plans.files import ROOM_FOR_A_FILE
from consult.tenancy import here
from consult.web.errors import Refused

LIST = f"{ONE}/publicity"
BY_ID = f"{LIST}/<uuid:publicity_id>"


@pages.url_value_preprocessor
def make_room(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if endpoint in ("consultations.add_publicity", "consultations.edit_publicity"):
        request.max_content_length = ROOM_FOR_A_FILE


def record_of(consultation: Consultation, publicity_id: UUID) -> Publicity:
    record = db.session.get(Publicity, (here(), publicity_id))
    if record is None or record.consultation_id != consultation.id:
        abort(404)
    return record


@pages.get(LIST)
@needs(Act.LOOK)
def publicity(reference: str) -> str:
    consultation = found(reference)
    return render_template(
        "consultations/publicity.html",
        consultation=consultation,
        state=consultation.state(),
        timeline=[entry(each) for each in consultation.publicities],
        kinds=publicising.KINDS,
        earliest=consultation.earliest_last_day if consultation.kind.statutory else None,
        words=words,
    )


def entry(record: Publicity) -> dict[str, Any]:
    until = f" to {words.day(record.to_day)}" if record.to_day and record.to_day != record.from_day else ""
    ahead = record.from_day > clock.today()
    return {
        "record": record,
        "when": f"{words.day(record.from_day)}{until}",
        "datetime": record.from_day.isoformat(),
        "state": "next" if ahead else "done",
    }


@pages.route(f"{LIST}/new", methods=["GET", "POST"])
@needs(Act.CONSULT)
def add_publicity(reference: str) -> Any:
    return written(found(reference))


@pages.route(BY_ID, methods=["GET", "POST"])
@needs(Act.CONSULT)
def edit_publicity(reference: str, publicity_id: UUID) -> Any:
    consultation = found(reference)
    return written(consultation, record_of(consultation, publicity_id))


def written(consultation: Consultation, record: Publicity | None = None) -> Any:
    form = PublicityRecordForm(consultation.begun, consultation.kind.statutory, record)
    if form.validate_on_submit():
        try:
            return saved(consultation, record, form)
        except Refused as refusal:
            db.session.rollback()  # nothing of it is kept but the words on the form
            form.from_day.errors = [refusal.sentence]
            return record_page(consultation, record, form), 409
    return record_page(consultation, record, form), 422 if form.errors else 200


def record_page(consultation: Consultation, record: Publicity | None, form: PublicityRecordForm) -> str:
    context = {"consultation": consultation, "record": record, "form": form}
    return render_template("consultations/publicity_record.html", **context)


def saved(consultation: Consultation, record: Publicity | None, form: PublicityRecordForm) -> Any:
    """Raises Refused where what has been opened stands on its day, or what was announced would not be lawful."""
    consultation.take()
    if record is not None and consultation.carries(record) and record.from_day != form.from_day.data:
        raise Refused("The six weeks were counted from this day when the consultation opened, so it stays.")
    if record is not None and consultation.carries(record) and form.takes_away(record):
        raise Refused(
            "The six weeks were counted from this when the consultation opened, so what shows it stays. "
            "Add what you have since as another record."
        )
    record = record or Publicity(consultation_id=consultation.id, by_id=me().id)
    form.fill(record)
    db.session.add(record)
    shown = (
        {"sha256": hashlib.sha256(record.evidence).hexdigest()} if form.document and record.evidence else {}
    )
    changed(consultation, "publicity.recorded", record, **shown)
    flash(f"{record.what}: on record.", "success")
    return back(consultation)


def changed(consultation: Consultation, act: str, record: Publicity, **shown: str) -> None:
    about = {"reference": consultation.reference, "day": str(record.from_day), **shown}
    audit.record(act, record.what, by=me(), **about)
    db.session.flush()
    db.session.expire(consultation, ["publicities"])
    if not consultation.opening:
        consultation.keep_announced(clock.now())


@pages.post(f"{BY_ID}/removal")
@needs(Act.CONSULT)
def remove_publicity(reference: str, publicity_id: UUID) -> Any:
    consultation = found(reference)
    consultation.take()
    record = record_of(consultation, publicity_id)
    consultation.unpublicise(record)
    changed(consultation, "publicity.removed", record)
    flash("It is removed.", "success")
    return back(consultation)


@pages.get(f"{BY_ID}/evidence")
@needs(Act.LOOK)
def evidence_of(reference: str, publicity_id: UUID) -> Response:
    """As an attachment: whatever is in it, no browser shows it as a page of ours."""
    record = record_of(found(reference), publicity_id)
    if not record.evidence:
        abort(404)
    answer = Response(record.evidence, mimetype=record.evidence_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{record.evidence_name}"'
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    audit.note_download(f"evidence {record.evidence_name}", me())
    return answer


@pages.get(f"{LIST}/poster.pdf")
@needs(Act.LOOK)
def poster_pdf(reference: str) -> Response:
    """To print and put up; made anew each time, so it always says the dates that hold."""
    consultation = found(reference)
    name = f'attachment; filename="{reference}-poster.pdf"'
    return Response(
        poster.pdf(consultation), mimetype="application/pdf", headers={"Content-Disposition": name}
    )


def back(consultation: Consultation) -> Any:
    return redirect(url_for("consultations.publicity", reference=consultation.reference), 303)
