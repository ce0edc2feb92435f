"""What people wrote, for everyone: the comments that a person has cleared, once final results are published."""

from itertools import groupby
from typing import Any

from flask import abort, render_template

from consult.access import public
from consult.clearing import public as cleared
from consult.consultations.languages.wording import wording_of
from consult.consultations.models import Consultation
from consult.feedback import publications, words
from consult.feedback.pages import listed, pages
from consult.feedback.results import announced
from consult.feedback.wording import policy_name, title_of
from consult.responses.asking import consultation_at
from consult.tenancy import here
from consult.web.languages import speaks

EACH_PAGE = 50


def are_public(consultation_id: Any) -> bool:
    """While it is still open, each new comment would tell what its sender said."""
    publication = publications.current(here(), consultation_id)
    return publication is not None and bool(publication.figures.get("final"))


@pages.get("/<space:space>/consultations/<reference>/comments")
@public
@speaks
def comments(reference: str) -> str:
    announcement = announced(reference)
    if not are_public(announcement.consultation_id):
        abort(404)
    consultation = consultation_at(reference)
    page = listed(cleared.said(consultation), EACH_PAGE)
    if page.page > 1 and not page.items:
        abort(404)
    return render_template(
        "feedback/comments.html",
        announcement=announcement,
        page=page,
        groups=[(key, list(of_it)) for key, of_it in groupby(page.items, heading(consultation))],
        words=words,
    )


def heading(consultation: Consultation) -> Any:
    said = wording_of(consultation)
    asked = {each.reference: title_of(said, each) for each in consultation.questions}
    proposed = {each.reference: policy_name(said, each) for each in consultation.policies}

    def of(said: cleared.Said) -> str:
        return proposed.get(said.policy) or asked.get(said.question, "")

    return of
