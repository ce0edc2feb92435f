"""Which coordinates a shape came in, told by their size: what a file says of itself is often wrong."""

from dataclasses import dataclass
from typing import Literal

from geodata.crs import Floats
from geodata.findings import Unreadable

System = Literal["EPSG:4326", "EPSG:27700"]


@dataclass(frozen=True)
class Window:
    """A rectangle of coordinates, edges included."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, points: Floats) -> bool:
        """Whether every point, shape (n, 2), is inside."""
        low, high = (self.west, self.south), (self.east, self.north)
        return bool(((points >= low) & (points <= high)).all())


DEGREES = Window(-180, -90, 180, 90)
# Great Britain with its islands: Rockall is left out, the Isles of Scilly, Lowestoft and Out Stack are in.
BRITAIN_DEGREES = Window(-9.0, 49.8, 2.1, 61.0)
GRID = Window(180, 180, 700_000, 1_300_000)
BRITAIN_MERCATOR = Window(-1_002_000, 6_400_000, 234_000, 8_580_000)


def system(points: Floats) -> System:
    """The reference system of points, shape (n, 2), in the order easting, northing or longitude, latitude.

    Raises Unreadable when it is neither WGS84 degrees nor British National Grid metres in Great Britain.
    """
    if BRITAIN_DEGREES.holds(points):
        return "EPSG:4326"
    if GRID.holds(points):
        return "EPSG:27700"
    raise Unreadable(_sentence(points))


def _sentence(points: Floats) -> str:
    turned = points[:, ::-1]
    if BRITAIN_DEGREES.holds(turned):
        return "The coordinates are latitude then longitude: swap them so that longitude comes first."
    if GRID.holds(turned):
        return "The coordinates are northing then easting: swap them so that easting comes first."
    if BRITAIN_MERCATOR.holds(points):
        return "The coordinates are web map metres (EPSG:3857): export as WGS84 or British National Grid."
    if DEGREES.holds(points):
        lon, lat = next(point for point in points if not BRITAIN_DEGREES.holds(point[None]))
        where = f"longitude {lon:.4f}, latitude {lat:.4f}"
        return f"The point at {where} is outside Great Britain: check where you drew it."
    x, y = next((point for point in points if not GRID.holds(point[None])), points[0])
    return (
        f"The point at {x:.7g}, {y:.7g} is out of range: export the file as longitude and latitude (WGS84) "
        "or as British National Grid metres."
    )
