"""Believable responses to each of the demo's consultations: the same seed, the same words."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Final, Literal

from consult.demo import answers
from consult.demo.atlas import Area, District
from consult.demo.letters import campaign_letter, petition, standard_letter
from consult.demo.library import shelf
from consult.demo.phrases import Phrasebook
from consult.demo.plans import PlanText, PolicyText, SectionText, plan_for
from consult.demo.questions import STANCES, Question, Stage, Stance, questions_for
from consult.demo.respondents import DAYS_OPEN, Respondent, Voice, kinds, respondent

__all__ = [
    "DAYS_OPEN",
    "STANCES",
    "PlanText",
    "PolicyText",
    "Question",
    "SectionText",
    "Stage",
    "Stance",
    "Voice",
    "plan_for",
    "questions_for",
    "responses",
]

Campaigning = Literal["campaign", "petition"]

SPEAKING: Final[dict[Stage, Callable[[Respondent, Phrasebook], Voice]]] = {
    "early_engagement": answers.early_engagement,
    "call_for_sites": answers.call_for_sites,
    "regulation_14": answers.regulation_14,
    "regulation_16": answers.regulation_16,
}
IN_OWN_LANGUAGE_PER = 30  # one survey answer in about thirty


def organic(stage: Stage, book: Phrasebook, n: int) -> list[Voice]:
    bodies = iter(shelf("letters")["bodies"])
    languages = iter(shelf("survey")["other_languages"] if stage == "early_engagement" else ())
    voices = []
    for number, kind in enumerate(kinds(stage, n, book.dice), start=1):
        who = respondent(stage, kind, number, book.area, book.district, book.dice)
        turn = kind == "individual" and number % IN_OWN_LANGUAGE_PER == 7
        written = next(languages, None) if turn else None
        if kind == "statutory body":
            voices.append(answers.body_comment(who, book, next(bodies)))
        elif written:
            voices.append(answers.in_own_language(who, book, written))
        else:
            voices.append(SPEAKING[stage](who, book))
    return voices


def campaigning(kind: Campaigning, book: Phrasebook, n: int, seed: int) -> list[Voice]:
    """The letters and the petition are about the same site, street and road."""
    book.dice = Random(f"{seed}:campaign:{book.area.slug}")
    about = standard_letter(book)
    if kind == "petition":
        return [petition(book, about)]
    return [campaign_letter(number, book, about) for number in range(1, n + 1)]


def responses(kind: Stage | Campaigning, area: Area, district: District, n: int, seed: int) -> list[Voice]:
    """`n` responses in the order they arrived; a campaign's letters and the petition answer regulation 14."""
    book = Phrasebook(area, district, Random(f"{seed}:{kind}:{area.slug}"))
    voices = (
        campaigning(kind, book, n, seed)
        if kind == "campaign" or kind == "petition"
        else organic(kind, book, n)
    )
    return sorted(voices, key=lambda voice: voice.days_after_open)
