"""Two facts side by side: how many counted responses, and people, are in each group of both.

Every dimension but the topline has a group for those who gave nothing, so that everybody is somewhere and the totals
are those of `tallies.figures`. Where somebody may be in several groups, the lines add up to more than the total.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any
from uuid import UUID

import numpy as np

from consult.feedback import amounts, packing
from consult.feedback.facts import CONNECTIONS, HOMES, NONE, STANCES, STATUSES, Asked, Column, Facts
from consult.feedback.packing import Pack
from consult.feedback.words import CHANNELS, GROUPS, KINDS
from consult.feedback.words import STANCES as STANCE_WORDS

Layers = list[Column]  # in each, the group that a response is in, or NONE; a response is in a group once
Group = tuple[str, str]  # its key and its words
NOBODY = "-"  # the key of the group of those who gave nothing; no option has it
POLICY, STANCE, EVERY = "policy", "stance", "answers"


@dataclass(frozen=True, eq=False)
class Dimension:
    """One fact and its groups. `find` gives the layers: one, or as many as groups where somebody may be in several."""

    key: str
    label: str
    groups: tuple[Group, ...]
    find: Callable[[], Layers]
    mark: str = ""  # what else than the facts its groups are found by

    @cached_property
    def layers(self) -> Layers:
        return self.find()

    def packed(self, facts: Facts, most: int) -> list[Pack]:
        """Its layers as they are counted, kept with the facts."""
        name = (self.key, self.mark, most)
        if name not in facts.kept:
            layers = self.layers if self.groups else [np.full(len(facts), NONE)]
            facts.kept[name] = packing.packs(layers, np.flatnonzero(counted(facts)), most)
        return facts.kept[name]

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


def dimensions(facts: Facts, *others: Dimension) -> dict[str, Dimension]:
    """All that can be compared, in the order in which it is offered."""
    answered = [*of_stances(facts), *of_questions(facts)]
    every = every_answer([one for one in answered if one.key not in (POLICY, STANCE)])
    found = [*of_people(facts), *others, *([every] if every.groups else ()), *answered]
    return {dimension.key: dimension for dimension in found}


def every_answer(questions: list[Dimension]) -> Dimension:
    """The topline: all that could be chosen, question after question. Who gave nothing is in none of its groups."""
    groups: list[Group] = []
    parts: list[tuple[int, Dimension]] = []
    for question in questions:
        chosen = [(f"{question.key}.{key}", words) for key, words in question.groups if key != NOBODY]
        parts.append((len(groups), question))
        groups += [(key, f"{question.label}: {words}") for key, words in chosen]

    def find() -> Layers:
        return [moved(layer, at, len(one.groups) - 1) for at, one in parts for layer in one.layers]

    return Dimension(EVERY, "Every answer", tuple(groups), find)


def moved(layer: Column, at: int, nobody: int) -> Column:
    return np.where((layer == NONE) | (layer == nobody), NONE, layer + at)


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
    if {rows.key, columns.key} == {POLICY, STANCE}:
        responses, people = np.zeros(shape, "i8"), np.zeros(shape, "i8")
        for whose, at in together(facts, rows.key == POLICY):
            responses += np.bincount(at, minlength=responses.size).reshape(shape)
            weighed = np.bincount(at, weights=facts["people"][whose], minlength=people.size)
            people += packing.exactly(weighed).reshape(shape)
    else:
        most = packing.most_in_rows(len(facts))
        down, along = rows.packed(facts, most), columns.packed(facts, packing.ACROSS)
        responses, people = packing.count(down, along, people_of(facts), shape)
    several = EVERY in (rows.key, columns.key) or overlaps(responses) or overlaps(responses.T)
    return CrossTab(rows, columns, responses, people, several)


def overlaps(responses: Column) -> bool:
    """Whether the groups of the rows hold more than everybody."""
    return bool(responses[:-1, -1].sum() > responses[-1, -1])


def topline(facts: Facts, by: Dimension = EVERYBODY) -> CrossTab:
    """All questions at once: a row for every answer that could be chosen and every stance on a policy."""
    return cross(facts, dimensions(facts)[EVERY], by)


def people_of(facts: Facts) -> Column:
    found = facts.kept.get("people")
    if found is None:
        found = facts.kept["people"] = facts["people"][counted(facts)].astype("i8")
    return found


def counted(facts: Facts) -> Column:
    return facts["status"] == STATUSES.index("counted")


def together(facts: Facts, policies_down: bool) -> Iterator[tuple[Column, Column]]:
    """A policy and the stance that was taken on that very policy: responses and the cells they are in, in parts, inside
    the table and then its margins, in which each response is once."""
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
    margins = [(about, all_stances), (all_policies, stance), (all_policies, all_stances)]
    for policy, taken in [(about, stance), *margins]:
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
    if {rows.key, columns.key} == {POLICY, STANCE}:
        wanted = down * (len(columns.groups) + 1) + along
        inside = np.zeros(len(facts), bool)
        for whose, at in together(facts, rows.key == POLICY):
            inside[whose[at == wanted]] = True
    else:
        inside = counted(facts) & holds(rows, row, down) & holds(columns, column, along)
    return facts.ids(inside)


def holds(dimension: Dimension, group: str, number: int) -> Any:
    """Who is in a group; "" is everybody."""
    return np.any([layer == number for layer in dimension.layers], axis=0) if group else True


def name_of(dimension: Dimension, group: str) -> str:
    return next((words for key, words in dimension.groups if key == group), "")


def chosen(facts: Facts, rows: str, columns: str, *others: Dimension) -> tuple[Dimension, Dimension]:
    """What an address asks for. A dimension that is not there is the first for rows and nothing for columns, and so is
    the same one twice."""
    every: dict[str, Any] = dimensions(facts, *others)
    down = every.get(rows) or next(iter(every.values()))
    along = every.get(columns, EVERYBODY)
    return down, EVERYBODY if along.key == down.key else along
