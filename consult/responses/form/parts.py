"""The questions of a form, each by its kind, and which of them are asked of whoever answers.

For those who make forms of them:
- `parts_of(paper, sites)` gives the parts; each has `question` (an Asked: `page`, `required`, `help`, `condition`,
  `picture_alt` …), `fields()`, and, of a form, `check`, `check_answered`, `said`, `places` and `files`.
- `asked_in(form)` gives the parts that this form's answers ask; nothing of the others is checked or kept.
- `check(form, insist)` adds what is wrong with them; `insist` is False for what arrived on paper.
"""

from collections.abc import Callable, Sequence
from typing import Any

from consult.consultations.questions.conditions import asked_of
from consult.plans.sites import Site
from consult.responses.form.file_part import Files
from consult.responses.form.frozen import Asked, Paper, Shown
from consult.responses.form.option_parts import Agreement, Choice, Choices
from consult.responses.form.part import Part, complain
from consult.responses.form.place_part import Spot
from consult.responses.form.stance_part import Stances
from consult.responses.form.word_parts import Day, Number, Words

__all__ = ["Files", "Part", "Spot", "Stances", "asked_in", "check", "complain", "part_of", "parts_of"]
Sites = Callable[[], Sequence[Site]]
PLAIN: dict[str, type[Part]] = {
    "line": Words,
    "text": Words,
    "choice": Choice,
    "choices": Choices,
    "scale": Choice,
    "agree": Agreement,
    "number": Number,
    "date": Day,
    "file": Files,
}


def part_of(question: Asked, policies: Sequence[Shown], sites: Sites) -> Part:
    if question.kind == "stance":
        return Stances(question, policies)
    if question.kind == "place":
        return Spot(question, policies, sites)
    return PLAIN[question.kind](question)


def parts_of(paper: Paper, sites: Sites) -> list[Part]:
    return [part_of(question, paper.policies, sites) for question in paper.questions]


def asked_in(form: Any) -> list[Part]:
    """The parts that are asked, given what is answered in this form."""
    by_id = {part.question.id: part for part in form.parts}
    asked = asked_of([part.question for part in form.parts], lambda question: by_id[question.id].keys(form))
    return [part for part in form.parts if part.question.id in asked]


def check(form: Any, insist: bool = True) -> None:
    """Adds what is wrong with the parts that are asked, and forgets what is wrong with those that are not."""
    asked = asked_in(form)
    for part in form.parts:
        if part not in asked:
            for field in part.mine(form):
                field.errors = []
            continue
        part.check(form)
        if insist:
            part.check_answered(form)
