"""The reply to an issue written, and its agreement put on record."""

from typing import Any
from uuid import UUID

from flask import abort, flash, render_template, request

from consult.access import Act, needs
from consult.accounts.sessions import me
from consult.database import db
from consult.issues.deciding import Answers, Replies, agree, answers_of, decide
from consult.issues.forms import AgreementForm, DecisionForm
from consult.issues.gathered import Gathered, Raised
from consult.issues.models import Decision
from consult.issues.pages import ONE, issue_here, pages, to_issue
from consult.issues.plan_changes import policies_to_name
from consult.issues.reading import Read, read
from consult.tenancy import here
from consult.web.errors import Refused

BY_ID = "/<space:space>/decisions/<uuid:decision_id>"


@pages.route(f"{ONE}/decision", methods=["GET", "POST"])
@needs(Act.COMBINE)
def decision(issue_id: UUID) -> Any:
    """A new draft, which begins with the words of the one before; of one point (`point`) where it is answered
    otherwise."""
    consultation, issue, points = issue_here(issue_id)
    point = point_asked_for(issue)
    answers = answers_of(consultation).get(issue.id, Answers())
    replies = answers.single.get(point, Replies()) if point else answers.whole
    form = DecisionForm(policies_to_name(consultation), **as_written(replies.latest or answers.whole.latest))
    if form.validate_on_submit():
        try:
            decide(consultation, issue.id, me(), point=point, **form.words)
        except Refused as refused:
            form.reply.errors = [str(refused)]
        else:
            flash("The reply is written: a draft, until it is agreed.", "success")
            return to_issue(issue.id)
    page = render_template(
        "issues/decide.html",
        consultation=consultation,
        issue=issue,
        point=only(consultation, point, points),
        latest=replies.latest,
        form=form,
    )
    return page, 422 if form.errors else 200


def as_written(before: Decision | None) -> dict[str, str]:
    if before is None:
        return {}
    return {name: getattr(before, name) for name in ("outcome", "reply", "reason", "change")} | {
        "policy": before.policy_key
    }


def point_asked_for(issue: Gathered) -> UUID | None:
    given = request.values.get("point", "")
    if not given:
        return None
    return next((point for point in issue.points if str(point) == given), None) or abort(404)


def only(consultation: Any, point: UUID | None, points: Raised) -> Read | None:
    return read(consultation, [point], points)[0] if point else None


@pages.route(f"{BY_ID}/agreement", methods=["GET", "POST"])
@needs(Act.PUBLISH)
def agreement(decision_id: UUID) -> Any:
    """When it was agreed and by which minute: from then on it may be published."""
    row = db.session.get(Decision, (here(), decision_id)) or abort(404)
    consultation, issue, points = issue_here(row.issue_id)
    form = AgreementForm()
    if form.validate_on_submit():
        try:
            agree(consultation, row, me(), form.day.day, form.minute.data)
        except Refused as refused:
            form.day.errors = [str(refused)]
        else:
            flash("It is on record that this was agreed.", "success")
            return to_issue(issue.id)
    page = render_template(
        "issues/agree.html",
        consultation=consultation,
        issue=issue,
        decision=row,
        point=only(consultation, row.point_id, points),
        form=form,
    )
    return page, 422 if form.errors else 200
