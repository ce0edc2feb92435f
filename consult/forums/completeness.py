"""What a forum application still lacks before regulation 8, section 61F and this house let it be handed over.

Pure: a `Case` in, `Item`s out. `drafting.py` gathers the case of a draft.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from consult.forums.counting import AT_LEAST, Tally
from consult.spaces import law

REGULATION_8 = Path(__file__).with_name("regulation_8.toml")
SECTION_61F = Path(__file__).with_name("section_61f.toml")


@dataclass(frozen=True)
class Item:
    """One thing that an application includes: where the law asks for it, and what is missing (empty: nothing is)."""

    key: str
    where: str
    wording: str
    name: str
    missing: str = ""

    @property
    def done(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class Case:
    """All that the rules look at."""

    on: date
    name: str = ""
    constitution: bool = False
    area_name: str = ""
    outline: bool = False
    area_in_the_way: str = ""  # why no forum can be designated for the area as it is drawn
    contact_name: str = ""
    contact: bool = False  # an email address, a telephone number or a postal address
    unanswered: tuple[str, ...] = ()  # conditions of section 61F(5)
    tally: Tally = field(default_factory=lambda: Tally(0, 0, 0, 0, 0))


def named(case: Case) -> str:
    return "" if case.name else "Enter the name that the forum is to have."


def constituted(case: Case) -> str:
    return "" if case.constitution else "Put in your written constitution, as a file or as words."


def mapped(case: Case) -> str:
    if not case.outline:
        return "Draw your area first: the application includes a map of it."
    return case.area_in_the_way or ("" if case.area_name else "Enter the name of the area.")


def reachable(case: Case) -> str:
    if not case.contact_name:
        return "Name at least one member whom people can reach."
    return (
        ""
        if case.contact
        else "Give an email address, telephone number or postal address for the public contact."
    )


def stated(case: Case) -> str:
    return f"Still to answer: {'; '.join(case.unanswered)}." if case.unanswered else ""


RULES: dict[str, Callable[[Case], str]] = {
    "name": named,
    "constitution": constituted,
    "area": mapped,
    "contact": reachable,
    "statement": stated,
}


def enough_members(case: Case) -> str:
    """The Act's own condition; that the list is private is the practice of authorities, not of the regulation."""
    found = case.tally
    if not found.short_by:
        return ""
    listed = "" if found.listed == found.counted else f" of the {found.listed} on the list"
    return (
        f"{found.counted}{listed} count as living there, working there or elected: a forum needs at least "
        f"{AT_LEAST}. {found.short_by} more to go."
    )


def looked_at(case: Case) -> list[Item]:
    """Each thing that the application includes, in the order of the law."""
    asked = law.in_force(REGULATION_8, case.on).points
    items = [Item(p.key, p.where, p.wording, p.name, RULES[p.key](case)) for p in asked]
    members = law.in_force(SECTION_61F, case.on).point("members")
    assert members is not None
    items.append(
        Item("members", members.where, members.wording, "The private list of members", enough_members(case))
    )
    return items
