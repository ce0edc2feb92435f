"""The edges of neighbours, for who draws without JavaScript: the spot nearest to a click, and the way along one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from geodata.crs import Floats

ON_EDGE_M = 0.01
Spot = tuple[float, float]


@dataclass(frozen=True)
class Edge:
    """One ring of a neighbour's outline, EPSG:27700."""

    name: str
    line: LineString

    def nearest(self, spot: Spot, within_m: float) -> Spot | None:
        """A corner within reach, as a shared corner must be shared exactly; else the spot on the edge."""
        corners = shapely.get_coordinates(self.line)
        away = np.hypot(*(corners - spot).T)
        if away.min() <= within_m:
            return as_spot(corners[away.argmin()])
        at = self.line.interpolate(self.line.project(Point(spot)))
        return as_spot((at.x, at.y)) if at.distance(Point(spot)) <= within_m else None

    def holds(self, spot: Spot) -> bool:
        return bool(self.line.distance(Point(spot)) <= ON_EDGE_M)

    def between(self, start: Spot, end: Spot) -> list[Spot]:
        """The corners between two spots on this edge, by the shorter way round."""
        corners = shapely.get_coordinates(self.line)[:-1]
        whole = float(self.line.length)
        first, last = (float(self.line.project(Point(spot))) for spot in (start, end))
        onward = (last - first) % whole
        if onward > whole / 2:
            return self.between(end, start)[::-1]
        measured = (steps_along(self.line)[:-1] - first) % whole
        order = [i for i in np.argsort(measured) if ON_EDGE_M < measured[i] < onward - ON_EDGE_M]
        return [as_spot(corners[i]) for i in order]


def steps_along(line: LineString) -> Floats:
    """How far along the line each of its corners lies, in metres."""
    corners = shapely.get_coordinates(line)
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])


def as_spot(point: Sequence[float]) -> Spot:
    return round(float(point[0]), 3), round(float(point[1]), 3)


def edges_of(named: Sequence[tuple[str, BaseGeometry]]) -> list[Edge]:
    return [
        Edge(name, LineString(ring))
        for name, geometry in named
        for ring in shapely.get_rings(shapely.get_parts(geometry))
    ]


def caught(edges: Sequence[Edge], spot: Spot, within_m: float) -> tuple[Spot, str]:
    """The spot, moved onto the nearest edge within reach, and whose edge that is ("" for none)."""
    near = [edge for edge in edges if edge.line.distance(Point(spot)) <= within_m]
    found = [(at, edge.name) for edge in near if (at := edge.nearest(spot, within_m))]
    return min(found, key=lambda one: np.hypot(one[0][0] - spot[0], one[0][1] - spot[1]), default=(spot, ""))


def followed(edges: Sequence[Edge], start: Spot, end: Spot) -> list[Spot]:
    """The corners of a neighbour's edge between two spots that both lie on it; none where they do not."""
    ways = [edge.between(start, end) for edge in edges if edge.holds(start) and edge.holds(end)]
    return min(ways, key=lambda way: float(LineString([start, *way, end]).length), default=[])
