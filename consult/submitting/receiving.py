"""A submission as it was handed over, for the body and for its authority; and the authority's answer to it."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Response, abort, flash, g, redirect, render_template, url_for

from consult import clock
from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.consultations import words
from consult.database import db
from consult.reports import sending
from consult.spaces import handed
from consult.submitting import handing
from consult.submitting.forms import ReplyForm
from consult.submitting.models import Submission, SubmissionFile, submitted_to
from consult.submitting.pages import ONE, pages, submission_at


@pages.get("/<space:space>/submissions")
@needs(Act.LOOK)
def received() -> str:
    if not g.space.is_authority:
        abort(404)
    return render_template("submitting/received.html", submissions=submitted_to(g.space), words=words)


@pages.get(ONE)
@needs(Act.LOOK)
def one(submission_id: UUID) -> Any:
    return page_of(submission_at(submission_id))


def page_of(found: Submission, form: ReplyForm | None = None) -> Any:
    reply = form or reply_form(found)
    page = render_template(
        "submitting/one.html",
        submission=found,
        by_name={file.name: file for file in found.files},
        rest=[file for file in found.files if file.item == "index"],
        reply=reply,
        parts=handed.parts_of("submission", found),
        form=form,
        words=words,
    )
    return page, 422 if form else 200


def reply_form(found: Submission) -> ReplyForm:
    form = ReplyForm(data={"on": clock.today()})
    form.offer(found.items)
    return form


@pages.post(f"{ONE}/reply")
@needs(Act.DESIGNATE)
def answer(submission_id: UUID) -> Any:
    found = submission_at(submission_id)
    if found.authority_id != g.space.id:
        abort(404)
    form = ReplyForm()
    form.offer(found.items)
    if not form.validate_on_submit():
        return page_of(found, form)
    missing, words_ = form.missing.data or [], form.words.data or ""
    handing.reply(found, form.outcome.data, missing=missing, words=words_, on=form.on.day, by=me())
    flash(f"{found.body} is told.", "success")
    return redirect(url_for("submitting.one", submission_id=submission_id), 303)


@pages.get(f"{ONE}/all.zip")
@needs(Act.LOOK)
def everything(submission_id: UUID) -> Response:
    found = submission_at(submission_id)
    what = f"submission {found.number} of {found.body}"
    files: Any = found.files
    return sending.everything(files, f"submission-{found.number}.zip", what)


@pages.get("/<space:space>/submission-files/<uuid:file_id>")
@needs(Act.LOOK)
def file(file_id: UUID) -> Response:
    found = db.session.scalar(sa.select(SubmissionFile).where(SubmissionFile.id == file_id))
    if found is None:
        abort(404)
    return sending.sent(found.name, found.media_type, found.content, "submission")
