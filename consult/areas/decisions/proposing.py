"""Outlines that an officer may put in place of another: looked at with what they change, before anything is decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from consult.areas import register
from consult.areas.models import Application, RegisterEntry
from consult.areas.register import Neighbour
from geodata import boundary
from geodata.register import OVERLAP_WIDTH_M, snap_to
from geodata.shaping import CannotShape, give_way
from geodata.widths import wider_than
from geodata.wkb import as_multipolygon
from geodata.woven import TooComplex


@dataclass(frozen=True)
class Proposal:
    """An outline in place of another: EPSG:27700, kept as canonical WKB. `mark` tells it from any other."""

    before: BaseGeometry
    outline: bytes

    @property
    def geometry(self) -> MultiPolygon:
        return boundary.from_wkb(self.outline)

    @property
    def hectares(self) -> float:
        return boundary.hectares(self.geometry)

    @property
    def lost_m2(self) -> float:
        return float(shapely.difference(self.before, self.geometry).area)

    @property
    def gained_m2(self) -> float:
        return float(shapely.difference(self.geometry, self.before).area)

    @property
    def mark(self) -> str:
        return mark_of([self])


def mark_of(proposals: Iterable[Proposal]) -> str:
    """What tells these from any others, so that what is decided is what was looked at."""
    return sha256(b"".join(proposal.outline for proposal in proposals)).hexdigest()[:16]


def snapped(application: Application, shared: list[Neighbour]) -> Proposal | None:
    """The area with its edge drawn to those of the neighbours that it shares slivers with."""
    slivers = [neighbour for neighbour in shared if neighbour.kind == "sliver"]
    return cut_to(application, slivers) if slivers else None


def cut_back(application: Application, shared: list[Neighbour]) -> Proposal | None:
    """What is left of the area without the ground of all that it meets on the register."""
    return cut_to(application, shared)


def cut_to(application: Application, neighbours: list[Neighbour]) -> Proposal | None:
    """Its edge is drawn to these neighbours' where they are nearly one, and it gives way to all on the register.

    None when nothing would be left, or the outlines are too intricate.
    """
    outlines = [register.entry_numbered(neighbour.number).geometry for neighbour in neighbours]
    try:
        drawn = snap_to(application.geometry, outlines)
    except TooComplex:
        return None
    others = register.around(drawn, apart_from=application.space_id) if not drawn.is_empty else []
    return giving_way(application.geometry, drawn, [other.geometry for other in others])


def making_room(entry: RegisterEntry, application: Application) -> Proposal | None:
    """What is left of an entry without the ground of an application; never more than it was."""
    return giving_way(entry.geometry, entry.geometry, [application.geometry])


def giving_way(before: BaseGeometry, drawn: BaseGeometry, others: list[MultiPolygon]) -> Proposal | None:
    """None when nothing would be left."""
    try:
        return Proposal(before, boundary.canonical(give_way(drawn, others)))
    except (CannotShape, boundary.NotABoundary):
        return None


def without_scraps(shape: BaseGeometry) -> MultiPolygon:
    """A shape without parts that are nowhere wider than a sliver: a cut leaves them behind."""
    parts = shapely.get_parts(as_multipolygon(shape))
    return MultiPolygon(list(parts[wider_than(OVERLAP_WIDTH_M, parts)]))
