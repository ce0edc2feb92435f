"""A site's outline that cannot be kept as it came: what is wrong, where, and the repair that the person may accept."""

from dataclasses import dataclass

import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from consult.areas.outline.choosing import too_detailed
from consult.areas.outline.mending import errors_in
from consult.plans.ground import Ground, Taken
from geodata import boundary
from geodata.evenodd import differing_m2
from geodata.findings import Finding

NOTHING_LEFT = "Nothing would be left of it, so there is no repair: draw it somewhere else."
NOT_HERE = "It cannot be cut back here: move its edge yourself."


@dataclass(frozen=True)
class Mending:
    """`shape` as it came; `repaired` in its place, in EPSG:27700, or `no_repair` why there is none.

    `change_m2` is the ground that only one of the two covers, in square metres.
    """

    shape: BaseGeometry
    findings: list[Finding]
    taken: list[Taken]
    repaired: MultiPolygon | None
    no_repair: str = ""
    change_m2: float = 0.0

    @property
    def parts(self) -> int:
        return len(self.repaired.geoms) if self.repaired else 0


def mending(shape: BaseGeometry, ground: Ground) -> Mending | None:
    """What has to be mended before the shape may lie on this ground; None when nothing has."""
    findings, taken = errors_in(shape), []
    if not findings:
        taken = [each for each in ground.taken(shape) if each.refused]
        findings = [each.finding for each in taken]
    if not findings:
        return None
    if detail := too_detailed(shape):
        return Mending(shape, findings, taken, None, detail[0].remedy)
    try:
        repaired = fitted(shape, ground)
        changed_m2 = differing_m2(shape, repaired) if repaired else 0.0
    except (boundary.TooComplex, boundary.NotABoundary) as problem:
        return Mending(shape, findings, taken, None, str(problem))
    except shapely.errors.GEOSException:
        return Mending(shape, findings, taken, None, NOT_HERE)
    return Mending(shape, findings, taken, repaired, "" if repaired else NOTHING_LEFT, changed_m2)


def fitted(shape: BaseGeometry, ground: Ground) -> MultiPolygon | None:
    """Valid, inside the area and clear of its kind; None when nothing of it is. Raises TooComplex, NotABoundary."""
    valid = boundary.as_multipolygon(shape) if shape.is_valid else boundary.repair(shape).geometry
    if not any(each.refused for each in ground.taken(valid)):
        return valid
    left = ground.cut_back(valid)
    if left.is_empty:
        return None
    kept = boundary.from_wkb(boundary.canonical(left))
    return None if any(each.refused for each in ground.taken(kept)) else kept
