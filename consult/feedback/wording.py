"""What was asked, in the language of whoever reads the results: as its organisers translated it, else the English."""

from dataclasses import replace
from typing import Any

from consult.consultations.languages.wording import Wording, wording_of
from consult.consultations.models import Consultation
from consult.feedback.board import Board
from consult.feedback.facts import Asked
from consult.web.languages import ENGLISH, alike, chosen


def spoken(board: Board, consultation: Consultation | None) -> Board:
    """The same figures under questions, answers and policies in the language that was chosen."""
    if consultation is None or chosen().code == ENGLISH:
        return board
    said = wording_of(consultation)
    asked = {question.reference: question for question in consultation.questions}
    proposed = {policy.reference: policy for policy in consultation.policies}
    questions = [
        translated(said, each, asked[each.reference]) if each.reference in asked else each
        for each in board.questions
    ]
    policies = [
        replace(each, title=said(f"policy.{proposed[each.reference].key}.title", each.title))
        if each.reference in proposed
        else each
        for each in board.policies
    ]
    return replace(board, questions=questions, policies=policies)


def translated(said: Wording, published: Asked, question: Any) -> Asked:
    here = f"question.{question.id.hex}"
    options = tuple((key, said(f"{here}.option.{key}", label)) for key, label in published.options)
    return replace(published, title=said(f"{here}.title", published.title), options=options)


def title_of(said: Wording, question: Any) -> str:
    return said(f"question.{question.id.hex}.title", question.title)


def policy_name(said: Wording, policy: Any) -> str:
    """“H1 New homes”, in the language of its title."""
    title = said(f"policy.{policy.key}.title", policy.title)
    return alike(f"{policy.reference} {title}", title)
