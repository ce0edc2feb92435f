"""What somebody is about to send, page by page, as the receipt will say it."""

from collections.abc import Iterator
from typing import Any

from consult.consultations.models import Consultation
from consult.responses.form.frozen import paper_of
from consult.responses.form.steps import Step
from consult.responses.form.telling import Told, of_question
from consult.responses.models import Answer, Place
from consult.responses.receiving import Submission, composed


def preview(consultation: Consultation, steps: list[Step], submission: Submission) -> tuple[Any, list[Any]]:
    """The response as it would be received (of which nothing is stored), and each page with what it says."""
    response, rows = composed(consultation, submission)
    answers = [row for row in rows if isinstance(row, Answer)]
    places = [row for row in rows if isinstance(row, Place)]
    policies = {policy.id: policy for policy in paper_of(consultation).policies}
    pages = [
        (step, list(told_on(step, answers, places, policies)))
        for step in steps
        if step.kind in ("questions", "policy", "ticks")
    ]
    return response, pages


def told_on(
    step: Step, answers: list[Answer], places: list[Place], policies: dict[Any, Any]
) -> Iterator[Told]:
    if step.kind == "questions":
        for part in step.parts:
            yield from of_question(part.question, answers, places, policies)
    elif step.policy is not None:
        mine = [answer for answer in answers if answer.policy_id == step.policy.id]
        yield from of_question(step.parts[0].question, mine, [], policies)


def problems(steps: list[Step], form: Any) -> list[tuple[Step, str]]:
    """What keeps it from being sent, each with the page on which it is put right."""
    found, seen = [], set()
    for step in steps:
        for name in step.names(form):
            if form[name].errors and name not in seen:
                seen.add(name)
                found.append((step, str(form[name].errors[0])))
    others = [(steps[0], str(errors[0])) for name, errors in form.errors.items() if name not in seen]
    return [*found, *others]
