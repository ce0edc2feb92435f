"""The officers' page of the representations, and what they do there; the pages of others are beside it."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask, abort, flash, redirect, render_template, request, url_for

from consult import audit
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.consultations.models import Consultation
from consult.consultations.words import day, moment
from consult.database import db
from consult.examining import building, publishing, reading, telling
from consult.examining import erasing as erasing  # what it removes when somebody is erased
from consult.examining import order as order  # what it refuses
from consult.examining import overview as overviews
from consult.examining import panel as panel
from consult.examining import progress as progress_pages
from consult.examining import public_pages as public_pages
from consult.examining import reader_pages as reader_pages
from consult.examining.forms import DocumentForm, ReaderForm
from consult.examining.models import Bundle, BundleDocument, BundleReader
from consult.examining.pages import OFFICE, pages, representations_at
from consult.examining.reader_pages import in_parts
from consult.tenancy import here
from consult.web.errors import Refused
from consult.web.files_taken import ROOM_FOR_A_FILE

ONE = f"{OFFICE}/bundles/<uuid:bundle_id>"


@pages.url_value_preprocessor
def make_room(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if endpoint == "examining.add_document":
        request.max_content_length = ROOM_FOR_A_FILE


@pages.get(f"{OFFICE}/")
@needs(Act.READ_RESPONSES)
def overview(reference: str) -> str:
    consultation = representations_at(reference)
    now = overviews.of(consultation)
    return render_template(
        "examining/overview.html",
        consultation=consultation,
        now=now,
        steps=overviews.steps(consultation, now),
        states={bundle.id: building.progress_of(bundle)[0] for bundle in now.bundles},
        decision=decision_in(consultation),
        documents=documents_of(consultation),
        fetches=list(reading.fetches(consultation)),
        capacities=reading.CAPACITIES,
        day=day,
        moment=moment,
    )


def documents_of(consultation: Any) -> list[BundleDocument]:
    mine = sa.select(BundleDocument).where(BundleDocument.consultation_id == consultation.id)
    return list(db.session.scalars(mine.order_by(BundleDocument.at)))


def decision_in(consultation: Consultation) -> dict[str, Any]:
    """What is on record of the decision, and who asked to be told of it."""
    found, asked = telling.decision_on(consultation), telling.who_asked(consultation)
    made = telling.telling_of(consultation, found)
    told = telling.mails_of(made) if made else {}
    return {
        "found": found,
        "asked": asked,
        "telling": made,
        "told": [each for each in asked if each.id in told],
        "left": [each for each in asked if each.email and each.id not in told],
        "by_post": [
            each for each in asked if not each.email and (each.name or each.address)
        ],  # not who was erased
        "body": consultation.proposal.applicant if consultation.proposal else None,
        "stops": progress_pages.stops_of(consultation.proposal.applicant) if consultation.proposal else [],
    }


# Publishing.


@pages.post(f"{OFFICE}/publication")
@needs(Act.PUBLISH)
def publish(reference: str) -> Any:
    publishing.publish(representations_at(reference), me())
    flash("The representations are published. The PDF of them is being made.", "success")
    return back(reference, "publication")


@pages.post(f"{OFFICE}/publication/ending")
@needs(Act.PUBLISH)
def end_publication(reference: str) -> Any:
    publishing.end(representations_at(reference), me())
    flash("The representations are no longer published.", "success")
    return back(reference, "publication")


def back(reference: str, part: str) -> Any:
    return redirect(f"{url_for('examining.overview', reference=reference)}#{part}", 303)


# Bundles.


@pages.post(f"{OFFICE}/bundles/")
@needs(Act.ANSWER_FOR_DATA)
def ask(reference: str) -> Any:
    bundle = building.ask(representations_at(reference), me())
    return redirect(url_for("examining.bundle", reference=reference, bundle_id=bundle.id), 303)


@pages.get(ONE)
@needs(Act.READ_RESPONSES)
def bundle(reference: str, bundle_id: UUID) -> str:
    """Its index, for officers; the files are for whoever was named."""
    consultation, found = bundle_at(reference, bundle_id)
    state, words = building.progress_of(found)
    return render_template(
        "examining/bundle.html",
        consultation=consultation,
        bundle=found,
        state=state,
        words=words,
        parts=in_parts(found) if found.built else [],
        day=day,
    )


@pages.get(f"{ONE}/progress")
@needs(Act.READ_RESPONSES)
def progress(reference: str, bundle_id: UUID) -> dict[str, Any]:
    """How far it is, for the page to ask."""
    state, words = building.progress_of(bundle_at(reference, bundle_id)[1])
    return {"state": state, "words": words, "done": state in ("done", "failed"), "next": ""}


def bundle_at(reference: str, bundle_id: UUID) -> tuple[Any, Bundle]:
    consultation = representations_at(reference)
    found = db.session.get(Bundle, (here(), bundle_id))
    if found is None or found.consultation_id != consultation.id:
        abort(404)
    return consultation, found


@pages.route(f"{OFFICE}/documents", methods=["GET", "POST"])
@needs(Act.ANSWER_FOR_DATA)
def add_document(reference: str) -> Any:
    consultation, form = representations_at(reference), DocumentForm()
    if not form.validate_on_submit():
        page = render_template("examining/document.html", consultation=consultation, form=form)
        return page, 422 if form.errors else 200
    taken = form.taken
    assert taken is not None
    about = {"name": taken.name, "media_type": taken.media_type, "content": taken.content}
    sha256, size = building.checksum([taken.content]), len(taken.content)
    kept = BundleDocument(
        consultation_id=consultation.id,
        title=form.title.data,
        sha256=sha256,
        size=size,
        by_id=me().id,
        **about,
    )
    db.session.add(kept)
    audit.record("bundle.document_added", kept.title, by=me(), sha256=sha256)
    flash("It goes into the next bundle that is made.", "success")
    return back(reference, "bundles")


# Who may fetch them.


@pages.route(f"{OFFICE}/readers", methods=["GET", "POST"])
@needs(Act.ANSWER_FOR_DATA)
def name_reader(reference: str) -> Any:
    consultation, form = representations_at(reference), ReaderForm()
    if form.validate_on_submit():
        try:
            named = {"email": form.email.data, "called": form.called.data, "capacity": form.capacity.data}
            reading.name(consultation, until=form.until.day, by=me(), **named)
        except Refused as refusal:
            form.email.errors = [str(refusal)]
    if not form.is_submitted() or form.errors:
        page = render_template("examining/reader.html", consultation=consultation, form=form)
        return page, 422 if form.errors else 200
    flash(f"{form.called.data} is named, and a mail with the way to it is on its way.", "success")
    return back(reference, "readers")


@pages.post("/<space:space>/bundle-readers/<uuid:bundle_reader_id>/ending")
@needs(Act.ANSWER_FOR_DATA)
def stop_reader(bundle_reader_id: UUID) -> Any:
    wanted = sa.select(BundleReader).where(
        BundleReader.space_id == here(), BundleReader.id == bundle_reader_id
    )
    reader = db.session.scalar(wanted) or abort(404)
    reading.stop(reader, me())
    flash(f"{reader.name} can no longer fetch it.", "success")
    found = db.session.get_one(Consultation, (here(), reader.consultation_id))
    return back(found.reference, "readers")


# Telling of the decision.


@pages.post(f"{OFFICE}/telling")
@needs(Act.PUBLISH)
def tell(reference: str) -> Any:
    telling.tell(representations_at(reference), me())
    flash("Those who asked are being told, and so is the body.", "success")
    return back(reference, "decision")


def init_app(app: Flask) -> None:
    app.register_blueprint(pages)
