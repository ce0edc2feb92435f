"""Which coordinates a shape came in, told by their size: what a file says of itself is often wrong."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata import crs
from geodata.crs import Floats
from geodata.findings import Unreadable

System = Literal["EPSG:4326", "EPSG:27700", "EPSG:3857"]
WORDS: dict[System, str] = {
    "EPSG:4326": "longitude and latitude",
    "EPSG:27700": "National Grid metres",
    "EPSG:3857": "web map metres",
}


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
WINDOWS: dict[System, Window] = {
    "EPSG:4326": BRITAIN_DEGREES,
    "EPSG:27700": GRID,
    "EPSG:3857": BRITAIN_MERCATOR,
}

MERCATOR_RADIUS_M = 6_378_137.0

# Easting and northing are of one size, so only the place tells their order. England to about 10 km, in km, from
# Scilly up the west coast and the borders to Berwick, and down the east coast to the Lizard.
_ENGLAND_KM = [
    (75, 0), (75, 25), (150, 62), (205, 155), (345, 175), (338, 240), (312, 262), (312, 345), (312, 400),
    (318, 440), (300, 460), (286, 515), (310, 560), (345, 595), (360, 612), (380, 640), (392, 668), (412, 668),
    (448, 570), (505, 515), (540, 470), (560, 410), (575, 355), (630, 355), (668, 295), (652, 240), (652, 165),
    (620, 105), (565, 85), (450, 66), (360, 60), (290, 26), (175, 0),
]  # fmt: skip
ENGLAND = shapely.Polygon(np.array(_ENGLAND_KM, dtype=np.float64) * 1000)
# The land of Wales and of southern Scotland, roughly: turned round, much of it would lie in England.
OTHER_LAND = shapely.unary_union(
    [
        shapely.box(170_000, 195_000, 325_000, 250_000),
        shapely.box(205_000, 250_000, 325_000, 395_000),
        shapely.box(190_000, 530_000, 420_000, 700_000),
        shapely.box(0, 700_000, 480_000, 1_220_000),
    ]
)


@dataclass(frozen=True)
class Coordinates:
    """How points were given: in what system, and whether the second of each pair was put first."""

    system: System
    turned: bool

    @property
    def said(self) -> str:
        """What to tell the person of it, or nothing when it is as it should be."""
        if self.turned and self.system == "EPSG:4326":
            return "The file gives latitude before longitude, so we turned each point round."
        if self.turned:
            return "The file gives northing before easting, so we turned each point round."
        if self.system == "EPSG:3857":
            return "The file is in web map metres (EPSG:3857), so we worked out longitude and latitude from them."
        return ""

    def refuse_unless_exact(self) -> None:
        """Raises Unreadable for what would have to be put right before it could be read."""
        if self.turned:
            first, second = (
                ("longitude", "latitude") if self.system == "EPSG:4326" else ("easting", "northing")
            )
            raise Unreadable(
                f"The coordinates are {second} then {first}: swap them so that {first} comes first."
            )
        if self.system == "EPSG:3857":
            raise Unreadable(
                "The coordinates are web map metres (EPSG:3857): export as WGS84 or British National Grid."
            )

    def on_grid(self, geometry: BaseGeometry) -> BaseGeometry:
        """A geometry given like this, in EPSG:27700 at 1 mm. Raises crs.OutsideGreatBritain."""
        if self.turned:
            geometry = shapely.transform(geometry, lambda points: points[:, ::-1])
        if self.system == "EPSG:27700":
            crs.to_wgs84(geometry)
            return crs.snapped(geometry)
        return crs.to_grid(
            shapely.transform(geometry, off_the_web_map) if self.system == "EPSG:3857" else geometry
        )


def off_the_web_map(points: Floats) -> Floats:
    """Web Mercator metres (EPSG:3857, a sphere of the WGS84 equator's radius) -> longitude and latitude, exactly."""
    east, north = points[:, 0] / MERCATOR_RADIUS_M, points[:, 1] / MERCATOR_RADIUS_M
    return np.degrees(np.column_stack([east, np.arctan(np.sinh(north))]))


def recognised(points: Floats) -> Coordinates:
    """How points, shape (n, 2), were given, in Great Britain.

    planning.data.gov.uk calls what is recognised here “WGS84 flipped”, “OSGB flipped”, “Mercator” and “Mercator
    flipped”. Raises Unreadable when it is none of these, or when two are as likely.
    """
    flipped = points[:, ::-1]
    for system, window in WINDOWS.items():
        as_given, turned = window.holds(points), window.holds(flipped)
        if system == "EPSG:27700" and as_given and turned:
            return Coordinates(system, _northing_first(points, flipped))
        if as_given or turned:
            return Coordinates(system, not as_given)
    raise Unreadable(_sentence(points))


def of_all(groups: list[tuple[str, Floats]]) -> Coordinates:
    """How the points of several labelled shapes were given, all in one way. Raises Unreadable."""
    together = np.concatenate([points for _, points in groups])
    try:
        return recognised(together)
    except Unreadable:
        _refuse_mixture(groups)
        raise


def _refuse_mixture(groups: list[tuple[str, Floats]]) -> None:
    first: dict[System, str] = {}
    for label, points in groups:
        for system, window in WINDOWS.items():
            if window.holds(points) or window.holds(points[:, ::-1]):
                first.setdefault(system, label)
    if len(first) > 1:
        (one, here), (other, there) = list(first.items())[:2]
        raise Unreadable(
            f"This file mixes {WORDS[one]} (in {_inside(here)}) with {WORDS[other]} (in {_inside(there)}): "
            "export it again in one of them."
        )


def _inside(label: str) -> str:
    return label[:1].lower() + label[1:]


def _northing_first(points: Floats, flipped: Floats) -> bool:
    if _within(ENGLAND, points) or not _within(ENGLAND, flipped):
        return False
    if shapely.intersects_xy(OTHER_LAND, points[:, 0], points[:, 1]).any():
        raise Unreadable(
            "The coordinates can be read as a place in England, northing first, or elsewhere in Great Britain, "
            "easting first: export the file as longitude and latitude (WGS84)."
        )
    return True


def _within(land: shapely.Polygon, points: Floats) -> bool:
    return bool(shapely.intersects_xy(land, points[:, 0], points[:, 1]).all())


def _sentence(points: Floats) -> str:
    if DEGREES.holds(points):
        lon, lat = next(point for point in points if not BRITAIN_DEGREES.holds(point[None]))
        where = f"longitude {lon:.4f}, latitude {lat:.4f}"
        return f"The point at {where} is outside Great Britain: check where you drew it."
    x, y = next((point for point in points if not GRID.holds(point[None])), points[0])
    return (
        f"The point at {x:.7g}, {y:.7g} is out of range: export the file as longitude and latitude (WGS84) "
        "or as British National Grid metres."
    )
