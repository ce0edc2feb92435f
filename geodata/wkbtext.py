"""WKB from the sandbox -> the pieces of one feature, each count checked against the bytes that are there.

shapely's own reader follows nested collections until the process dies of it, so it never sees these bytes.
"""

import struct
from collections.abc import Iterator
from typing import Any

import numpy as np

from geodata.findings import Unreadable
from geodata.geojson import Piece

KINDS = {1: "Point", 2: "LineString", 3: "Polygon", 4: "MultiPoint", 5: "MultiLineString", 6: "MultiPolygon"}
MEMBERS = {4: 1, 5: 2, 6: 3}
MAX_DEPTH = 3
POSITION = 16


def pieces(data: bytes, label: str) -> tuple[Piece, ...]:
    """The simple two-dimensional geometries in one little-endian WKB. Raises Unreadable."""
    try:
        found = tuple(_Reader(data, label).geometry(1))
    except (struct.error, IndexError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(f"{label} is damaged: export the file again.") from error
    return found


class _Reader:
    def __init__(self, data: bytes, label: str) -> None:
        self.data, self.label, self.at = data, label, 0

    def geometry(self, depth: int) -> Iterator[Piece]:
        kind = self.kind()
        if kind in KINDS:
            yield Piece(self.label, KINDS[kind], self.coordinates(kind))
            return
        if kind != 7:
            raise Unreadable(f"{self.label} has curves or surfaces in it: export it with straight lines.")
        if depth > MAX_DEPTH:
            raise Unreadable(f"{self.label} is a collection inside a collection: export it as a polygon.")
        for _ in range(self.count(9)):
            yield from self.geometry(depth + 1)

    def kind(self) -> int:
        if self.data[self.at] != 1:
            raise struct.error("not little-endian")
        (kind,) = struct.unpack_from("<I", self.data, self.at + 1)
        self.at += 5
        return int(kind)

    def coordinates(self, kind: int) -> Any:
        if kind == 1:
            return self.positions(1)[0]
        if kind == 2:
            return self.positions(self.count(POSITION))
        if kind == 3:
            return [self.positions(self.count(POSITION)) for _ in range(self.count(4))]
        members = []
        for _ in range(self.count(9)):
            if self.kind() != MEMBERS[kind]:
                raise struct.error("a member of another kind")
            members.append(self.coordinates(MEMBERS[kind]))
        return members

    def count(self, least: int) -> int:
        """How many follow, each at least so many bytes long."""
        (found,) = struct.unpack_from("<I", self.data, self.at)
        self.at += 4
        if found * least > len(self.data) - self.at:
            raise struct.error("more are said to follow than there is room for")
        return int(found)

    def positions(self, count: int) -> list[list[float]]:
        read = np.frombuffer(self.data, dtype="<f8", count=2 * count, offset=self.at)
        self.at += POSITION * count
        if not np.isfinite(read).all():
            raise Unreadable(
                f"{self.label} has a point that is not a number: draw it again, or export it again."
            )
        return [list(point) for point in read.reshape(-1, 2).tolist()]
