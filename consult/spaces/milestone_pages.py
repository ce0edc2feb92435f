"""The officer's page of a body's road: which steps are on record, and a form to record the next."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
import wtforms
from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask_wtf.file import FileField
from wtforms import ValidationError

from consult import audit
from consult.access import Act, needs
from consult.accounts import sessions
from consult.database import db
from consult.spaces import journey, milestones
from consult.spaces.bodies import body_of
from consult.spaces.milestones import Milestone
from consult.spaces.models import Space
from consult.spaces.pages import pages
from consult.web import files_taken
from consult.web.days import DayField, a_day, decided
from consult.web.errors import Refused
from consult.web.files_taken import ROOM_FOR_A_FILE, Taken
from consult.web.forms import Form, at_most, required


class MilestoneForm(Form):
    key = wtforms.RadioField("Which step?", [required("Choose the step.")])
    on = DayField("The day", "The day", validators=[a_day("Enter the day, such as 14 3 2027."), decided])
    words = wtforms.TextAreaField(
        "What the body should know",
        [at_most(2_000, "This")],
        description="For example who the examiner is, where the plan can be inspected, or how the votes were cast.",
    )
    file = FileField(
        "The document",
        description="The notice, report or decision: PDF, Word or OpenDocument, 10 MB at most.",
    )
    public = wtforms.BooleanField(
        "Everyone may read these words and this document",
        description="Leave out what names private persons, or shows a signature, a telephone number or an email "
        "address. That the step is done, everyone sees in any case.",
    )
    taken: Taken | None = None

    def validate_file(self, field: FileField) -> None:
        if field.data and field.data.filename:
            self.taken = files_taken.take(field.data)
            if self.taken.refusal:
                raise ValidationError(self.taken.refusal)

    @property
    def document(self) -> tuple[str, str, bytes] | None:
        return (self.taken.name, self.taken.media_type, self.taken.content) if self.taken else None


@pages.url_value_preprocessor
def make_room(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if endpoint == "spaces.milestones":
        request.max_content_length = ROOM_FOR_A_FILE


@pages.route("/<space:space>/bodies/<slug>/road", methods=["GET", "POST"], endpoint="milestones")
@needs(Act.DESIGNATE)
def of_body(slug: str) -> Any:
    body = body_of(slug)
    form, recorded = MilestoneForm(), milestones.of(body)
    left = [each for each in recordable(body) if each.key not in {done.key for done in recorded}]
    form.key.choices = [(each.key, words_of(each)) for each in left]
    if form.validate_on_submit():
        told: dict[str, Any] = {"words": form.words.data or "", "document": form.document}
        told["public"] = bool(form.public.data)
        try:
            milestones.record(body, form.key.data, on=form.on.day, by=sessions.me(), **told)
        except Refused as refusal:
            form.on.errors = [str(refusal)]
    if form.is_submitted() and not form.errors:
        flash(f"It is on record, and {body.name} sees it.", "success")
        return redirect(url_for("spaces.milestones", slug=slug), 303)
    page = render_template(
        "spaces/milestones.html",
        body=body,
        form=form,
        recorded=[(each, title_of(each.key)) for each in recorded],
        left=left,
    )
    return page, 422 if form.errors else 200


def recordable(body: Space) -> list[Any]:
    """The steps in the authority's hands, and what else starts a clock, in the order of the road."""
    steps: list[Any] = [each for each in journey.steps().values() if each.recorded]
    return [each for each in [*journey.records().values(), *steps] if body.kind in each.kinds]


def words_of(each: Any) -> str:
    return f"{each.title} ({each.where})"


def title_of(key: str) -> str:
    found = journey.steps().get(key) or journey.records().get(key)
    return found.title if found else key


@pages.post("/<space:space>/milestones/<uuid:milestone_id>/withdrawal")
@needs(Act.DESIGNATE)
def take_back(milestone_id: UUID) -> Any:
    found = milestone_at(milestone_id)
    if found.authority_id != g.space.id:
        abort(404)
    found.take_back(by=sessions.me())
    flash("It is taken back.", "success")
    slug = db.session.scalars(sa.select(Space.slug).where(Space.id == found.space_id)).one()
    return redirect(url_for("spaces.milestones", slug=slug), 303)


@pages.get("/<space:space>/milestones/<uuid:milestone_id>/document")
@needs(Act.LOOK)
def milestone_document(milestone_id: UUID) -> Response:
    """For the authority, and for the body that it is about."""
    found = milestone_at(milestone_id)
    if not found.document:
        abort(404)
    response = Response(found.document, content_type=found.document_type)
    response.headers.set("Content-Disposition", "attachment", filename=found.document_name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    audit.note_download(f"milestone {found.key}: {found.document_name}", sessions.whoever())
    return response


def milestone_at(milestone_id: UUID) -> Milestone:
    found = db.session.scalar(
        sa.select(Milestone).where(Milestone.id == milestone_id, Milestone.withdrawn.is_(None))
    )
    return found or abort(404)
