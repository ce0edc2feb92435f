"""The pages of a form that is answered a page at a time: one idea each, and of policies only those that were picked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from consult.responses.form import personal
from consult.responses.form.fields import stance_name
from consult.responses.form.frozen import Headed, Paper, Shown
from consult.responses.form.parts import Files, Part, Spot, Stances, asked_in, complain
from consult.web.languages import alike

MOST_TOGETHER = (
    3  # plain questions on one page, where the organiser made no pages; so many are the whole form
)


@dataclass(frozen=True)
class Step:
    """`at` names it in addresses. Its kind is questions, ticks, policy, about or check."""

    at: str
    kind: str
    title: str
    introduction: str = ""
    parts: tuple[Part, ...] = ()
    policy: Shown | None = None

    def names(self, form: Any) -> list[str]:
        """The fields that it holds."""
        if self.kind == "questions":
            return [field.name for part in self.parts for field in part.mine(form)]
        if self.kind == "ticks":
            return [self.parts[0].name]
        if self.kind == "policy":
            return [field.name for field in fields_of(self, form)]
        return list(personal.FIELDS) if self.kind == "about" else []


def fields_of(step: Step, form: Any) -> tuple[Any, Any, Any]:
    part = step.parts[0]
    assert isinstance(part, Stances)
    assert step.policy is not None
    return part.of(step.policy, form)


def is_short(paper: Paper) -> bool:
    """Whether the form is quicker on one page than on several: a few plain questions."""
    return (
        len(paper.questions) <= MOST_TOGETHER
        and len({question.page for question in paper.questions}) < 2
        and not any(
            question.condition or question.kind in ("stance", "place", "file") for question in paper.questions
        )
    )


def steps_of(paper: Paper, form: Any) -> list[Step]:
    """Given what is answered so far: a page of questions that are not asked is left out."""
    asked, headings = asked_in(form), {heading.number: heading for heading in paper.headings}
    steps: list[Step] = []
    for number, group in enumerate(groups(form.parts), 1):
        shown = tuple(part for part in group if part in asked or hangs_on(part, group))
        if shown and isinstance(shown[0], Stances):
            steps += policy_steps(shown[0], form)
        elif shown:
            steps.append(questions(number, shown, headings.get(shown[0].question.page), steps))
    return [*steps, Step("about", "about", _("About you")), Step("check", "check", _("Check your answers"))]


def groups(parts: list[Part]) -> Iterator[list[Part]]:
    """The organiser's pages; else what takes a while alone, and a few plain questions together. Policies always have
    pages of their own."""
    paged = len({part.question.page for part in parts}) > 1
    takes_a_while = (Stances,) if paged else (Stances, Spot, Files)
    group: list[Part] = []
    for part in parts:
        last = group[-1] if group else part
        turned = last.question.page != part.question.page
        apart = isinstance(part, takes_a_while) or isinstance(last, takes_a_while)
        if group and (turned or apart or (not paged and len(group) == MOST_TOGETHER)):
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def hangs_on(part: Part, group: list[Part]) -> bool:
    """Whether what decides if it is asked stands on the same page."""
    condition = part.question.condition
    return condition is not None and any(other.question.id == condition.question for other in group)


def questions(number: int, parts: tuple[Part, ...], heading: Headed | None, before: list[Step]) -> Step:
    said = heading and not any(step.title == heading.title for step in before)
    title, words = (heading.title, heading.introduction) if heading and said else (_("Your views"), "")
    if isinstance(parts[0], Spot) and not said:
        title = _("A place")
    if isinstance(parts[0], Files) and not said:
        title = _("Files")
    return Step(f"page-{number}", "questions", title, words, parts)


def policy_steps(part: Stances, form: Any) -> Iterator[Step]:
    yield Step(part.name, "ticks", _("Which policies do you want to comment on?"), parts=(part,))
    for policy in part.policies:
        if part.is_ticked(policy, form):
            title = alike(f"{policy.reference} {policy.title}", policy.title)
            yield Step(
                stance_name(part.name, policy.reference), "policy", title, parts=(part,), policy=policy
            )


def find(steps: list[Step], at: str) -> Step:
    """The step of that name; the first where there is none, since a page may no longer be asked."""
    return next((step for step in steps if step.at == at), steps[0])


def after(path: list[Step], at: str) -> str:
    ats = [step.at for step in path]
    return ats[min(ats.index(at) + 1, len(ats) - 1)] if at in ats else ats[0]


def previous(path: list[Step], at: str) -> str | None:
    ats = [step.at for step in path]
    return ats[ats.index(at) - 1] if at in ats[1:] else None


def check(step: Step, form: Any) -> None:
    """Adds what is wrong with the fields of this page, and with nothing else."""
    for name in step.names(form):
        form[name].validate(form)
    if step.kind == "about":
        form.check_about()
    elif step.kind == "ticks":
        part = step.parts[0]
        if part.question.required and not form[part.name].data:
            complain(form[part.name], part.lacking())
    elif step.kind == "questions":
        check_parts(step, form)


def check_parts(step: Step, form: Any) -> None:
    asked = asked_in(form)
    for part in step.parts:
        if part in asked:
            part.check(form)
            part.check_answered(form)
        else:
            for field in part.mine(form):
                field.errors = []


def settled(form: Any, fields: dict[str, list[str]]) -> dict[str, list[str]]:
    """What is sent of what was typed: policies that were picked and about which something was said. The page before
    the last shows just that."""
    kept = dict(fields)
    for part in form.parts:
        if isinstance(part, Stances):
            said = [p.reference for p in part.policies if part.is_ticked(p, form) and part.is_filled(p, form)]
            kept[part.name] = said
            for policy in part.policies:
                if policy.reference not in said:
                    for field in part.of(policy, form):
                        kept.pop(field.name, None)
    return {name: values for name, values in kept.items() if values}
