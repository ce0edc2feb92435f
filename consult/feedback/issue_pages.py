"""The issues of a consultation with the numbers behind each, for those who answer them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import abort, render_template

from consult.access import Act, needs
from consult.accounts.models import Person
from consult.consultations.models import Consultation
from consult.database import db
from consult.feedback import answering, tallies, words
from consult.feedback.pages import listed, pages
from consult.feedback.tallies import Facts, Figure
from consult.issues.deciding import Answers, Replies, answers_of
from consult.issues.gathered import Gathered, issues_of, raised
from consult.issues.pages import LIST, ONE, issue_here
from consult.issues.plan_changes import plan_change
from consult.issues.progress import Next, next_step, progress
from consult.issues.reading import in_order, read
from consult.responses.asking import consultation_at


@dataclass(frozen=True)
class Row:
    """An issue in the list."""

    issue: Gathered
    figure: Figure
    answers: Answers
    since: int


def behind_issue(facts: Facts, issue: Gathered, points: Iterable[UUID] | None = None) -> Figure:
    """The points of an issue that counted responses raised, and those responses and people."""
    some = issue.points if points is None else points
    return tallies.of_points(facts, issue.reference, (issue.points[point] for point in some))


@pages.get(LIST)
@needs(Act.READ_RESPONSES)
def issues(reference: str) -> str:
    consultation = consultation_at(reference)
    points = raised(consultation)
    every, answers = issues_of(consultation, points), answers_of(consultation)
    facts = tallies.take(consultation)
    said = [(issue, answers.get(issue.id, Answers())) for issue in every]
    return render_template(
        "issues/list.html",
        consultation=consultation,
        rows=[Row(issue, behind_issue(facts, issue), its, len(its.since(issue))) for issue, its in said],
        progress=progress(points, every, answers),
        next=next_step(consultation, points, every, answers) or unpublished(consultation),
    )


def unpublished(consultation: Consultation) -> Next | None:
    """The last thing to do: to publish what was agreed, or what was agreed since."""
    publication = answering.current(consultation)
    published = publication.content.get("issues") if publication else []
    if consultation.state() != "closed" or published == answering.entries(consultation):
        return None
    where = {"reference": consultation.reference}
    return Next(
        "Everything is answered and agreed. Publish it, so that people read what became of what they said.",
        "Look it over",
        "feedback.answers_to_publish",
        where,
    )


@pages.get(ONE)
@needs(Act.READ_RESPONSES)
def issue(issue_id: UUID) -> str:
    """Its points with their words, and what was decided."""
    consultation, found, points = issue_here(issue_id)
    answers = answers_of(consultation).get(found.id, Answers())
    page = listed(in_order(found.points))
    if page.page > 1 and not page.items:
        abort(404)
    facts = tallies.take(consultation)
    return render_template(
        "issues/issue.html",
        consultation=consultation,
        issue=found,
        figure=behind_issue(facts, found),
        themes=[(entry, behind_issue(facts, found, points.under(entry.id))) for entry in found.themes],
        answers=answers,
        since=answers.since(found),
        page=page,
        points=read(consultation, page.items, points),
        changes=changes(consultation, [answers.whole, *answers.single.values()]),
        people=people(answers),
        words=words,
    )


def changes(consultation: Consultation, replies: Iterable[Replies]) -> dict[str, Any]:
    """Where the plan shows what was decided, by the key of the policy."""
    keys = {decision.policy_key for each in replies for decision, _ in each.every if decision.policy_key}
    found = {key: plan_change(consultation, key) for key in keys}
    return {key: change for key, change in found.items() if change is not None}


def people(answers: Answers) -> dict[UUID, str]:
    """Who wrote the replies, and who put their agreement on record."""
    rows = [
        row
        for each in (answers.whole, *answers.single.values())
        for pair in each.every
        for row in pair
        if row
    ]
    known = db.session.scalars(sa.select(Person).where(Person.id.in_({row.by_id for row in rows})))
    return {person.id: person.display_name for person in known}
