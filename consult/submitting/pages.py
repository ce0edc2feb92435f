"""The pages of submissions, which several modules add theirs to, and what these share."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Blueprint, abort, flash, g, redirect, url_for

from consult.database import db
from consult.submitting.models import Submission

pages = Blueprint("submitting", __name__)
AT = "/<space:space>/submission"
ONE = "/<space:space>/submissions/<uuid:submission_id>"
FILED = {  # what a volunteer may add files to
    "statement": "Consultation statement",
    "plan": "The plan",
    "conditions": "How the plan meets the basic conditions",
    "environment": "Environmental report or determination",
    "modification": "Statement on the modifications",
}


def body_only() -> None:
    if g.space.is_authority:
        abort(404)


def submission_at(submission_id: UUID) -> Submission:
    """One that the space we stand in has made, or that was handed to it: the wall lets no other be found."""
    return db.session.scalar(sa.select(Submission).where(Submission.id == submission_id)) or abort(404)


def kept(sentence: str) -> Any:
    flash(sentence, "success")
    return redirect(url_for("submitting.show"), 303)
