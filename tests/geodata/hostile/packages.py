"""Hostile GeoPackages, each a sound one of a single square with a change made to it."""

import sqlite3
import struct
import tempfile
from functools import cache
from pathlib import Path

import shapely

from geodata import writing
from tests.geodata.hostile.bait import Bait
from tests.geodata.hostile.texts import Case
from tests.geodata.shapes import SQUARE

HEADER = b"GP\x00\x01" + struct.pack("<i", 27700)
NOT_A_NUMBER = struct.pack("<d", float("nan"))
FOREVER = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"


@cache
def sound() -> bytes:
    return writing.written("GeoPackage", [(SQUARE, {"name": "A"})])


def changed(*statements: str, shape: bytes | None = None) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.gpkg"
        path.write_bytes(sound())
        database = sqlite3.connect(path, isolation_level=None)
        database.execute("DROP TRIGGER IF EXISTS rtree_areas_geom_update1")
        for name, kind in database.execute(
            "SELECT name, type FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            database.execute(f'DROP {kind} "{name}"')
        for statement in statements:
            database.execute(statement)
        if shape is not None:
            database.execute("UPDATE areas SET geom = ?", (HEADER + shape,))
        database.close()
        return path.read_bytes()


def written_schema(kind: str, name: str, sql: str) -> bytes:
    """A row put into the schema itself, as no statement could."""
    values = f"('{kind}', '{name}', '{name}', 0, '{sql}')"
    row = f"INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES {values}"
    return changed("PRAGMA writable_schema = ON", row)


def instead_of_areas(sql: str) -> bytes:
    return changed("ALTER TABLE areas RENAME TO kept", f"CREATE VIEW areas AS {sql}")


def instead_of_contents(sql: str) -> bytes:
    return changed(
        "PRAGMA foreign_keys = OFF", "DROP TABLE gpkg_contents", f"CREATE VIEW gpkg_contents AS {sql}"
    )


def nested(depth: int) -> bytes:
    return (struct.pack("<BII", 1, 7, 1)) * depth + shapely.to_wkb(SQUARE)


def triggered(bait: Bait) -> bytes:
    endless = f"{FOREVER.replace('WITH', 'INSERT INTO areas (fid) WITH')} SELECT i FROM n"
    return changed(
        f"CREATE TRIGGER t AFTER INSERT ON areas BEGIN SELECT load_extension('{bait.path}'); END",
        f"CREATE TRIGGER u AFTER UPDATE ON gpkg_contents BEGIN {endless}; END",
    )


def damaged(at: int, data: bytes) -> bytes:
    return sound()[:at] + data + sound()[at + len(data) :]


LOAD = "SELECT 1 AS fid, load_extension(''{}'') AS geom, ''A'' AS name"
CASES: dict[str, Case] = {
    "gpkg: a layer that is a view without end": (
        lambda _: instead_of_areas(f"{FOREVER} SELECT i AS fid, kept.geom, kept.name FROM n, kept"), "no layer"
    ),
    "gpkg: a catalogue that is a view without end": (
        lambda _: instead_of_contents(f"{FOREVER} SELECT 'areas' AS table_name, 'features' AS data_type FROM n"),
        "views or programs",
    ),
    "gpkg: a view that loads a library": (
        lambda b: written_schema("view", "v", f"CREATE VIEW v AS {LOAD.format(b.path)}"), ""
    ),
    "gpkg: triggers that load a library or never end": (triggered, ""),
    "gpkg: a table that reads another file": (
        lambda b: written_schema("table", "areas2", f'CREATE VIRTUAL TABLE areas2 USING VirtualOGR("CSV:{b.path}")'),
        "views or programs",
    ),
    "gpkg: a table that fetches": (
        lambda b: written_schema("table", "a2", f'CREATE VIRTUAL TABLE a2 USING VirtualOGR("{b.url}/x")'),
        "views or programs",
    ),
    "gpkg: a column that is worked out at length": (
        lambda _: changed("ALTER TABLE areas ADD COLUMN big TEXT AS (hex(zeroblob(400000000)))"), ""
    ),
    "gpkg: collections 50,000 deep": (lambda _: changed(shape=nested(50_000)), ""),
    "gpkg: collections 8 deep": (lambda _: changed(shape=nested(8)), "collection inside a collection"),
    "gpkg: numbers that are none": (
        lambda _: changed(shape=shapely.to_wkb(SQUARE).replace(struct.pack("<d", 413_000.0), NOT_A_NUMBER)),
        "not a number",
    ),
    "gpkg: more points than bytes": (lambda _: changed(shape=struct.pack("<BIII", 1, 3, 1, 0x7FFFFFFF)), ""),
    "gpkg: more rings than bytes": (lambda _: changed(shape=struct.pack("<BII", 1, 3, 0x7FFFFFFF)), ""),
    "gpkg: a shape of no bytes": (lambda _: changed(shape=b""), ""),
    "gpkg: a shape of words": (lambda _: changed("UPDATE areas SET geom = 'POLYGON'"), ""),
    "gpkg: a system made of words": (
        lambda b: changed(f"UPDATE gpkg_spatial_ref_sys SET definition = '{b.url}', organization = 'http'"), ""
    ),
    "gpkg: header alone": (lambda _: b"SQLite format 3\x00", "damaged"),
    "gpkg: pages of a size that there is not": (lambda _: damaged(16, b"\xff\xff"), "damaged"),
    "gpkg: cut short": (lambda _: sound()[:5_000], "damaged"),
    "gpkg: a database of something else": (
        lambda _: changed("PRAGMA foreign_keys = OFF", "DROP TABLE gpkg_geometry_columns"), "no layer"
    ),
}  # fmt: skip
