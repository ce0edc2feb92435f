"""What a map without JavaScript shows, and where its picture was clicked: the picture is a button of a form. EPSG:27700
metres."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from shapely.geometry.base import BaseGeometry

from geodata.coordinates import GRID
from geodata.view import View

SIZES = {288: 288, 600: 420}  # px wide: px high; the smaller fits a page of 320 px
CLOSEST_M, FURTHEST_M = 100.0, 1_000_000.0
ROOM = 1.15
ZOOM, PAN = 2.0, 0.5
WAYS = {"north": (0, PAN), "south": (0, -PAN), "east": (PAN, 0), "west": (-PAN, 0)}
NO_CLICK = (0, 0)  # what Enter sends

Click = tuple[int, int]


@dataclass(frozen=True)
class Window:
    """What is in view: the middle, and how many metres the shorter side of the picture is."""

    easting: float
    northing: float
    span_m: float

    @classmethod
    def read(cls, text: str) -> "Window | None":
        """From "easting,northing,metres"; None where that is no place in Great Britain."""
        try:
            easting, northing, span = (float(part) for part in text.split(","))
        except ValueError:
            return None
        inside = bool(GRID.holds(np.array([[easting, northing]])))
        return cls(easting, northing, span) if inside and CLOSEST_M <= span <= FURTHEST_M else None

    @classmethod
    def of(cls, extent: BaseGeometry) -> "Window":
        west, south, east, north = extent.bounds
        return cls((west + east) / 2, (south + north) / 2, bounded(max(east - west, north - south) * ROOM))

    def __str__(self) -> str:
        return f"{self.easting:.0f},{self.northing:.0f},{self.span_m:.0f}"

    def view(self, width: int) -> View:
        e, n, half = self.easting, self.northing, self.span_m / 2
        return View((e - half, n - half, e + half, n + half), width, SIZES[width])

    def closer(self, by: float) -> "Window":
        return replace(self, span_m=bounded(self.span_m / by))

    def moved(self, do: str) -> "Window":
        """Closer, further away, or half a view to one side; as it was for any other word."""
        if do in WAYS:
            east, north = (share * self.span_m for share in WAYS[do])
            moved = replace(self, easting=self.easting + east, northing=self.northing + north)
            return Window.read(str(moved)) or self
        return self.closer({"closer": ZOOM, "further": 1 / ZOOM}.get(do, 1.0))


def bounded(span_m: float) -> float:
    return min(max(span_m, CLOSEST_M), FURTHEST_M)


def click_on(form: Mapping[str, str], name: str, width: int) -> Click | None:
    """Where the picture button of this name was clicked: NO_CLICK for Enter and for what cannot be one; None where
    another button was used."""
    given = [form.get(f"{name}.{axis}", "") for axis in "xy"]
    if not all(given):
        return None
    if not all(n.isascii() and n.isdecimal() and len(n) < 6 for n in given):
        return NO_CLICK
    x, y = int(given[0]), int(given[1])
    return (x, y) if x <= width and y <= SIZES[width] else NO_CLICK
