"""The one form in which a boundary is kept: the same area always gives the same bytes."""

import struct

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geodata.crs import snapped
from geodata.threads import spread

# Further than anything on Earth.
FURTHEST_M = 1e8
VALID_AT_ONCE = 1_000


class NotABoundary(ValueError):
    """The shape cannot be kept as a boundary. `str(error)` is one plain sentence."""


def is_valid(geometry: BaseGeometry | None) -> bool:
    """Whether this is a non-empty, valid Polygon or MultiPolygon."""
    if not isinstance(geometry, Polygon | MultiPolygon) or geometry.is_empty:
        return False
    return is_finite(geometry) and bool(geometry.is_valid)


def are_valid(geometries: NDArray[np.object_]) -> NDArray[np.bool_]:
    """What `is_valid` says of each of many."""
    kinds = shapely.get_type_id(geometries)
    areal = (kinds == shapely.GeometryType.POLYGON) | (kinds == shapely.GeometryType.MULTIPOLYGON)
    with np.errstate(invalid="ignore"):
        near = (np.abs(shapely.bounds(geometries)) < FURTHEST_M).all(axis=-1)
        valid = np.concatenate(spread(shapely.is_valid, _batches(geometries)))
    return np.asarray(areal & ~shapely.is_empty(geometries) & near & valid, dtype=np.bool_)


def _batches(geometries: NDArray[np.object_]) -> list[NDArray[np.object_]]:
    return np.array_split(geometries, max(1, len(geometries) // VALID_AT_ONCE))


def is_finite(geometry: BaseGeometry) -> bool:
    """Whether every coordinate is a number, and not so large that areas and lengths overflow."""
    return bool((np.abs(shapely.get_coordinates(geometry)) < FURTHEST_M).all())


def as_multipolygon(geometry: BaseGeometry) -> MultiPolygon:
    """The areas of any geometry as one MultiPolygon (possibly empty); points and lines in it are dropped."""
    if isinstance(geometry, MultiPolygon):
        return geometry
    pieces = shapely.get_parts(shapely.get_parts(geometry))
    return MultiPolygon([piece for piece in pieces if isinstance(piece, Polygon) and not piece.is_empty])


def canonical(geometry: BaseGeometry) -> bytes:
    """A valid area in EPSG:27700 -> the bytes in which it is kept.

    Two-dimensional little-endian WKB of a MultiPolygon, unsimplified, snapped to 1 mm, outer rings
    anticlockwise, rings and parts in a fixed order. Raises NotABoundary when the shape is not a valid area.
    """
    if not is_valid(geometry):
        raise NotABoundary("The shape is not a valid area: mend what is marked before it is saved.")
    flat = as_multipolygon(shapely.force_2d(geometry))
    kept = as_multipolygon(snapped(flat))
    if kept.is_empty:
        raise NotABoundary("The shape is narrower than a millimetre: draw it larger.")
    ordered = shapely.orient_polygons(shapely.normalize(kept), exterior_cw=False)
    return bytes(shapely.to_wkb(ordered, output_dimension=2, byte_order=1, include_srid=False))


def from_wkb(kept: bytes) -> MultiPolygon:
    """Bytes made by `canonical` -> the boundary in EPSG:27700."""
    return as_multipolygon(shapely.from_wkb(kept))


def vertex_count(kept: bytes) -> int:
    """How many vertices a WKB Polygon or MultiPolygon has, read from its counts without building anything.

    Raises NotABoundary when the bytes are anything else.
    """
    try:
        return _count(kept)
    except (struct.error, IndexError) as error:
        raise NotABoundary("The stored shape is damaged: draw or upload it again.") from error


def _count(kept: bytes) -> int:
    order = "<" if kept[0] == 1 else ">"
    kind, size = struct.unpack_from(order + "II", kept, 1)
    if kind not in (3, 6):
        raise NotABoundary("The stored shape is not an area: draw or upload it again.")
    polygons, offset = (1, 0) if kind == 3 else (size, 9)
    total = 0
    for _ in range(polygons):
        (rings,) = struct.unpack_from(order + "I", kept, offset + 5)
        offset += 9
        for _ in range(rings):
            (points,) = struct.unpack_from(order + "I", kept, offset)
            total += points
            offset += 4 + 16 * points
    return total
