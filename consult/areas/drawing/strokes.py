"""What the points of a sketch are used for: a part, a hole, a cut; a part taken away, the whole moved. The same as the
editor's buttons do, worked out by the same functions (`geodata.shaping`). EPSG:27700 metres."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from consult.areas.outline.edges import Spot
from geodata import shaping
from geodata.boundary import is_valid
from geodata.shaping import CannotShape

CROSSES = "The line of points crosses itself: take points back until it does not."


@dataclass(frozen=True)
class Stroke:
    """A button that uses up the points: `least` to `most` of them, on a shape or, if it `begins` one, without."""

    text: str
    done: str
    least: int
    most: int | None
    act: Callable[[BaseGeometry, Sequence[Spot]], BaseGeometry]
    begins: bool = False

    def takes(self, shape: BaseGeometry | None, points: Sequence[Spot]) -> bool:
        enough = self.least <= len(points) and (self.most is None or len(points) <= self.most)
        return enough and (shape is None) == self.begins


def ring(points: Sequence[Spot]) -> Polygon:
    drawn = Polygon(points)
    if not is_valid(drawn):
        raise CannotShape(CROSSES)
    return drawn


def pieces(shape: BaseGeometry, points: Sequence[Spot]) -> MultiPolygon:
    """They lie against each other, so the shape is not valid until one of them goes or they are joined."""
    cut = shaping.cut(shape, LineString(points))
    return MultiPolygon([part for piece in cut for part in piece.geoms])


def without(shape: BaseGeometry, at: Spot) -> BaseGeometry:
    """The shape without the hole or the part at a spot. Parts may lie against each other, as after a cut."""
    parts, point = list(shapely.get_parts(shape)), Point(at)
    under = [part for part in parts if part.intersects(point)]
    if not under:
        return filled(parts, point)
    left = [part for part in parts if part is not under[-1]]
    if not left:
        raise CannotShape("This is the only part: to take all of it away, choose “Take the outline away”.")
    return MultiPolygon(left)


def filled(parts: Sequence[Polygon], point: Point) -> MultiPolygon:
    """The parts without the smallest hole around a point."""
    holes = [hole for part in parts for hole in part.interiors if Polygon(hole).intersects(point)]
    if not holes:
        raise CannotShape("There is no part and no hole at that point: put it inside one.")
    goes = min(holes, key=lambda hole: float(Polygon(hole).area))
    return MultiPolygon(
        [Polygon(part.exterior, [hole for hole in part.interiors if not hole.equals(goes)]) for part in parts]
    )


def moved(shape: BaseGeometry, points: Sequence[Spot]) -> MultiPolygon:
    (east, north), (to_east, to_north) = points
    return shaping.move(shape, to_east - east, to_north - north)


STROKES = {
    "begin": Stroke(
        "Make this the outline", "The outline is drawn.", 3, None, lambda _, points: ring(points), begins=True
    ),
    "remove": Stroke(
        "Delete the part or fill the hole there",
        "It is taken away.",
        1,
        1,
        lambda shape, points: without(shape, points[0]),
    ),
    "move": Stroke("Move the whole outline from point 1 to point 2", "The outline is moved.", 2, 2, moved),
    "part": Stroke(
        "Add this as another part",
        "The part is added.",
        3,
        None,
        lambda shape, points: shaping.add_part(shape, ring(points)),
    ),
    "hole": Stroke(
        "Make this a hole",
        "The hole is in the outline.",
        3,
        None,
        lambda shape, points: shaping.add_hole(shape, ring(points)),
    ),
    "cut": Stroke(
        "Cut the outline along these points",
        "The outline is cut. Put a point into the piece that goes, and delete it.",
        2,
        None,
        pieces,
    ),
}
