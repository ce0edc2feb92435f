"""The form on paper: A4, or large print, with the questions numbered as on the screen."""

from typing import Any

from flask import Response as Answered

from consult import clock, mail
from consult.access import public
from consult.consultations import poster, words
from consult.consultations.models import Consultation
from consult.consultations.question_conditions import in_words
from consult.responses.asking import public_consultation_at
from consult.responses.frozen import Asked, paper_of
from consult.responses.notice import notice_of
from consult.responses.pages import pages
from consult.responses.words import STANCES
from consult.settings import ROOT
from consult.spaces.models import standing
from consult.web import typesetting

SHEET = ROOT / "templates" / "responses" / "printed.typ"
EVERYDAY_POINTS = 12
LARGE_POINTS = 18


def pdf(consultation: Consultation, points: int) -> bytes:
    return typesetting.pdf(SHEET, "form", said(consultation, points), clock.now())


def said(consultation: Consultation, points: int) -> dict[str, Any]:
    space, paper = standing(), paper_of(consultation)
    address = mail.link("consultations.show", space=space, reference=consultation.reference)
    return {
        "points": points,
        "body": space.name,
        "title": consultation.title,
        "last_day": words.day(consultation.closing_day) if consultation.closing_day else "",
        "return_to": consultation.contact_address,
        "address": address,
        "code": poster.drawn(address),
        "notice": notice_of(consultation),
        "stances": [str(stance) for stance in STANCES.values()],
        "policies": [f"{policy.reference} {policy.title}" for policy in paper.policies],
        "questions": [printed(question, paper.questions) for question in paper.questions],
    }


def printed(question: Asked, questions: tuple[Asked, ...]) -> dict[str, Any]:
    condition = question.condition
    return {
        "kind": question.kind,
        "title": question.title,
        "hint": " ".join(filter(None, [question.hint, question.help])),
        "options": [option["label"] for option in question.options or ()],
        "when": in_words(condition, questions, STANCES) if condition else "",
    }


def sent(reference: str, points: int) -> Answered:
    return Answered(pdf(public_consultation_at(reference), points), mimetype="application/pdf")


@pages.get("/<space:space>/consultations/<reference>/form.pdf")
@public
def printed_form(reference: str) -> Answered:
    return sent(reference, EVERYDAY_POINTS)


@pages.get("/<space:space>/consultations/<reference>/form-large-print.pdf")
@public
def large_print_form(reference: str) -> Answered:
    return sent(reference, LARGE_POINTS)
