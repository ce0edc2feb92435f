"""No two areas on the register overlap; sharing an edge is fine. All in EPSG:27700 metres, all shapes valid.

Two areas *overlap* when what they share is more than 1 m wide somewhere: whether their interiors meet is
asked first (DE-9IM `T********`), and only where they do is the shared part made and opened by half a metre.
What then vanishes is a *sliver*. Where the interiors meet by so little that the shared part has no area in the
numbers that a computer has, nothing is shared. An area threshold fails both ways; width tells a redrawn edge from taken
land.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

import numpy as np
import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geodata.boundary import check, repair
from geodata.pairs import INTERIORS_MEET, Geometries, Indexes, beside, meeting
from geodata.widths import wider_than
from geodata.wkb import NotABoundary, are_valid, as_multipolygon
from geodata.woven import MOST_CROSSINGS, TooComplex, refuse_woven

OVERLAP_WIDTH_M = 1.0
# Shared vertices of boundaries kept to the millimetre stay exactly shared on a millimetre grid.
SNAP_GRID_M = 0.001
WIDTH_ERROR_SHARE = 0.002
PLAIN_POINTS = 40
PLAIN_ROUNDNESS = 0.008  # a tenth of a circle's: a strip nine times as long as it is wide
HALVINGS = 7

Kind = Literal["overlap", "sliver"]


@dataclass(frozen=True)
class Clash:
    """What a new area shares with `others[index]`.

    `geometry` is the shared part, `area_m2` its area, and `width_m` the diameter of the largest circle that
    fits in it: within 0.5 % for an overlap, within 1 cm for a sliver.
    """

    index: int
    kind: Kind
    area_m2: float
    width_m: float
    geometry: MultiPolygon


@dataclass(frozen=True)
class Pair:
    """Two areas that share ground: their names, the area in square metres and the width in metres."""

    a: str
    b: str
    area_m2: float
    width_m: float


@dataclass(frozen=True)
class Invalid:
    """An area that is not valid: its name, why in plain words, and where (easting, northing)."""

    name: str
    reason: str
    at: tuple[float, float] | None


@dataclass(frozen=True)
class Audit:
    """Every pair among `n` areas that shares ground, and every area that is not valid."""

    n: int
    overlaps: tuple[Pair, ...]
    slivers: tuple[Pair, ...]
    invalid: tuple[Invalid, ...]

    @property
    def is_clean(self) -> bool:
        return not self.overlaps and not self.invalid

    def as_dict(self) -> dict[str, object]:
        """The audit in the shape that `flask geodata audit --json` prints."""
        return asdict(self)


def clashes(new: BaseGeometry, others: Sequence[BaseGeometry] | Geometries) -> list[Clash]:
    """What `new` shares with each of `others` (candidates from an index), in their order; usually nothing.

    Raises TooComplex where their outlines cross more than 10,000 times in all.
    """
    candidates = np.asarray(others, dtype=np.object_)
    refuse_woven(new, candidates)
    shapely.prepare(new)
    hits = np.flatnonzero(shapely.relate_pattern(new, candidates, INTERIORS_MEET))
    found = (_clash(int(index), shapely.intersection(new, candidates[index])) for index in hits)
    return [clash for clash in found if not clash.geometry.is_empty]


def audit(geometries: Sequence[BaseGeometry] | Geometries, names: Sequence[str] | None = None) -> Audit:
    """Every pair in a register or file, compared once. One name for each geometry (default 1, 2, 3 …).

    An area that is not valid is reported, and compared in its repaired form where it can be repaired.
    Raises TooComplex, with their names, where two cross more than 10,000 times.
    """
    areas = np.asarray(geometries, dtype=np.object_)
    called = list(names) if names is not None else [str(number) for number in range(1, len(areas) + 1)]
    usable, invalid = _usable(areas, called)
    found: dict[Kind, list[Pair]] = {"overlap": [], "sliver": []}
    share = meeting(usable, beside(usable))  # of two that are woven too this is soon told: they meet at once
    _refuse_woven_pairs(usable, share, called)
    for i, j in share:
        clash = _clash(int(j), shapely.intersection(usable[i], usable[j]))
        if clash.geometry.is_empty:
            continue
        found[clash.kind].append(Pair(called[i], called[j], round(clash.area_m2, 3), round(clash.width_m, 3)))
    return Audit(len(areas), tuple(found["overlap"]), tuple(found["sliver"]), tuple(invalid))


def snap_to(
    new: BaseGeometry, neighbours: Sequence[BaseGeometry], tolerance_m: float = OVERLAP_WIDTH_M
) -> MultiPolygon:
    """`new` with its edge drawn to its neighbours' wherever it is within `tolerance_m`, and cut back to them.

    The promise is that nothing wider than the tolerance is shared afterwards; where the vertices match,
    nothing is. Scraps less than the tolerance wide that the cut leaves behind go too. Empty when nothing of
    `new` is left. Raises TooComplex where their outlines cross more than 10,000 times in all.
    """
    refuse_woven(new, neighbours)
    drawn = new
    for neighbour in neighbours:
        snapped = shapely.snap(drawn, neighbour, tolerance_m)
        if not snapped.is_valid:
            snapped = shapely.make_valid(snapped, method="structure", keep_collapsed=False)
        drawn = as_multipolygon(shapely.difference(snapped, neighbour, grid_size=SNAP_GRID_M))
    parts = shapely.get_parts(as_multipolygon(drawn))
    return (
        MultiPolygon(list(parts[wider_than(tolerance_m, parts)]))
        if len(parts) > 1
        else as_multipolygon(drawn)
    )


def _refuse_woven_pairs(areas: Geometries, pairs: Indexes, names: Sequence[str]) -> None:
    points = shapely.get_num_coordinates(areas)
    many = pairs[points[pairs[:, 0]] * points[pairs[:, 1]] > MOST_CROSSINGS]
    for i, j in many.tolist():
        refuse_woven(areas[i], [areas[j]], f"“{names[i]}” and “{names[j]}”")


def _clash(index: int, shared: BaseGeometry) -> Clash:
    area = as_multipolygon(shared)
    parts = shapely.get_parts(area)
    wide = parts[wider_than(OVERLAP_WIDTH_M, parts)]
    if len(wide):
        return Clash(index, "overlap", area.area, _width(wide), area)
    return Clash(index, "sliver", area.area, _sliver_width(parts), area)


def _width(parts: Geometries) -> float:
    """The diameter of the largest circle in any of the parts, within 0.5 %."""
    if _are_plain(parts):
        narrower = shapely.area(parts) / shapely.length(parts)  # than the circle's radius
        error_m = WIDTH_ERROR_SHARE / 2 * narrower
        radii = shapely.length(shapely.maximum_inscribed_circle(parts, tolerance=error_m))
        return max(OVERLAP_WIDTH_M, 2 * float(radii.max()))
    return _width_of_any(parts)


def _are_plain(parts: Geometries) -> bool:
    """Whether circles are found in them at once: few corners, and not long for their width."""
    is_round = shapely.area(parts) > PLAIN_ROUNDNESS * shapely.length(parts) ** 2
    return bool((is_round & (shapely.get_num_coordinates(parts) <= PLAIN_POINTS)).all())


def _width_of_any(parts: Geometries) -> float:
    """By eroding what has been eroded, first in doubling steps, then in halved ones.

    The largest inscribed circle of a comb of 4,001 points takes 3.6 s; here its teeth are gone after one step. What is
    left is smoothed each time: of outlines made of ever finer arcs GEOS may keep nothing, though much is left.
    """
    eroded, cores, step = 0.0, parts, OVERLAP_WIDTH_M / 2
    grows = True
    while grows or 2 * step > WIDTH_ERROR_SHARE * eroded:
        smooth = shapely.simplify(cores, WIDTH_ERROR_SHARE / 4 * eroded)
        smaller = shapely.get_parts(shapely.buffer(smooth, -step, quad_segs=8))
        left = smaller[~shapely.is_empty(smaller)]
        if len(left):
            eroded, cores = eroded + step, left
        grows = grows and len(left) > 0
        step = step * 2 if grows else step / 2
    return max(OVERLAP_WIDTH_M, 2 * (eroded + step))  # gone somewhere within the last step, of two of these


def _sliver_width(parts: Geometries) -> float:
    """By halving: the largest inscribed circle of a sliver kilometres long takes 0.1 s, this takes 4 ms."""
    low, high = 0.0, OVERLAP_WIDTH_M
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        survivors = parts[wider_than(middle, parts)]
        low, high, parts = (middle, high, survivors) if len(survivors) else (low, middle, parts)
    return low if low else high


def _usable(areas: Geometries, names: Sequence[str]) -> tuple[Geometries, list[Invalid]]:
    usable, invalid = areas.copy(), []
    for index in np.flatnonzero(~are_valid(areas)).tolist():
        area = areas[index]
        fault = next((finding for finding in check(area) if finding.severity == "error"), None)
        invalid.append(Invalid(names[index], fault.message if fault else "", fault.at if fault else None))
        usable[index] = _repaired(area)
    return usable, invalid


def _repaired(area: BaseGeometry | None) -> BaseGeometry:
    try:
        return repair(area).geometry if area is not None else MultiPolygon()
    except (TooComplex, NotABoundary):
        return MultiPolygon()
