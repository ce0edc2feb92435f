"""Finds standard letters among what people wrote: near-identical texts, grouped around one of them, the template.

Nobody belongs to a group because they resemble one who resembles another: each text is compared with the template
alone, sentence by sentence. And a sentence that many use whatever they write about is no sign of a letter. So it is
asked how many unrelated texts would have the same sentences of the template together by chance, given how often each is
used outside the group; only what occurs several times as often (`LIFT`) is a copy.

The same texts in the same order give the same groups, on any machine. What is found is a proposal: a person confirms.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from consult.campaigns.shingles import Column, Table, table_of

VERSION = "sentences 1"
LEAST = 5  # copies; fewer are no campaign
SHARED = 10  # runs of four words that a copy has of the template, at least
OF_THE_SHORTER = 0.3  # of the template or of the copy, whichever is shorter
CORE = 0.5  # of the template: who has this much of it shows what else belongs to it
NEARLY_ALL = 0.8
PRESENT = 1 / 3  # of a sentence's runs: one word changed takes four of them
FEWEST_RUNS = 3  # of a sentence that is looked at by itself
MOST_SENTENCES = 60
LIFT = 5.0
DOUBT = 0.05  # texts by chance that are always reckoned with
OWN = (
    10.0  # one sentence alone makes a copy only if it is used in the group so many times as often as outside
)
IN_ORDER = 0.2  # runs across sentences occur this often beside those within, where sentences keep their order
UNLIKELY_SEEDS = 300  # texts whose sentences do not, tried all the same


@dataclass(frozen=True)
class Group:
    """A proposal: `template` and `members` are places in what was given; `shares` says how much of it each has."""

    template: int
    members: tuple[int, ...]
    shares: tuple[float, ...]


def groups(texts: Sequence[str]) -> list[Group]:
    """The largest first."""
    table = table_of(texts, LEAST)
    free = np.ones(table.texts, bool)
    tried = np.zeros(table.texts, bool)
    found = []
    for seed in seeds(table):
        if tried[seed] or not free[seed]:
            continue
        group, looked_at = around(table, seed, free)
        tried[looked_at] = True
        if group is not None:
            free[list(group.members)] = False
            found.append(group)
    return sorted(found, key=lambda group: (-len(group.members), group.template))


def seeds(table: Table) -> Iterator[int]:
    """Texts that a template could be, the likeliest first. A letter keeps its sentences in order: the runs across their
    borders occur as often as the sentences do, whereas sentences that everybody uses follow now this one, now that."""
    often = np.diff(table.start)[table.run]
    text = np.repeat(np.arange(table.texts), np.diff(table.row))
    size = np.diff(table.row)
    within, across = (mean_of(often, text, which, table.texts) for which in (table.within, ~table.within))
    weight = np.bincount(text, often, minlength=table.texts)
    possible = np.flatnonzero((size >= SHARED) & (weight >= LEAST * CORE * size))
    order = possible[np.lexsort((possible, -weight[possible], -across[possible]))]
    likely = across[order] >= IN_ORDER * within[order]
    yield from map(int, order[likely])
    yield from map(int, order[~likely][:UNLIKELY_SEEDS])


def mean_of(values: Column, text: Column, which: Column, texts: int) -> Column:
    number = np.bincount(text[which], minlength=texts)
    return np.bincount(text[which], values[which], minlength=texts) / np.maximum(number, 1)


def around(table: Table, seed: int, free: Column) -> tuple[Group | None, Column]:
    """The group that this text belongs to, if any; and the texts that need not be tried as a seed again."""
    here = np.array([seed])
    core = alike(table, table.run[table.of(seed)], free)
    if len(core) < LEAST:
        return None, here
    middle = medoid(table, core)
    core = alike(table, table.run[table.of(middle)], free)
    if len(core) < LEAST:
        return None, here
    runs, sentence = typical(table, middle, core)
    if len(runs) < SHARED:
        return None, here
    letter = Letter.of(table, runs, sentence)
    members = letter.members(free)
    if len(members) < LEAST:
        return None, np.append(here, middle)
    shares = letter.whole[members] / len(runs)
    return Group(middle, tuple(map(int, members)), tuple(round(float(s), 4) for s in shares)), members


def alike(table: Table, runs: Column, free: Column) -> Column:
    return np.flatnonzero((table.share(runs) >= CORE * len(runs)) & free)


def medoid(table: Table, core: Column) -> int:
    """Of those who are alike, the one with most of what most have, and least besides."""
    places, whose = table.runs_in(core)
    common = np.bincount(table.run[places], minlength=len(table.start) - 1)[table.run[places]] / len(core)
    fits = np.bincount(whose, 2 * common - 1, minlength=len(core))
    return int(core[np.lexsort((core, table.sizes[core], -fits))[0]])


def typical(table: Table, middle: int, core: Column) -> tuple[Column, Column]:
    """The runs of the template that its copies share, and the sentence of each (-1 where it lies across two)."""
    at = table.of(middle)
    runs = table.run[at]
    in_core = np.bincount(table.run[table.runs_in(core)[0]], minlength=len(table.start) - 1)
    shared = in_core[runs] >= OF_THE_SHORTER * len(core)
    return runs[shared], np.where(table.within[at], table.sentence[at], -1)[shared]


@dataclass(frozen=True, eq=False)
class Letter:
    """A template, and how much of it each text has."""

    whole: Column  # by text: runs of the template
    has: Column  # by text and sentence: whether it is there
    runs: int
    sizes: Column  # of every text

    @classmethod
    def of(cls, table: Table, runs: Column, sentence: Column) -> "Letter":
        names, sizes = np.unique(sentence[sentence >= 0], return_counts=True)
        looked_at = np.flatnonzero(sizes >= FEWEST_RUNS)[:MOST_SENTENCES]
        shares = [table.share(runs[sentence == names[at]]) >= PRESENT * sizes[at] for at in looked_at]
        has = np.array(shares, bool).reshape(len(shares), table.texts).T
        return cls(table.share(runs), has, len(runs), table.sizes)

    def members(self, free: Column) -> Column:
        """Empty where what its copies share is no more than chance."""
        near, often = self.near(free), self.often(free)
        core = (self.whole >= CORE * self.runs) & (self.has.sum(axis=1) >= 2) & free
        patterns = np.unique(self.has[core], axis=0)
        by_chance = chances(patterns, often).sum() * free.sum()
        if core.sum() < max(LEAST, LIFT * by_chance):
            return np.flatnonzero(near)
        return np.flatnonzero((core | near | self.copies(core, often, free)) & self.enough(free))

    def enough(self, free: Column) -> Column:
        shorter = np.minimum(self.sizes, self.runs)
        return (self.whole >= np.maximum(np.minimum(SHARED, self.runs), OF_THE_SHORTER * shorter)) & free

    def near(self, free: Column) -> Column:
        """Those that are the template and nothing else, where they are most of all that have any sentence of it."""
        near = (self.whole >= NEARLY_ALL * np.maximum(self.runs, self.sizes)) & free
        touching = (self.whole >= PRESENT * self.runs) | self.has.any(axis=1)
        enough = near.sum() >= max(LEAST, touching.sum() / 2)
        return near if enough else np.zeros(len(near), bool)

    def often(self, free: Column) -> Column:
        """How often each sentence is used by those who have no other of the template's."""
        number = self.has.sum(axis=1)
        nothing, alone = free & (number == 0), self.has[free & (number == 1)].sum(axis=0)
        return (alone + 0.5) / (alone + nothing.sum() + 1)

    def copies(self, core: Column, often: Column, free: Column) -> Column:
        """Those whose sentences of the template go together several times as often as by chance."""
        patterns, which, seen = np.unique(self.has[free], axis=0, return_inverse=True, return_counts=True)
        number = patterns.sum(axis=1)
        together = (number >= 2) & (seen >= LIFT * (chances(patterns, often) * free.sum() + DOUBT))
        own = self.has[core].sum(axis=0) >= OWN * self.has[free & ~core].sum(axis=0)
        alone = (number == 1) & (patterns & own).any(axis=1)
        found = np.zeros(len(free), bool)
        found[free] = (together | alone)[which.ravel()]
        return found


def chances(patterns: Column, often: Column) -> Column:
    """How likely each set of sentences is, were they used independently of one another."""
    return np.prod(np.where(patterns, often, 1 - often), axis=1)
