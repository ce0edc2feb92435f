"""Two facts side by side: how many counted responses, and people, are in each group of both.

Every dimension has a group for those who gave nothing, so that everybody is somewhere and the totals are those of
`tallies.figures`. Where somebody may be in several groups, the lines add up to more than the total.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import numpy as np

from consult.feedback import amounts
from consult.feedback.facts import CONNECTIONS, HOMES, NONE, STANCES, STATUSES, Asked, Column, Facts
from consult.feedback.words import CHANNELS, GROUPS, KINDS
from consult.feedback.words import STANCES as STANCE_WORDS

Layers = list[Column]  # in each, the group that a response is in, or NONE; a response is in a group once
Group = tuple[str, str]  # its key and its words
NOBODY = "-"  # the key of the group of those who gave nothing; no option has it
POLICY, STANCE = "policy", "stance"


@dataclass(frozen=True)
class Dimension:
    """One fact and its groups. `find` gives the layers: one, or as many as groups where somebody may be in several."""

    key: str
    label: str
    groups: tuple[Group, ...]
    find: Callable[[], Layers]

    def number(self, group: str) -> int:
        """Where a group stands; NONE where there is no such group."""
        return next((at for at, (key, _) in enumerate(self.groups) if key == group), NONE)


EVERYBODY = Dimension("", "", (), list)


@dataclass(frozen=True, eq=False)
class CrossTab:
    """A row for each group of `rows` and one for everybody; the same for the columns. `several`: groups overlap."""

    rows: Dimension
    columns: Dimension
    responses: Column
    people: Column
    several: bool


def dimensions(facts: Facts) -> dict[str, Dimension]:
    """All that can be compared, in the order in which it is offered."""
    found = [*of_people(facts), *of_stances(facts), *of_questions(facts)]
    return {dimension.key: dimension for dimension in found}


def of_people(facts: Facts) -> Iterator[Dimension]:
    homes = tuple((home, str(GROUPS["home"][home])) for home in HOMES)
    yield Dimension("home", "Where people live", homes, lambda: [facts["home"]])
    connections = tuple((one, str(GROUPS["connection"][one])) for one in (*CONNECTIONS, "none"))
    yield Dimension("connection", "Connection with the area", connections, lambda: connected(facts))
    kinds = tuple((kind, str(KINDS.get(kind, kind))) for kind in facts.kinds)
    yield Dimension("kind", "Who they are", kinds, lambda: [facts["kind"]])
    channels = tuple((one, str(CHANNELS.get(one, one))) for one in facts.channels)
    yield Dimension("channel", "How the response came", channels, lambda: [facts["channel"]])


def connected(facts: Facts) -> Layers:
    bits = np.array([facts["connection"] >> bit & 1 for bit in range(len(CONNECTIONS))], bool)
    return apart(np.vstack([bits, ~bits.any(axis=0, keepdims=True)]))


def of_stances(facts: Facts) -> Iterator[Dimension]:
    if not facts.policies or not any(question.kind == "stance" for question in facts.questions):
        return
    stances = (*((key, str(STANCE_WORDS[key])) for key in STANCES), (NOBODY, "No stance"))
    named = tuple((policy.reference, f"{policy.reference} {policy.title}") for policy in facts.policies)
    policies = (*named, (NOBODY, "On no policy"))
    yield Dimension(POLICY, "Policy", policies, lambda: said(facts, "answer_policy", len(named)))
    yield Dimension(STANCE, "Stance, on whichever policy", stances, lambda: said(facts, "answer_stance"))
    for number, question in enumerate(facts.questions):
        for policy, (reference, name) in enumerate(named) if question.kind == "stance" else ():
            yield Dimension(
                f"{question.reference}.{reference}",
                f"Stance on {name}",
                stances,
                partial(stance_on, facts, number, policy),
            )


def said(facts: Facts, column: str, groups: int = len(STANCES)) -> Layers:
    rows = np.flatnonzero(facts["answer_policy"] != NONE)
    return layers(facts, rows, facts[column][rows], groups)


def stance_on(facts: Facts, question: int, policy: int) -> Layers:
    rows = np.flatnonzero((facts["answer_question"] == question) & (facts["answer_policy"] == policy))
    return layers(facts, rows, facts["answer_stance"][rows], len(STANCES))


def of_questions(facts: Facts) -> Iterator[Dimension]:
    for number, question in enumerate(facts.questions):
        bands = amounts.bands(facts, number)
        options = question.options or tuple((band.key, band.label) for band in bands)
        if options:
            groups = (*options, (NOBODY, "Chose nothing" if question.options else "Gave nothing"))
            yield Dimension(
                question.reference,
                question.title,
                groups,
                partial(answers, facts, number, question, bands),
            )


def answers(facts: Facts, number: int, question: Asked, bands: list[amounts.Band]) -> Layers:
    rows = amounts.rows_of(facts, number)
    if question.options:
        return layers(facts, rows, facts["answer_option"][rows], len(question.options))
    values, codes = facts["answer_value"][rows], np.full(len(rows), NONE)
    for at, band in enumerate(bands):
        codes[band.holds(values)] = at
    return layers(facts, rows, codes, len(bands))


def layers(facts: Facts, rows: Column, codes: Column, groups: int) -> Layers:
    """From answers and the group that each puts its response in; whoever is in none is in the group after the last."""
    whose, codes = facts["answer_response"][rows][codes != NONE], codes[codes != NONE]
    if not np.any(whose[1:] == whose[:-1]):
        one = np.full(len(facts), groups)
        one[whose] = codes
        return [one]
    inside = np.zeros((groups + 1, len(facts)), bool)
    inside[codes, whose] = True
    inside[groups] = ~inside.any(axis=0)
    return apart(inside)


def apart(inside: Column) -> Layers:
    return [np.where(of_it, group, NONE) for group, of_it in enumerate(inside)]


# Counting.


def cross(facts: Facts, rows: Dimension, columns: Dimension = EVERYBODY) -> CrossTab:
    shape = (len(rows.groups) + 1, len(columns.groups) + 1)
    responses, people = np.zeros(shape, "i8"), np.zeros(shape, "i8")
    for whose, at in pairs(facts, rows, columns):
        responses += np.bincount(at, minlength=responses.size).reshape(shape)
        people += bincount_of(facts["people"][whose], at, people.size).reshape(shape)
    return CrossTab(rows, columns, responses, people, overlaps(responses) or overlaps(responses.T))


def overlaps(responses: Column) -> bool:
    """Whether the groups of the rows hold more than everybody."""
    return bool(responses[:-1, -1].sum() > responses[-1, -1])


def bincount_of(weights: Column, at: Column, size: int) -> Column:
    """Whole numbers, and exactly: a double holds every one of them up to 2⁵³."""
    return np.rint(np.bincount(at, weights=weights, minlength=size)).astype("i8")


def pairs(facts: Facts, rows: Dimension, columns: Dimension) -> Iterator[tuple[Column, Column]]:
    """Responses and the cells they are in, in parts: inside the table, then its two margins and everybody."""
    wide, everyone = len(columns.groups) + 1, counted(facts)
    margins = [[np.full(len(facts), len(rows.groups))], [np.full(len(facts), len(columns.groups))]]
    if {rows.key, columns.key} == {POLICY, STANCE}:
        yield from together(facts, rows.key == POLICY)
        ways = [(margins[0], margins[1])]
    else:
        down, along = rows.find(), columns.find()
        ways = [(down, along), (down, margins[1]), (margins[0], along), (margins[0], margins[1])]
    for one, other in ways:
        for first in one:
            inside = np.flatnonzero(everyone & (first != NONE))
            for second in other:
                whose = inside[second[inside] != NONE]
                yield whose, first[whose].astype("i8") * wide + second[whose]


def counted(facts: Facts) -> Column:
    return facts["status"] == STATUSES.index("counted")


def together(facts: Facts, policies_down: bool) -> Iterator[tuple[Column, Column]]:
    """A policy and the stance that was taken on that very policy; the margins count each response once."""
    policies, stances = len(facts.policies), len(STANCES)
    rows = np.flatnonzero(facts["answer_policy"] != NONE)
    whose, about = facts["answer_response"][rows], facts["answer_policy"][rows]
    stance = np.where(facts["answer_stance"][rows] == NONE, stances, facts["answer_stance"][rows])
    silent = np.setdiff1d(np.arange(len(facts)), whose)
    whose = np.concatenate([whose, silent])
    about = np.concatenate([about, np.full(len(silent), policies)])
    stance = np.concatenate([stance, np.full(len(silent), stances)])
    kept = counted(facts)[whose]
    whose, about, stance = whose[kept], about[kept], stance[kept]
    all_policies, all_stances = np.full(len(whose), policies + 1), np.full(len(whose), stances + 1)
    for policy, taken in ((about, stance), (about, all_stances), (all_policies, stance)):
        cell = policy * (stances + 2) + taken if policies_down else taken * (policies + 2) + policy
        yield once(whose, cell, (policies + 2) * (stances + 2))


def once(whose: Column, cell: Column, cells: int) -> tuple[Column, Column]:
    """Each response in each cell once."""
    different = np.unique(whose.astype("i8") * cells + cell)
    return different // cells, different % cells


def behind(facts: Facts, rows: Dimension, columns: Dimension, row: str = "", column: str = "") -> list[UUID]:
    """The responses in a cell, in the order of arrival; "" is everybody. None where there is no such group."""
    down = rows.number(row) if row else len(rows.groups)
    along = columns.number(column) if column else len(columns.groups)
    if NONE in (down, along):
        return []
    wanted = down * (len(columns.groups) + 1) + along
    inside = np.zeros(len(facts), bool)
    for whose, at in pairs(facts, rows, columns):
        inside[whose[at == wanted]] = True
    return facts.ids(inside)


def name_of(dimension: Dimension, group: str) -> str:
    return next((words for key, words in dimension.groups if key == group), "")


def chosen(facts: Facts, rows: str, columns: str) -> tuple[Dimension, Dimension]:
    """What an address asks for. A dimension that is not there is the first for rows and nothing for columns, and so is
    the same one twice."""
    every: dict[str, Any] = dimensions(facts)
    down = every.get(rows) or next(iter(every.values()))
    along = every.get(columns, EVERYBODY)
    return down, EVERYBODY if along.key == down.key else along
