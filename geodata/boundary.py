"""One boundary: what is wrong with it and where, how to repair it, how large it is. EPSG:27700 metres."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geodata import outline, parts, segments
from geodata.crs import GRID_STEP_M
from geodata.evenodd import changed_m2
from geodata.findings import Finding, Place, explain
from geodata.wkb import NotABoundary, as_multipolygon, canonical, from_wkb, is_finite, is_valid, vertex_count
from geodata.woven import TooComplex

__all__ = [
    "NotABoundary",
    "Repair",
    "TooComplex",
    "as_multipolygon",
    "canonical",
    "check",
    "from_wkb",
    "hectares",
    "is_valid",
    "repair",
    "vertex_count",
]

# West of Scilly, south of the Lizard, east of Lowestoft and north of Berwick, each with a little sea.
ENGLAND_M = (80_000.0, 5_000.0, 656_500.0, 658_000.0)
SMALL_HECTARES = 1.0
LARGE_HECTARES = 50_000.0

# make_valid by structure takes 2 ms for 5,000 vertices of an ordinary outline, but its time follows the
# crossings of a scribble: 0.1 s for 6,000 of them, 17 s for 400,000.
MAX_REPAIR_VERTICES = 5_000
MAX_REPAIR_CROSSINGS = 20_000


@dataclass(frozen=True)
class Repair:
    """A valid shape in place of an invalid one.

    `change_m2` is the ground, in square metres, that only one of the two covers: the outline as drawn, by the
    even-odd rule (`geodata.evenodd`), or `geometry`. `parts` is how many separate parts `geometry` has.
    """

    geometry: MultiPolygon
    change_m2: float
    parts: int


def hectares(geometry: BaseGeometry) -> float:
    """The area in hectares (10,000 square metres)."""
    return float(geometry.area) / 10_000


def check(geometry: BaseGeometry | None) -> list[Finding]:
    """Everything found in a shape, errors first; [] when all is well. Never raises, however broken it is."""
    if geometry is None or geometry.is_empty:
        return [Finding("missing geometry", "error", "There is no shape here.", None, "Draw the area.")]
    if not isinstance(geometry, Polygon | MultiPolygon):
        message = f"This is a {_kind(geometry)}, not an area."
        return [Finding("Unexpected geom type", "error", message, None, "Draw the outline of an area.")]
    if not is_finite(geometry):
        wrong, remedy = explain("Invalid Coordinate")
        return [Finding("invalid coordinates", "error", wrong + ".", None, remedy)]
    looks = (
        *(_invalid, _outside_england, _size, parts.oddities),
        *(outline.spikes, outline.repeated, outline.coarse, outline.detailed),
    )
    return [finding for look in looks for finding in look(geometry)]


def repair(geometry: BaseGeometry) -> Repair:
    """A valid shape as near as can be to an invalid one, for the person to accept or not.

    Raises TooComplex above 5,000 vertices or 20,000 crossings, and NotABoundary when nothing with an area is
    left.
    """
    if shapely.get_num_coordinates(geometry) > MAX_REPAIR_VERTICES:
        raise TooComplex(
            f"The outline has more than {MAX_REPAIR_VERTICES:,} points, too many to repair here: "
            "mend the marked place in the program that drew it, then upload it again."
        )
    if not is_finite(geometry):
        raise NotABoundary("The outline has a point that is not a place on any map: draw it again.")
    if _is_tangled(geometry):
        raise TooComplex("The outline crosses itself too many times to repair: draw it again.")
    made = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    mended = as_multipolygon(shapely.set_precision(made, GRID_STEP_M))
    if mended.is_empty:
        raise NotABoundary("The outline encloses no area, so there is nothing to repair: draw it again.")
    return Repair(mended, _changed(geometry, made), len(mended.geoms))


def _changed(drawn: BaseGeometry, made: BaseGeometry) -> float:
    try:
        return changed_m2(drawn, made)
    except shapely.errors.GEOSException as error:
        raise TooComplex("What the outline covers cannot be told: draw it again.") from error


def _kind(geometry: BaseGeometry) -> str:
    names = {"Point": "point", "MultiPoint": "set of points", "LineString": "line", "LinearRing": "line"}
    return names.get(
        geometry.geom_type, "set of lines" if "Line" in geometry.geom_type else "mixture of shapes"
    )


def _invalid(geometry: BaseGeometry) -> Iterator[Finding]:
    if geometry.is_valid:
        return
    reason, _, place = shapely.is_valid_reason(geometry).partition("[")
    wrong, remedy = explain(reason)
    at = _place(place)
    where = f" at easting {at[0]:.0f}, northing {at[1]:.0f}" if at else ""
    yield Finding("invalid geometry", "error", f"{wrong}{where}.", at, remedy)


def _place(words: str) -> Place | None:
    """GEOS writes the place after its reason, as in `Self-intersection[450000.5 190000]`."""
    try:
        east, north = (float(word) for word in words.rstrip("]").split()[:2])
    except ValueError:
        return None
    return (east, north)


def _outside_england(geometry: BaseGeometry) -> Iterator[Finding]:
    points = shapely.get_coordinates(geometry)
    west, south, east, north = ENGLAND_M
    outside = (points < (west, south)).any(axis=1) | (points > (east, north)).any(axis=1)
    if outside.any():
        place = points[int(np.argmax(outside))]
        yield Finding(
            "OSGB out of bounds of England",
            "warning",
            f"Part of the area lies farther {_way(place)} than any land in England, at easting "
            f"{place[0]:.0f}, northing {place[1]:.0f}.",
            (float(place[0]), float(place[1])),
            "Check that the area is in the right place.",
        )


def _way(place: NDArray[np.float64]) -> str:
    west, south, _, north = ENGLAND_M
    if place[1] > north:
        return "north"
    return "south" if place[1] < south else "west" if place[0] < west else "east"


def _size(geometry: BaseGeometry) -> Iterator[Finding]:
    if not geometry.is_valid:
        return  # what a crossed outline encloses is not known
    size = hectares(geometry)
    if size < SMALL_HECTARES:
        message = f"The area is {size:.2f} hectares, smaller than most fields."
        yield Finding("very small area", "warning", message, None, "Check that this is the whole area.")
    if size > LARGE_HECTARES:
        message = f"The area is {size:,.0f} hectares, larger than nearly every neighbourhood area."
        yield Finding("very large area", "warning", message, None, "Check that this is the area you mean.")


def _is_tangled(geometry: BaseGeometry) -> bool:
    lines = segments.of_rings(geometry)
    return segments.cross_more_than(2 * MAX_REPAIR_CROSSINGS, lines, lines)  # each crossing is met twice
