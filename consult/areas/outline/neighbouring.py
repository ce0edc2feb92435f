"""The edges that an outline shares with one area on the register, and the ways to settle them.

Each way is worked out before it is offered, so that what is saved is what was shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from consult.areas.models import RegisterEntry
from consult.areas.outline.looking import SHARED, Found, around_of, in_order
from consult.spaces.models import Space
from geodata import change, shaping, surroundings
from geodata.boundary import as_multipolygon, canonical, is_valid
from geodata.crs import GRID_STEP_M
from geodata.register import clashes, snap_to
from geodata.surroundings import Around
from geodata.woven import TooComplex

GAP_M = surroundings.GAP_WIDTH_M
SOURCES = {"snap": "snapped", "give_way": "gave_way", "close_gap": "gap_closed"}
TITLES = {"snap": "Snap to the shared edge", "give_way": "Give way", "close_gap": "Close the gap"}


@dataclass(frozen=True)
class Way:
    """One way to settle an edge: the outline that it makes, and how that differs from the one before."""

    how: str
    outline: MultiPolygon
    change: change.Change

    @property
    def mark(self) -> str:
        """What tells its outline from any other, so that what is saved is what was shown."""
        return sha256(canonical(self.outline)).hexdigest()[:16]

    @property
    def title(self) -> str:
        return TITLES[self.how]

    @property
    def source(self) -> str:
        """What the version says of where it came from."""
        return SOURCES[self.how]


@dataclass(frozen=True)
class Side:
    """An area on the register that an outline overlaps, nearly touches or repeats, what was found there, and the other
    areas around."""

    entry: RegisterEntry
    found: list[Found]
    others: list[RegisterEntry]

    @property
    def codes(self) -> set[str]:
        return {each.finding.code for each in self.found}

    @property
    def overlaps(self) -> bool:
        return "overlap" in self.codes


def sides(shape: BaseGeometry, space: Space) -> list[Side]:
    """Every side of a valid outline where something was found, overlaps first. EPSG:27700."""
    found, around = [], around_of(shape, space)
    for entry in around:
        findings = surroundings.beside_register(shape, [Around(entry.name, entry.geometry)])
        shared = [finding for finding in findings if finding.code in SHARED]
        if shared:
            found.append(Side(entry, in_order(shared), [each for each in around if each is not entry]))
    return sorted(found, key=lambda side: (not side.overlaps, "sliver" not in side.codes, side.entry.number))


def ways(shape: BaseGeometry, side: Side) -> Iterator[Way]:
    """The ways that change anything and can be worked out, the gentlest first."""
    offered: list[BaseGeometry] = [shape]
    for how in SOURCES:
        try:
            outline = as_multipolygon(made(how, shape, side))
            if not is_valid(outline) or any(outline.equals(each) for each in offered):
                continue
            way = Way(how, outline, change.between(shape, outline))
        except (shaping.CannotShape, TooComplex):
            continue
        offered.append(outline)
        yield way


def made(how: str, shape: BaseGeometry, side: Side) -> BaseGeometry:
    """The outline that a way makes, or the shape itself where it does not apply. Raises CannotShape, TooComplex."""
    neighbour = side.entry.geometry
    if how == "snap" and "sliver" in side.codes:
        return snap_to(shape, [neighbour])
    if how == "give_way" and side.codes & {"overlap", "sliver"}:
        return shaping.give_way(shape, [neighbour])
    if how == "close_gap" and "gap" in side.codes:
        return gap_closed(shape, side)
    return shape


def way(how: str, shape: BaseGeometry, side: Side) -> Way | None:
    return next((each for each in ways(shape, side) if each.how == how), None)


def gap_closed(shape: BaseGeometry, side: Side) -> BaseGeometry:
    """Drawn out to this neighbour alone, and over no other."""
    closed = shaping.close_gaps(shape, [side.entry.geometry], GAP_M)
    added = as_multipolygon(shapely.difference(closed, shape))
    others = [entry.geometry for entry in side.others]
    free = shapely.difference(added, shapely.union_all(others), grid_size=GRID_STEP_M) if others else added
    return shapely.union(shape, as_multipolygon(free), grid_size=GRID_STEP_M)


def shared_with(shape: BaseGeometry, entry: RegisterEntry) -> BaseGeometry | None:
    """The ground that both have; None where they are too intricate to be compared, which is said beside them."""
    try:
        found = clashes(shape, [entry.geometry])
    except TooComplex:
        return None
    return found[0].geometry if found else None
