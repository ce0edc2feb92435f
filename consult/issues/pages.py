"""The pages on which issues are put together and answered, and what they share. The numbers behind an issue are shown
a floor above, where there is one that counts."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, redirect, url_for

from consult.accounts.sessions import me
from consult.consultations.models import Consultation
from consult.database import db
from consult.issues.gathered import Gathered, Raised, issue_at, raised
from consult.issues.gathering import Gatherer
from consult.issues.models import Issue
from consult.tenancy import here

pages = Blueprint("issues", __name__)
LIST = "/<space:space>/consultations/<reference>/issues"
ONE = "/<space:space>/issues/<uuid:issue_id>"


def issue_here(issue_id: UUID) -> tuple[Consultation, Gathered, Raised]:
    """An issue of the space we stand in as it stands, and all the points of its consultation."""
    row = db.session.get(Issue, (here(), issue_id)) or abort(404)
    points = raised(row.consultation)
    return row.consultation, issue_at(row.consultation, issue_id, points) or abort(404), points


def gatherer(consultation: Consultation) -> Gatherer:
    return Gatherer(consultation, me())


def to_issue(issue_id: UUID) -> Any:
    return redirect(url_for("feedback.issue", issue_id=issue_id), 303)


def to_list(consultation: Consultation) -> Any:
    return redirect(url_for("feedback.issues", reference=consultation.reference), 303)
