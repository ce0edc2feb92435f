"""Which shape in a file is the area: the shapes of a layer, those that somebody chose, the one outline they make."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geodata import boundary
from geodata.crs import GRID_STEP_M
from geodata.findings import Finding, Unreadable
from geodata.reading import Feature, Reading

MOST_POINTS = (
    20_000  # several times the longest parish boundary that we know of; every later look costs by them
)
MOST_JOINED_POINTS = 100_000
MOST_CHOSEN = 500
MOST_LISTED = 100


@dataclass(frozen=True)
class Candidate:
    """One shape of a layer: its place in it from 1, what to call it, and its size."""

    number: int
    feature: Feature

    @property
    def name(self) -> str:
        return self.feature.name or f"Shape {self.number}"

    @property
    def hectares(self) -> float:
        return boundary.hectares(self.feature.geometry)


@dataclass(frozen=True)
class Choice:
    """A layer of a file, and the shapes in it that somebody chose; where there is only one, it is chosen."""

    reading: Reading
    chosen: tuple[Candidate, ...]

    @classmethod
    def of(cls, reading: Reading, numbers: Iterable[str]) -> "Choice":
        candidates = candidates_of(reading)
        wanted = {"1"} if len(candidates) == 1 else set(numbers)
        return cls(reading, tuple(each for each in candidates if str(each.number) in wanted))

    @property
    def outline(self) -> BaseGeometry | None:
        """What was chosen, joined; None where nothing was. Raises Unreadable where that is too much."""
        shapes = [each.feature.geometry for each in self.chosen]
        return joined(shapes) if shapes else None

    def listed(self, words: str = "") -> list[Candidate]:
        """What is chosen, then what is called so, as many as a page can carry."""
        called, taken = words.casefold(), {each.number for each in self.chosen}
        others = [
            each for each in self.candidates if each.number not in taken and called in each.name.casefold()
        ]
        return [*self.chosen, *others[: max(0, MOST_LISTED - len(self.chosen))]]

    @property
    def candidates(self) -> list[Candidate]:
        """All that could be chosen; points and lines were left out as the file was read."""
        return candidates_of(self.reading)


def candidates_of(reading: Reading) -> list[Candidate]:
    return [Candidate(number, feature) for number, feature in enumerate(reading.features, 1)]


def joined(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """Several shapes as one. Those that are not valid are only laid together, so that what is wrong can be shown."""
    if len(shapes) > MOST_CHOSEN:
        raise Unreadable(f"You chose {len(shapes):,} shapes, and the limit is {MOST_CHOSEN:,}: choose fewer.")
    points = int(shapely.get_num_coordinates(np.array(shapes, dtype=np.object_)).sum())
    if points > MOST_JOINED_POINTS:
        raise Unreadable(
            f"What you chose has {points:,} points, and the limit is {MOST_JOINED_POINTS:,}: choose less."
        )
    if len(shapes) == 1:
        return shapes[0]
    if all(boundary.is_valid(shape) for shape in shapes):
        return shapely.union_all(shapes, grid_size=GRID_STEP_M)
    return MultiPolygon([part for shape in shapes for part in shapely.get_parts(shape)])


def too_detailed(shape: BaseGeometry) -> list[Finding]:
    """An outline that every later look at it would pay for."""
    points = int(shapely.get_num_coordinates(shape))
    if points <= MOST_POINTS:
        return []
    message = f"The outline has {points:,} points, and the limit is {MOST_POINTS:,}."
    remedy = "Simplify it in the program that drew it, then upload it again."
    return [Finding("too many points", "error", message, None, remedy)]
