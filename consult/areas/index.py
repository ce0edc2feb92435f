"""Which areas of the register lie near a shape: one box each, in the database's own spatial index.

SQLite's R*Tree holds whole millimetres, which is exactly what a canonical outline is made of; PostgreSQL has GiST on
its built-in `box`. Neither needs an extension. Only `register.py` writes here.
"""

from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa
from shapely.geometry.base import BaseGeometry

from consult import catalogue
from consult.database import native, native_rows, on_postgresql

MILLIMETRES = 1000


@catalogue.also
def table(dialect: str) -> Iterator[str]:
    if dialect == "postgresql":
        yield "CREATE TABLE IF NOT EXISTS register_index (number integer PRIMARY KEY, extent box NOT NULL)"
        yield "CREATE INDEX IF NOT EXISTS ix_register_index_extent ON register_index USING gist (extent)"
    else:
        yield "CREATE VIRTUAL TABLE IF NOT EXISTS register_index USING rtree_i32(number, west, east, south, north)"


ADD = sa.text(
    "INSERT INTO register_index (number, west, east, south, north) VALUES (:n, :west, :east, :south, :north)"
)
ADD_BOX = sa.text(
    "INSERT INTO register_index (number, extent) VALUES (:n, box(point(:west, :south), point(:east, :north)))"
)
REMOVE = sa.text("DELETE FROM register_index WHERE number = :n")
NEAR = """
SELECT entry.number, entry.outline
FROM register_index AS near JOIN register_entry AS entry ON entry.number = near.number WHERE {}
"""
IN_TREE = "near.west < :east AND near.east > :west AND near.south < :north AND near.north > :south"
IN_BOX = "near.extent && box(point(%(west)s, %(south)s), point(%(east)s, %(north)s))"


def add(number: int, outline: BaseGeometry) -> None:
    native(ADD_BOX if on_postgresql() else ADD, {"n": number, **box(outline)})


def remove(number: int) -> None:
    native(REMOVE, {"n": number})


class Near(NamedTuple):
    """All that it takes to compare an entry with a shape; the few that share something are read in full afterwards."""

    number: int
    outline: bytes  # WKB, EPSG:27700


def near(shape: BaseGeometry) -> list[Near]:
    """The entries on the register whose boxes meet the shape's."""
    return [
        Near(*row) for row in native_rows(NEAR.format(IN_BOX if on_postgresql() else IN_TREE), box(shape))
    ]


def box(shape: BaseGeometry) -> dict[str, int]:
    """The shape's box in whole millimetres."""
    west, south, east, north = (round(metres * MILLIMETRES) for metres in shape.bounds)
    return {"west": west, "south": south, "east": east, "north": north}
