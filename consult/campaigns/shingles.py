"""Texts as runs of four words, in columns: which text has which, and in which of its sentences.

What separates words, how they are capitalised and how sentences are closed makes no difference. A full stop after fewer
than three letters closes no sentence, since “St.” and “e.g.” do not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

RUN = 4  # words
TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|(?<=\w\w\w)[.!?](?=\s)|\n")
Column = npt.NDArray[Any]
ODD = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], "u8")


@dataclass(frozen=True, eq=False)
class Runs:
    """One entry for each place where a run of words begins, text after text."""

    texts: int
    text: Column  # which text it is in
    run: Column  # which run: the same words, the same number
    sentence: Column  # of the text, where its first word stands
    within: Column  # whether its last word stands in the same sentence


def runs_of(texts: Sequence[str]) -> Runs:
    word, text, sentence = words_of(texts)
    starts = max(len(word) - RUN + 1, 0)
    last = np.arange(starts) + RUN - 1
    whole = np.flatnonzero(text[:starts] == text[last])
    hashed = np.zeros(len(whole), "u8")
    for place, odd in enumerate(ODD):
        hashed = (hashed ^ (word[whole + place] * odd)) * ODD[0]
        hashed ^= hashed >> np.uint64(29)
    _, run = np.unique(hashed, return_inverse=True)
    within = sentence[whole] == sentence[whole + RUN - 1]
    return Runs(len(texts), text[whole], run, sentence[whole], within)


def words_of(texts: Sequence[str]) -> tuple[Column, Column, Column]:
    """Every word of every text as a number, with its text and its sentence."""
    known = dict.fromkeys((".", "!", "?", "\n"), 0)
    numbers: list[int] = []
    lengths = []
    for words in texts:
        tokens = TOKEN.findall(words.casefold())
        numbers += [known.setdefault(token, len(known)) for token in tokens]
        lengths.append(len(tokens))
    token = np.array(numbers, "u8")
    text = np.repeat(np.arange(len(texts)), lengths)
    ends = token == 0
    return token[~ends], text[~ends], np.cumsum(ends)[~ends]


@dataclass(frozen=True, eq=False)
class Table:
    """Which text has which run, each once: runs that fewer than `least` texts have are left out."""

    texts: int
    sizes: Column  # how many different runs a text has, those left out counted too
    row: Column  # where in the next three a text begins
    run: Column
    sentence: Column
    within: Column  # one sentence of the text, and no other
    start: Column  # where in the next one a run begins
    holder: Column  # the texts that have it

    def of(self, text: int) -> slice:
        return slice(int(self.row[text]), int(self.row[text + 1]))

    def holders(self, runs: Column) -> Column:
        """The texts that have these runs, a text once for each run it has."""
        return self.holder[ranges(self.start[runs], self.start[runs + 1])]

    def share(self, runs: Column) -> Column:
        """For each text, how many of these runs it has."""
        return np.bincount(self.holders(runs), minlength=self.texts)

    def runs_in(self, texts: Column) -> tuple[Column, Column]:
        """The places of these texts' runs, and which of the texts each belongs to."""
        places = ranges(self.row[texts], self.row[texts + 1])
        return places, np.repeat(np.arange(len(texts)), self.row[texts + 1] - self.row[texts])


def table_of(texts: Sequence[str], least: int) -> Table:
    found = runs_of(texts)
    width = int(found.run.max()) + 1 if len(found.run) else 1
    _, first, times = np.unique(found.text * width + found.run, return_index=True, return_counts=True)
    sizes = np.bincount(found.text[first], minlength=found.texts)
    often = np.bincount(found.run[first], minlength=width) >= least
    once = times[often[found.run[first]]] == 1
    kept = first[often[found.run[first]]]
    order = np.lexsort((kept, found.text[kept]))
    kept, once = kept[order], once[order]
    run = (np.cumsum(often) - 1)[found.run[kept]]
    by_run = np.argsort(run, kind="stable")
    ends = np.cumsum(np.bincount(run, minlength=int(often.sum())))
    return Table(
        texts=found.texts,
        sizes=sizes,
        row=np.searchsorted(found.text[kept], np.arange(found.texts + 1)),
        run=run,
        sentence=found.sentence[kept],
        within=found.within[kept] & once,
        start=np.concatenate([[0], ends]).astype("i8"),
        holder=found.text[kept][by_run],
    )


def ranges(starts: Column, ends: Column) -> Column:
    """Every number from each start up to its end."""
    lengths = ends - starts
    if not len(starts) or not lengths.sum():
        return np.array([], "i8")
    offsets = np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.repeat(starts, lengths) + np.arange(lengths.sum()) - offsets
