"""Where a site may lie: inside the neighbourhood area, and clear of the other sites of its kind.

The rule is the register's (`geodata.register`): what is more than 1 m wide counts, and what is not is a sliver, which
is told. All in EPSG:27700 metres.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from consult.areas import register as areas
from consult.areas.models import AreaVersion, area_version_in_force
from consult.database import db
from consult.tenancy import here
from consult.web.errors import Refused
from geodata import register
from geodata.around import too_intricate
from geodata.findings import Finding
from geodata.giving_way import NothingLeft, cut_back
from geodata.wkb import as_multipolygon
from geodata.woven import TooComplex, refuse_woven

AREA = "the neighbourhood area"
TOLD_FROM_M2 = 0.5  # less than this is what rounding to the millimetre leaves along an edge


class NotFree(Refused):
    """The site lies where it may not; `taken` says on what, each with a sentence, a place and the shared ground."""

    def __init__(self, taken: Sequence["Taken"]) -> None:
        super().__init__(" ".join(each.finding.message for each in taken))
        self.taken = taken


@dataclass(frozen=True)
class Taken:
    """Ground that a site would share with another of its kind, or have outside the area."""

    finding: Finding
    shared: MultiPolygon

    @property
    def refused(self) -> bool:
        return self.finding.severity == "error"


@dataclass(frozen=True)
class Neighbour:
    """Another site of the same kind: what it is called, and its outline."""

    name: str
    outline: MultiPolygon


@dataclass(frozen=True)
class Ground:
    """The area, and the sites of one kind that are there already."""

    area: MultiPolygon
    kind: str
    others: tuple[Neighbour, ...] = ()

    def taken(self, shape: BaseGeometry) -> list[Taken]:
        """What a valid shape has outside the area or in common with others, what is refused first.

        A shape too intricate to tell is refused for that.
        """
        try:
            found = self.found(shape)
        except TooComplex:
            return [Taken(too_intricate("the area and the other sites"), MultiPolygon())]
        told = [each for each in found if each.refused or each.shared.area >= TOLD_FROM_M2]
        return sorted(told, key=lambda each: not each.refused)

    def found(self, shape: BaseGeometry) -> list[Taken]:
        refuse_woven(shape, [self.area])
        outside = as_multipolygon(shapely.difference(shape, self.area, grid_size=register.SNAP_GRID_M))
        found = [self.beyond(clash) for clash in register.clashes(shape, [outside])]
        for clash in register.clashes(shape, [other.outline for other in self.others]):
            found.append(self.shared_with(self.others[clash.index], clash))
        return found

    def beyond(self, clash: register.Clash) -> Taken:
        if clash.kind == "sliver":
            return sliver(clash, f"outside {AREA}")
        sentence = f"It reaches outside {AREA} with {extent_of(clash)}."
        return refusal("out of bounds of custom boundary", sentence, "Draw the site inside the area.", clash)

    def shared_with(self, other: Neighbour, clash: register.Clash) -> Taken:
        if clash.kind == "sliver":
            return sliver(clash, f"inside {other.name}")
        sentence = f"It overlaps {other.name}, another site of its kind ({self.kind}), by {extent_of(clash)}."
        remedy = "Move the edge where they meet, or change the other site first."
        return refusal("overlap", sentence, remedy, clash)

    def refuse(self, shape: BaseGeometry) -> None:
        """Raises NotFree when any of the shape lies where a site of this kind may not."""
        refused = [each for each in self.taken(shape) if each.refused]
        if refused:
            raise NotFree(refused)

    def cut_back(self, shape: BaseGeometry) -> MultiPolygon:
        """What is left of a valid shape inside the area and clear of the others; empty when nothing is.

        Raises TooComplex.
        """
        refuse_woven(shape, [self.area])
        inside = as_multipolygon(shapely.intersection(shape, self.area, grid_size=register.SNAP_GRID_M))
        left = register.snap_to(inside, [])  # of several parts, those too narrow to be meant go
        try:
            return cut_back(left, [other.outline for other in self.others], register.OVERLAP_WIDTH_M)
        except NothingLeft:
            return MultiPolygon()


def refusal(code: str, sentence: str, remedy: str, clash: register.Clash) -> Taken:
    return Taken(Finding(code, "error", sentence, at(clash), remedy), clash.geometry)


def sliver(clash: register.Clash, where: str) -> Taken:
    sentence = (
        f"A strip less than 1 metre wide ({clash.area_m2:,.0f} m²) lies {where}, {words_for(at(clash))}."
    )
    remedy = "It may stay; snapping to the edge closes it."
    return Taken(Finding("sliver", "warning", sentence, at(clash), remedy), clash.geometry)


def extent_of(clash: register.Clash) -> str:
    return f"{clash.area_m2:,.0f} m², up to {clash.width_m:,.1f} m wide, {words_for(at(clash))}"


def at(clash: register.Clash) -> tuple[float, float]:
    """A point in the largest part of what is shared."""
    parts = shapely.get_parts(clash.geometry)
    point = parts[int(np.argmax(shapely.area(parts)))].representative_point()
    return round(point.x, 1), round(point.y, 1)


def words_for(place: tuple[float, float]) -> str:
    return f"at easting {place[0]:.0f}, northing {place[1]:.0f}"


def area_now() -> MultiPolygon | None:
    """The outline of the area in force in the space we stand in, which its sites lie inside."""
    known = area_version_in_force()
    drawn = db.session.get(AreaVersion, (here(), known)) if known else None
    outlined = drawn or areas.entry_of(here())
    return outlined.geometry if outlined else None
