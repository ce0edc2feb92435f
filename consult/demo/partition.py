"""One planar partition of the district, so that neighbours share their border vertex for vertex."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

import shapely
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from consult.demo import gazetteer
from consult.demo.strokes import Xy, rounded, wiggled


def pieces(outline: Polygon, town: Polygon, dividers: Iterable[BaseGeometry]) -> list[Polygon]:
    """The faces that the lines cut the outline into."""
    lines = [outline.exterior, town.exterior, *dividers]
    noded = shapely.union_all([shapely.set_precision(line, 0.001) for line in lines], grid_size=0.001)
    faces = shapely.polygonize([noded]).geoms
    return [face for face in faces if outline.contains(face.representative_point())]


def border_length(one: BaseGeometry, other: BaseGeometry) -> float:
    return float(one.intersection(other).length)


def named(faces: list[Polygon], anchors: dict[str, Xy]) -> dict[str, Polygon]:
    """Each face goes to the anchor inside it; a face without one joins the neighbour it borders longest."""
    owners = {name: [face for face in faces if face.contains(Point(at))] for name, at in anchors.items()}
    held = {name: shapely.union_all(found, grid_size=0.001) for name, found in owners.items()}
    loose = [face for face in faces if not any(face is kept for found in owners.values() for kept in found)]
    for face in sorted(loose, key=lambda face: -face.area):
        best = max(held, key=lambda name: border_length(held[name], face))
        held[best] = shapely.union_all([held[best], face], grid_size=0.001)
    return held


def with_shared_vertices(shapes: dict[str, Polygon]) -> dict[str, Polygon]:
    """Every corner where three shapes meet becomes a vertex of all three."""
    noded = shapely.union_all([shape.boundary for shape in shapes.values()], grid_size=0.001)
    faces = list(shapely.polygonize([noded]).geoms)
    inside = {name: shape.representative_point() for name, shape in shapes.items()}
    owned = {name: next(face for face in faces if face.contains(at)) for name, at in inside.items()}
    if len(faces) != len(shapes) or len({id(face) for face in owned.values()}) != len(shapes):
        raise ValueError("The boundary lines of this seed do not cut one piece for each area and parish.")
    return owned


def town_dividers(river: LineString, axis: LineString, town: Polygon) -> list[BaseGeometry]:
    return [river, axis.intersection(town.buffer(5))]


def parish_dividers(town: Polygon, rng: Random) -> list[BaseGeometry]:
    """Each starts a little inside the town, so that it surely meets its edge; the loose end is dropped."""
    lines = [LineString(rounded(wiggled(line, rng, 0.16, 160), 1)) for line in gazetteer.PARISH_LINES]
    return [line.difference(town.buffer(-2)) for line in lines]


def partition(
    outline: Polygon, town: Polygon, river: LineString, axis: LineString, rng: Random
) -> dict[str, Polygon]:
    """Forum areas by slug, parishes by name; together they are the whole district."""
    faces = pieces(outline, town, [*town_dividers(river, axis, town), *parish_dividers(town, rng)])
    anchors = {slug: forum.at for slug, forum in gazetteer.FORUMS.items()}
    anchors |= {parish.name: parish.at for parish in [gazetteer.COUNCIL, *gazetteer.PARISHES]}
    return with_shared_vertices(named(faces, anchors))
