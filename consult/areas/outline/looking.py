"""What is found in an outline and around it: the outline itself, the register, the authorities, the parishes.

Of other bodies only the register is read: what they draft is in their spaces, and no statement here reaches it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from consult.areas import register
from consult.areas.loaded import boundaries
from consult.areas.maps import Seen
from consult.areas.models import RegisterEntry
from consult.areas.outline import surroundings
from consult.areas.outline.mending import errors_in
from consult.spaces.models import Space
from geodata import boundary
from geodata.findings import Finding, Place
from geodata.register import clashes
from geodata.surroundings import Around, beside_register
from geodata.woven import TooComplex

CLOSE_UP_M = 150.0
AROUND_M = 500.0  # drawn around an outline, and looked at
SHARED = ("overlap", "sliver", "gap", "duplicate geometry")
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
    """Everything found, what could not be checked here, and the areas on the register around: asked for once a page."""

    found: list[Found]
    unchecked: list[str]
    around: Sequence[RegisterEntry] = ()

    @property
    def marks(self) -> list[Seen]:
        return marks_of(self.found)

    @property
    def beside(self) -> bool:
        """Whether there is anything that the overlap help is a help with."""
        return any(each.finding.code in SHARED for each in self.found)

    def numbered(self, number: str) -> Found | None:
        return next((each for each in self.found if each.number and str(each.number) == number), None)


def look_at(shape: BaseGeometry, space: Space, around: Sequence[RegisterEntry] | None = None) -> Look:
    """Looks at the outline of a body, valid or not, in EPSG:27700 metres. `around` are the areas on the register near
    it, where the page has them already."""
    if errors := errors_in(shape):
        return Look(in_order(errors), [])
    near = around_of(shape, space) if around is None else around
    beside = beside_register(shape, [Around(entry.name, entry.geometry) for entry in near])
    found = [*boundary.check(shape), *beside, *surroundings.of(space, shape).findings]
    unchecked = [words for kind, words in NOT_LOADED.items() if not boundaries.loaded(kind)]
    return Look(in_order(found), unchecked, near)


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


def around_of(shape: BaseGeometry, space: Space) -> list[RegisterEntry]:
    return register.around(wider(shape, AROUND_M), apart_from=space.id)


def wider(shape: BaseGeometry, by_m: float) -> BaseGeometry:
    """The shape's box, grown: all that the register's index asks of a shape."""
    return shapely.box(*shape.bounds).buffer(by_m, join_style="mitre")


def overlaps_on(shape: BaseGeometry, look: Look) -> list[Seen]:
    """What the outline shares with areas on the register, to be drawn on its map; nothing where it is too intricate
    to be compared, which is among what was found."""
    try:
        shared = clashes(shape, [entry.geometry for entry in look.around]) if look.around else []
    except TooComplex:
        return []
    return [Seen(clash.geometry, "clash", "Overlap") for clash in shared if clash.kind == "overlap"]
