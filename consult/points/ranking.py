"""Which themes some words probably raise, learnt from words that were coded: texts in, themes and scores out.

A theme's prototype is what its own words say (its label and definition), what was coded with it, and a little of what
nobody has coded yet, by how much it looks like each. Words and pieces of words are weighed by how rare they are
(TF-IDF), so that “parked” finds “parking”. The same texts give the same scores on every machine: nothing is drawn by
lot, and nothing is fetched.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from threading import Thread
from typing import Any, Generic, TypeVar

import numpy as np

# As measured by tests/bench/suggesting.py on the part of its data that is set aside for choosing them.
OWN_WORDS = 2.0  # a theme's label and definition count as so many coded comments
UNCODED = 0.8  # and a comment that nobody has coded as so much of one, shared out among the themes
SHARPNESS = 2.0  # how much more of it a theme gets that is a standard deviation nearer
PIECES = (3, 5)  # letters

Theme = TypeVar("Theme", bound=Hashable)


@cache
def warm() -> Thread:
    """Begins to load what weighs words, beside the request and once a process: it takes seconds, for which whoever
    reads the first passage would wait."""

    def load() -> None:
        import sklearn.feature_extraction.text
        import sklearn.preprocessing  # noqa: F401

    thread = Thread(target=load, name="suggestions", daemon=True)
    thread.start()
    return thread


class Vocabulary:
    """How telling each word and each piece of a word is, as `texts` use them."""

    def __init__(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer  # heavy: only where somebody codes

        alike: dict[str, Any] = {"sublinear_tf": True, "dtype": np.float32}
        words = TfidfVectorizer(stop_words="english", **alike)
        pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=PIECES, **alike)
        self.counters = (words, pieces)
        for counter in self.counters:
            counter.fit([*texts, "00"])  # a vocabulary must not be empty

    def vectors(self, texts: Sequence[str]) -> Any:
        """A row of length 1 for each text; one that says nothing known is all zeros."""
        from scipy.sparse import csr_matrix, hstack
        from sklearn.preprocessing import normalize

        if not texts:
            return csr_matrix(
                (0, sum(len(counter.vocabulary_) for counter in self.counters)), dtype=np.float32
            )
        return normalize(hstack([counter.transform(texts) for counter in self.counters], format="csr"))


@dataclass(frozen=True)
class Suggestion(Generic[Theme]):
    theme: Theme
    score: float  # 0 nothing in common … 1 the same words


@dataclass(frozen=True, eq=False)
class Ranking(Generic[Theme]):
    """What was learnt: rows of `coded` raise the themes of `raises`; rows of `uncoded` teach by what they look like."""

    vocabulary: Vocabulary
    themes: Mapping[Theme, str]  # in the frame's order, which decides between equals
    coded: Any
    raises: Sequence[Collection[Theme]]
    uncoded: Any
    names: list[Theme] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", list(self.themes))

    @cached_property
    def prototypes(self) -> Any:
        taught = OWN_WORDS * self.vocabulary.vectors(list(self.themes.values())).toarray() + self.examples()
        if self.uncoded.shape[0]:
            taught = taught + UNCODED * (self.uncoded.T @ shares(self.uncoded @ of_length_1(taught).T)).T
        return of_length_1(taught)

    def examples(self) -> Any:
        """For each theme the sum of what was coded with it."""
        from scipy.sparse import csr_matrix

        at = {theme: row for row, theme in enumerate(self.names)}
        pairs = [(at[t], row) for row, found in enumerate(self.raises) for t in found if t in at]
        rows, columns = zip(*pairs, strict=True) if pairs else ((), ())
        marks = csr_matrix(
            (np.ones(len(pairs), np.float32), (rows, columns)), (len(self.names), self.coded.shape[0])
        )
        return (marks @ self.coded).toarray()

    def scores(self, vectors: Any) -> Any:
        """A row for each text, a column for each theme."""
        return np.asarray(vectors @ self.prototypes.T)

    def suggest(self, text: str, most: int) -> list[Suggestion[Theme]]:
        """The likeliest themes, best first; none that has nothing in common with the text."""
        if not self.names:
            return []
        (row,) = self.scores(self.vocabulary.vectors([text]))
        best = np.argsort(-row, kind="stable")[:most]
        return [Suggestion(self.names[i], float(row[i])) for i in best if row[i] > 0]

    def doubt(self, vectors: Any) -> Any:
        """For each text how near the second theme comes to the first: 1 where it could be either or neither."""
        if len(self.names) < 2:
            return np.ones(vectors.shape[0])
        first, second = -np.partition(-self.scores(vectors), 1, axis=1)[:, :2].T
        return np.divide(second, first, out=np.ones_like(first), where=first > 0)


def of_length_1(rows: Any) -> Any:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def shares(scores: Any) -> Any:
    """How each text is shared out among the themes; the shares of a text add up to 1."""
    nearer = SHARPNESS * (scores - scores.max(axis=1, keepdims=True)) / (scores.std() + 1e-9)
    found = np.exp(nearer)
    return found / found.sum(axis=1, keepdims=True)
