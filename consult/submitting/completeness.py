"""What a submission still lacks before regulation 15 lets it be handed over.

Pure: a `Case` in, `Item`s out. `drafting.py` gathers the case of a draft.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from consult.spaces import law

HERE = Path(__file__)
REGULATION_15 = HERE.with_name("regulation_15.toml")
CONDITIONS = {
    "plan": HERE.with_name("basic_conditions.toml"),
    "modification": HERE.with_name("modification_conditions.toml"),
}


@dataclass(frozen=True)
class Item:
    """One thing that is asked: where the law asks for it, what there is of it, what is missing (empty: nothing is)."""

    key: str
    where: str
    wording: str
    name: str
    missing: str = ""
    found: str = ""

    @property
    def done(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class Case:
    """All that the rules look at. What is `found` is said in words."""

    on: date
    kind: str = "plan"
    not_qualifying: str = ""  # why the body is no live qualifying body
    area: str = ""  # the designated area
    consultation: str = ""  # that of regulation 14, once it has closed
    undecided: tuple[str, ...] = ()  # bodies of Schedule 1 nobody decided about
    untold: tuple[
        str, ...
    ] = ()  # bodies of Schedule 1 that are consulted, without proof that notice was given
    copy: str = ""  # to the authority
    statement: str = ""
    plan: str = ""
    unanswered: tuple[str, ...] = ()  # basic conditions
    answered: str = ""
    environment: str = ""  # report, none
    environmental_report: str = ""
    reasons: bool = False
    determined: bool = False  # whether the day of the determination is given
    changes_nature: str = ""
    modification: bool = False  # whether its statement gives reasons


def some_of(names: tuple[str, ...], most: int = 5) -> str:
    shown, more = names[:most], len(names) - most
    return "; ".join(shown) + (f"; and {more} more" if more > 0 else "")


def area(case: Case) -> str:
    return "" if case.area else "Your neighbourhood area has to be designated first."


def statement(case: Case) -> str:
    return (
        ""
        if case.statement
        else "Choose the consultation statement that was built here, or add one of your own."
    )


def plan(case: Case) -> str:
    return "" if case.plan else "Write the plan here, or add it as a file."


def conditions(case: Case) -> str:
    if case.unanswered:
        return f"Still to answer: {some_of(case.unanswered)}. Or add the statement as a file."
    return ""


def environment(case: Case) -> str:
    if case.environment == "report":
        return "" if case.environmental_report else "Add the environmental report as a file."
    if case.environment == "none":
        lacking = [
            words
            for there, words in (
                (case.determined, "the day of the determination"),
                (case.reasons, "its reasons"),
            )
            if not there
        ]
        return f"Give {' and '.join(lacking)}." if lacking else ""
    return "Say whether there is an environmental report or none was needed."


def modification(case: Case) -> str:
    if not case.changes_nature:
        return (
            "Say whether the changes are so significant or substantial as to change the nature of the plan."
        )
    return "" if case.modification else "Give the reasons for your opinion."


RULES: dict[str, Callable[[Case], str]] = {
    "area": area,
    "statement": statement,
    "plan": plan,
    "conditions": conditions,
    "environment": environment,
    "modification": modification,
}


def looked_at(case: Case) -> list[Item]:
    """Each thing that regulation 15(1) names, in its order; then what regulation 14 asks to have been done before."""
    found = {
        "area": case.area,
        "statement": case.statement,
        "plan": case.plan,
        "conditions": case.answered,
        "environment": case.environmental_report if case.environment == "report" else "",
    }
    points = law.in_force(REGULATION_15, case.on).points
    asked = [p for p in points if p.key != "modification" or case.kind == "modification"]
    items = [Item(p.key, p.where, p.wording, p.name, RULES[p.key](case), found.get(p.key, "")) for p in asked]
    return [*items, *before(case)]


def before(case: Case) -> list[Item]:
    """What has to have happened before a plan is submitted."""
    consulted = (
        "" if case.consultation else "Consult on the draft plan first: the consultation has to have closed."
    )
    told = ""
    if case.undecided:
        told = f"Decide about each body of Schedule 1. Undecided: {some_of(case.undecided)}."
    elif case.untold:
        told = f"There is no proof that these were given notice: {some_of(case.untold)}."
    words = "Each is on record with what it was sent, or why it is not affected." if case.consultation else ""
    copied = "" if case.copy else "Record when and how your authority was sent a copy of the draft plan."
    body = "section 38A of the Planning and Compulsory Purchase Act 2004"
    return [
        Item("consulted", "regulation 14(a)", "", "Consultation on the draft", consulted, case.consultation),
        Item(
            "told", "regulation 14(b)", "", "Proof that the bodies of Schedule 1 were consulted", told, words
        ),
        Item("copied", "regulation 14(c)", "", "The authority’s copy", copied, case.copy),
        Item("body", body, "", "A live qualifying body", case.not_qualifying),
    ]
