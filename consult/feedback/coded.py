"""The coding of a consultation, frozen beside its facts: the code frame, and every point that was cut, coded or
put to another policy. No words of residents: a point is a span of theirs, and the labels are the body's.

The same coding gives the same bytes, so a hash names it; facts stay what they are without it. What is counted of it is
counted as everything is (`tallies.figure`): a response that raises a theme in several points raises it once.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from functools import partial
from typing import Any
from uuid import UUID

import numpy as np

from consult.feedback import crossing, tallies
from consult.feedback.crossing import Dimension
from consult.feedback.facts import Column, Facts
from consult.feedback.tallies import SMALLEST, SPLITS, Figure
from consult.points.frame import MATTER
from consult.points.spans import WHOLE

FORMAT = b"consult coding 1\n"
CODED = "coded"  # the key of whoever has a point that was read and coded


@dataclass(frozen=True)
class Theme:
    """A theme as the frame words it. Its number is its own for good, whatever becomes of the others."""

    number: int
    label: str
    kind: str = MATTER
    definition: str = ""
    includes: str = ""
    excludes: str = ""
    under: int = 0  # the number of the wider theme; 0 for none

    @property
    def key(self) -> str:
        return f"theme.{self.number}"


@dataclass(frozen=True)
class Piece:
    """A point as it stands: a span of a passage (an answer, or the words beside a place), or the whole of it."""

    id: UUID
    response: UUID
    passage: UUID
    letter: str
    field: str
    start: int
    end: int
    length: int  # of the field that it is a span of, so that words that were changed by an erasure are known
    bearing: (
        tuple[str, str] | None
    )  # policy and stance, where a coder put them otherwise than they were given
    themes: tuple[int, ...]

    @property
    def is_whole(self) -> bool:
        return self.field == WHOLE


@dataclass(frozen=True)
class Coded:
    themes: tuple[Theme, ...] = ()
    pieces: tuple[Piece, ...] = ()

    @property
    def matters(self) -> tuple[Theme, ...]:
        return tuple(theme for theme in self.themes if theme.kind == MATTER)

    @property
    def by_number(self) -> dict[int, Theme]:
        return {theme.number: theme for theme in self.themes}

    @property
    def frame_sha256(self) -> str:
        return hashlib.sha256(written([asdict(theme) for theme in self.themes])).hexdigest()

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.to_bytes()).hexdigest()

    def to_bytes(self) -> bytes:
        pieces = [[as_told(getattr(each, name)) for name in COLUMNS] for each in self.pieces]
        return FORMAT + written({"themes": [asdict(theme) for theme in self.themes], "pieces": pieces})

    @classmethod
    def from_bytes(cls, content: bytes | None) -> "Coded":
        """Nothing is coded where there is no content."""
        if content is None:
            return cls()
        if not content.startswith(FORMAT):
            raise ValueError("This is not the coding of a consultation.")
        said = json.loads(content[len(FORMAT) :])
        return cls(
            tuple(Theme(**theme) for theme in said["themes"]), tuple(piece(row) for row in said["pieces"])
        )


COLUMNS = tuple(field.name for field in fields(Piece))


def as_told(value: Any) -> Any:
    return value.hex if isinstance(value, UUID) else value


def written(said: Any) -> bytes:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8", "replace"
    )


def piece(row: list[Any]) -> Piece:
    *ids, letter, field, start, end, length, bearing, themes = row
    id_, response, passage = (UUID(each) for each in ids)
    put = (bearing[0], bearing[1]) if bearing else None
    return Piece(id_, response, passage, letter, field, start, end, length, put, tuple(themes))


# What is counted.


def figures(facts: Facts, coded: Coded, *, splits: tuple[str, ...] = SPLITS) -> list[Figure]:
    """Who raises each theme, and `coded`: of whom anything was read and coded. None where nothing was."""
    return [
        tallies.figure(facts, key, weights, name, group)
        for key, weights in measured(facts, coded)
        for name, group in tallies.groups(facts, splits)
    ]


def figures_for_everyone(facts: Facts, coded: Coded, *, final: bool) -> list[Figure]:
    """Once it has closed, for everybody together; a theme that few raise is kept back."""
    found = figures(facts, coded, splits=()) if final else []
    return [figure if (figure.responses or 0) >= SMALLEST else tallies.kept(figure) for figure in found]


def measured(facts: Facts, coded: Coded) -> Iterator[tuple[str, Column]]:
    if not coded.themes:
        return
    places = facts.places
    raised: dict[int, set[int]] = {theme.number: set() for theme in coded.themes}
    for each in coded.pieces:
        for number in each.themes if each.response in places else ():
            raised[number].add(places[each.response])
    yield CODED, once(facts, set().union(*raised.values()))
    for theme in coded.matters:
        yield theme.key, once(facts, raised[theme.number])


def dimension(facts: Facts, coded: Coded) -> Iterator[Dimension]:
    """The themes beside any other fact. A theme is raised by whoever has a point with it, on whichever policy."""
    if coded.matters:
        labels = [(str(theme.number), theme.label) for theme in coded.matters]
        groups = (*labels, (crossing.NOBODY, "No theme"))
        yield Dimension("theme", "Theme", groups, partial(raising, facts, coded), coded.sha256)


def raising(facts: Facts, coded: Coded) -> crossing.Layers:
    inside = [weights > 0 for key, weights in measured(facts, coded) if key != CODED]
    return crossing.apart(np.vstack([inside, ~np.any(inside, axis=0)]))


def once(facts: Facts, who: set[int]) -> Column:
    weights = np.zeros(len(facts), "<i4")
    weights[sorted(who)] = 1
    return weights
