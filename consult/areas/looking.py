"""What is found in an outline and around it: the outline itself, the register, the authorities, the parishes.

Of other bodies only the register is read: what they draft is in their spaces, and no statement here reaches it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from consult.areas import boundaries, register, surroundings
from consult.areas.maps import Seen
from consult.areas.mending import errors_in
from consult.spaces.models import Space
from geodata import boundary
from geodata.findings import Finding, Place
from geodata.surroundings import Around, beside_register

CLOSE_UP_M = 150.0
SHARED = ("overlap", "sliver", "gap", "duplicate geometry")
BESIDE_M = 10.0  # gaps are looked for up to 5 m away
NOT_LOADED: dict[boundaries.Kind, str] = {
    "authority": "Whether it reaches into another authority was not checked: no authorities are loaded here.",
    "parish": "Whether it contains part of a parish was not checked: no parishes are loaded here.",
}


@dataclass(frozen=True)
class Found:
    """A finding as a page lists it: the number is the one on the map, None where it is about the whole."""

    finding: Finding
    number: int | None

    def close_up(self) -> BaseGeometry:
        """What a map of this place alone shows, EPSG:27700."""
        return shapely.box(*Point(self.finding.at).buffer(CLOSE_UP_M).bounds)


@dataclass(frozen=True)
class Look:
    """Everything found, what must be mended first, and what could not be checked here."""

    found: list[Found]
    unchecked: list[str]

    @property
    def marks(self) -> list[Seen]:
        return marks_of(self.found)

    @property
    def beside(self) -> bool:
        """Whether there is anything that the overlap help is a help with."""
        return any(each.finding.code in SHARED for each in self.found)

    def numbered(self, number: str) -> Found | None:
        return next((each for each in self.found if each.number and str(each.number) == number), None)


def look_at(shape: BaseGeometry, space: Space) -> Look:
    """Looks at the outline of a body, valid or not, in EPSG:27700 metres."""
    if errors := errors_in(shape):
        return Look(in_order(errors), [])
    found = [*boundary.check(shape), *beside(shape, space), *surroundings.of(space, shape).findings]
    return Look(in_order(found), [words for kind, words in NOT_LOADED.items() if not boundaries.loaded(kind)])


def in_order(findings: Sequence[Finding]) -> list[Found]:
    """The worst first, numbered where they have a place."""
    order = ("error", "warning", "notice")
    listed, number = [], 0
    for finding in sorted(findings, key=lambda each: order.index(each.severity)):
        number += finding.at is not None
        listed.append(Found(finding, number if finding.at else None))
    return listed


def marks_of(found: Sequence[Found]) -> list[Seen]:
    """Their places with their numbers; what lies at one place shares its mark."""
    numbers: dict[Place, list[str]] = {}
    for each in found:
        if each.finding.at:
            numbers.setdefault(each.finding.at, []).append(str(each.number))
    return [Seen(Point(at), "fault", "What was found", ", ".join(said)) for at, said in numbers.items()]


def beside(shape: BaseGeometry, space: Space) -> list[Finding]:
    entries = register.around(wider(shape, BESIDE_M), apart_from=space.id)
    return beside_register(shape, [Around(entry.name, entry.geometry) for entry in entries])


def wider(shape: BaseGeometry, by_m: float) -> BaseGeometry:
    """The shape's box, grown: all that the register's index asks of a shape."""
    return shapely.box(*shape.bounds).buffer(by_m, join_style="mitre")


def with_key(drawn: dict[str, Any], seen: Sequence[Seen]) -> dict[str, Any]:
    """The map with a key beneath it: the one in the picture goes when the map that moves replaces it."""
    said = {thing.key: thing.style for thing in seen if thing.key}
    return drawn | {"legend": [{"style": style, "text": words} for words, style in said.items()]}


def overlaps_on(shape: BaseGeometry, space: Space) -> list[Seen]:
    """What the outline shares with areas on the register, to be drawn on its map."""
    shared = register.overlapping(shape, apart_from=register.entry_of(space.id))
    return [Seen(other.shared, "clash", "Overlap") for other in shared]
