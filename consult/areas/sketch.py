"""An outline that is being clicked together: its points, what is in view, and what each button makes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from consult.areas.edges import Edge, Spot, as_spot, caught, followed
from geodata import crs
from geodata.coordinates import GRID
from geodata.drawing import View

SIZES = {288: 288, 600: 420}  # px wide: px high; the smaller fits a page of 320 px
MOST_POINTS = 2_000
MOST_CHARACTERS = 30 * MOST_POINTS
MOST_DRAWN = 150  # what the address of the drawing has room for
CATCH_PX = 10
ZOOM = 2.0
PAN = 0.5
CLOSEST_M, FURTHEST_M = 100.0, 1_000_000.0
WAYS = {"north": (0, PAN), "south": (0, -PAN), "east": (PAN, 0), "west": (-PAN, 0)}
TOO_MANY = f"An outline drawn here has at most {MOST_POINTS:,} points: upload a file instead."
NOT_A_PLACE = (
    "Write the point as easting and northing, such as 450123 200456, "
    "or as longitude and latitude, such as -1.46 52.18."
)
OUTSIDE = "That point is outside Great Britain."


@dataclass(frozen=True)
class Look:
    """What is in view: the middle, and how many metres the shorter side of the drawing is."""

    easting: float
    northing: float
    span_m: float

    @classmethod
    def read(cls, text: str) -> "Look | None":
        try:
            easting, northing, span = (float(part) for part in text.split("_"))
        except ValueError:
            return None
        inside = bool(GRID.holds(np.array([[easting, northing]])))
        return cls(easting, northing, span) if inside and CLOSEST_M <= span <= FURTHEST_M else None

    @classmethod
    def of(cls, extent: BaseGeometry) -> "Look":
        west, south, east, north = extent.bounds
        span = max(east - west, north - south) * 1.15
        return cls((west + east) / 2, (south + north) / 2, min(max(span, CLOSEST_M), FURTHEST_M))

    def __str__(self) -> str:
        return f"{self.easting:.0f}_{self.northing:.0f}_{self.span_m:.0f}"

    def view(self, width: int) -> View:
        e, n, half = self.easting, self.northing, self.span_m / 2
        return View((e - half, n - half, e + half, n + half), width, SIZES[width])

    def moved(self, do: str) -> "Look":
        """Closer, further away, or half a view to one side; as it was for any other word."""
        if do in WAYS:
            east, north = (share * self.span_m for share in WAYS[do])
            moved = replace(self, easting=self.easting + east, northing=self.northing + north)
            return Look.read(str(moved)) or self
        by = {"closer": 1 / ZOOM, "further": ZOOM}.get(do, 1.0)
        return replace(self, span_m=min(max(self.span_m * by, CLOSEST_M), FURTHEST_M))


@dataclass(frozen=True)
class Sketch:
    points: tuple[Spot, ...]
    look: Look

    @classmethod
    def read(cls, given: Mapping[str, str], extent: BaseGeometry) -> "Sketch":
        """From the fields `points` ("450123_200456 …") and `view`; whatever is not a point there is left out."""
        words = given.get("points", "")[:MOST_CHARACTERS].split()
        found = tuple(spot for word in words[:MOST_POINTS] if (spot := spot_of(word.split("_"))))
        return cls(found, Look.read(given.get("view", "")) or Look.of(extent))

    def __str__(self) -> str:
        return " ".join(f"{east:.3f}_{north:.3f}" for east, north in self.points)

    @property
    def drawn(self) -> str:
        """As much as a drawing of it needs: whole metres, and no more points than its address has room for."""
        every = -(-len(self.points) // MOST_DRAWN) or 1
        return " ".join(f"{east:.0f}_{north:.0f}" for east, north in self.points[::every])

    def after(
        self, form: Mapping[str, str], extent: BaseGeometry, edges: Sequence[Edge]
    ) -> tuple["Sketch", str]:
        """What a button or a click makes of it, and what to say of that."""
        do = form.get("do", "")
        if do == "back":
            return replace(self, points=self.points[:-1]), "The last point is taken back."
        if do == "again":
            return replace(self, points=()), "All points are taken away."
        if do == "whole":
            return replace(self, look=Look.of(extent)), ""
        if do:
            return replace(self, look=self.look.moved(do)), ""
        if form.get("at", "").strip():
            spot = place_of(form["at"])
            return self.with_point(spot, [], 0) if spot else (self, NOT_A_PLACE)
        for width in SIZES:
            if (click := click_on(form, width)) is not None:
                view = self.look.view(width)
                return self.with_point(as_spot(view.to_grid(*click)), edges, CATCH_PX * view.metres_per_px)
        return self, ""

    def with_point(self, spot: Spot, edges: Sequence[Edge], reach_m: float) -> tuple["Sketch", str]:
        if spot_of([str(part) for part in spot]) is None:
            return self, OUTSIDE
        at, whose = caught(edges, spot, reach_m)
        if self.points and at == self.points[-1]:
            return self, "There is a point here already."
        along = followed(edges, self.points[-1], at) if self.points and whose else []
        more = (*self.points, *along, at)
        if len(more) > MOST_POINTS:
            return self, TOO_MANY
        words = f"Point {len(more)} is on the map"
        words += f", on the edge of {whose}" if whose else ""
        words += f", which is followed for {len(along)} points" if along else ""
        return replace(self, points=more), f"{words}."

    @property
    def places(self) -> list[str]:
        return [f"{east:.0f}, {north:.0f}" for east, north in self.points]


def spot_of(parts: Sequence[str]) -> Spot | None:
    """Easting and northing in Great Britain, to the millimetre."""
    try:
        east, north = (round(float(part), 3) for part in parts)
    except (ValueError, OverflowError):
        return None
    return (east, north) if bool(GRID.holds(np.array([[east, north]]))) else None


def place_of(text: str) -> Spot | None:
    """What somebody typed: metres on the National Grid, or degrees of longitude and latitude."""
    parts = text[:60].replace(",", " ").split()
    try:
        first, second = (float(part) for part in parts)
        if abs(first) <= 180 and abs(second) <= 90:
            return as_spot(shapely.get_coordinates(crs.to_grid(shapely.Point(first, second)))[0])
    except (ValueError, crs.OutsideGreatBritain):
        return None
    return spot_of(parts)


def click_on(form: Mapping[str, Any], width: int) -> tuple[int, int] | None:
    """Where the drawing was clicked. (0, 0) is what Enter sends: not a click."""
    given = [form.get(f"map{width}.{axis}", "") for axis in "xy"]
    if not all(n.isascii() and n.isdecimal() and len(n) < 6 for n in given):
        return None
    x, y = int(given[0]), int(given[1])
    return (x, y) if (x, y) != (0, 0) and x <= width and y <= SIZES[width] else None
