"""An outline that is being clicked together: its shape so far, the points of the next stroke, what is in view, and what
each button makes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from consult.areas.drawing.strokes import STROKES
from consult.areas.outline import outlines
from consult.areas.outline.choosing import MOST_POINTS as MOST_OF_A_SHAPE
from consult.areas.outline.edges import Edge, Spot, as_spot, caught, followed
from consult.web.windows import NO_CLICK, SIZES, Window, click_on
from geodata import crs, shaping
from geodata.coordinates import GRID
from geodata.findings import Unreadable
from geodata.reading import read_geojson
from geodata.shaping import CannotShape

MOST_POINTS = 2_000
MOST_CHARACTERS = 30 * MOST_POINTS
CATCH_PX = 10
TOO_MANY = f"A line drawn here has at most {MOST_POINTS:,} points: upload a file instead."
NOT_A_PLACE = (
    "Write the point as easting and northing, such as 450123 200456, "
    "or as longitude and latitude, such as -1.46 52.18."
)
NOT_A_DISTANCE = (
    "Write how many metres to the east and to the north, such as 12.5 and -3; minus is west and south."
)
OUTSIDE = "That point is outside Great Britain."
LOST = "The outline that the page carried could not be read, so it begins anew."


@dataclass(frozen=True)
class Sketch:
    """`before` is the shape before the last stroke, which can be taken back."""

    points: tuple[Spot, ...]
    window: Window
    shape: BaseGeometry | None = None
    before: BaseGeometry | None = None

    @classmethod
    def read(cls, given: Mapping[str, str], extent: BaseGeometry) -> "Sketch":
        """From the fields `points` ("450123_200456 …"), `view`, `shape` and `before` (GeoJSON); whatever is not a point
        there is left out. Raises Unreadable for a shape."""
        words = given.get("points", "")[:MOST_CHARACTERS].split()
        found = tuple(spot for word in words[:MOST_POINTS] if (spot := spot_of(word.split("_"))))
        shape, before = (shape_of(given.get(name, "")) for name in ("shape", "before"))
        window = Window.read(given.get("view", "")) or Window.of(shape if shape is not None else extent)
        return cls(found, window, shape, before)

    def __str__(self) -> str:
        return " ".join(f"{east:.3f}_{north:.3f}" for east, north in self.points)

    @property
    def shape_text(self) -> str:
        return outlines.as_text(self.shape) if self.shape is not None else ""

    @property
    def before_text(self) -> str:
        return outlines.as_text(self.before) if self.before is not None else ""

    @property
    def parts(self) -> int:
        return int(shapely.get_num_geometries(self.shape)) if self.shape is not None else 0

    @property
    def strokes(self) -> dict[str, str]:
        """The buttons that can use these points, with their words."""
        return {
            name: stroke.text for name, stroke in STROKES.items() if stroke.takes(self.shape, self.points)
        }

    @property
    def places(self) -> list[str]:
        return [f"{east:.0f}, {north:.0f}" for east, north in self.points]

    def after(
        self,
        form: Mapping[str, str],
        extent: BaseGeometry,
        edges: Sequence[Edge],
        saved: BaseGeometry | None = None,
    ) -> tuple["Sketch", str]:
        """What a button or a click makes of it, and what to say of that. `saved` is the outline saved last."""
        do = form.get("do", "")
        try:
            if do in STROKES:
                return self.used(do)
            if do == "join" and self.shape is not None:
                joined = shaping.join(list(shapely.get_parts(self.shape)))
                return self.shaped(joined), "What touches is joined."
            if do == "by" or (not do and (form.get("east", "").strip() or form.get("north", "").strip())):
                return self.moved_by(form.get("east", ""), form.get("north", ""))
        except CannotShape as problem:
            return self, str(problem)
        if do:
            return self.changed(do, extent, saved)
        if form.get("at", "").strip():
            spot = place_of(form["at"])
            return self.with_point(spot, [], 0) if spot else (self, NOT_A_PLACE)
        return self.clicked(form, edges)

    def used(self, do: str) -> tuple["Sketch", str]:
        """The points are used up by a stroke. Raises CannotShape."""
        stroke = STROKES[do]
        if not stroke.takes(self.shape, self.points):
            return self, "These points cannot be used for that: look at the buttons that are there now."
        made = stroke.act(self.shape, self.points)
        if int(shapely.get_num_coordinates(made)) > MOST_OF_A_SHAPE:
            raise CannotShape(f"An outline has at most {MOST_OF_A_SHAPE:,} points.")
        return self.shaped(made), stroke.done

    def shaped(self, made: BaseGeometry | None) -> "Sketch":
        return replace(self, points=(), shape=made, before=self.shape)

    def moved_by(self, east: str, north: str) -> tuple["Sketch", str]:
        """Raises CannotShape."""
        try:
            metres = [float(text.replace(",", "") or 0) for text in (east[:20], north[:20])]
        except ValueError:
            return self, NOT_A_DISTANCE
        if self.shape is None:
            return self, "There is no outline to move yet."
        made = shaping.move(self.shape, metres[0], metres[1])
        return replace(self, shape=made, before=self.shape), "The outline is moved."

    def changed(self, do: str, extent: BaseGeometry, saved: BaseGeometry | None) -> tuple["Sketch", str]:
        """What takes something back, begins again, or only looks elsewhere."""
        if do == "back":
            return replace(self, points=self.points[:-1]), "The last point is taken back."
        if do == "again":
            return replace(self, points=()), "All points are taken away."
        if do == "nothing":
            return self.shaped(None), "The outline is taken away."
        if do == "undo" and self.before is not None:
            return replace(self, shape=self.before, before=self.shape), "The last change is undone."
        if do == "saved" and saved is not None:
            return replace(self.shaped(saved), window=Window.of(saved)), "This is the outline saved last."
        if do == "whole":
            return replace(self, window=Window.of(self.shape if self.shape is not None else extent)), ""
        return replace(self, window=self.window.moved(do)), ""

    def clicked(self, form: Mapping[str, str], edges: Sequence[Edge]) -> tuple["Sketch", str]:
        for width in SIZES:
            click = click_on(form, f"map{width}", width)
            if click is not None and click != NO_CLICK:
                view = self.window.view(width)
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


def shape_of(text: str) -> BaseGeometry | None:
    """The shape that the page carries; parts may lie against each other, as after a cut. Raises Unreadable."""
    if not text:
        return None
    data = text.encode("utf-8", "replace")
    found = read_geojson(data, max_bytes=outlines.MOST_BYTES, max_vertices=MOST_OF_A_SHAPE).features
    if len(found) != 1:
        raise Unreadable(LOST)
    return found[0].geometry


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
