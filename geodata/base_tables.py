"""Which layers of a GeoPackage are plain tables; read in the sandbox, before GDAL opens the file.

A view runs whatever its author wrote each time it is read, without end if he likes, and a virtual table may open
other files. A layer must be an ordinary table, and so must the tables that list the layers.
"""

import re
import sqlite3
from pathlib import Path

CATALOGUE = ("gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys")
MAX_SCHEMA = 2_000
RTREE = re.compile(r"\s*CREATE\s+VIRTUAL\s+TABLE\s+.{1,300}?\sUSING\s+rtree\s*\(", re.IGNORECASE | re.DOTALL)
LAYERS = (
    "SELECT g.table_name, s.organization || ':' || s.organization_coordsys_id, s.definition"
    " FROM gpkg_contents AS c JOIN gpkg_geometry_columns AS g ON g.table_name = c.table_name"
    " LEFT JOIN gpkg_spatial_ref_sys AS s ON s.srs_id = g.srs_id WHERE c.data_type = 'features' LIMIT 200"
)


class NotPlain(Exception):
    """Why the layers cannot be read, by one of the names that `foreign` has sentences for."""


def layers(file: str) -> list[tuple[str, str]]:
    """Each layer in a plain table with the system it says it is in. Raises NotPlain."""
    try:
        database = sqlite3.connect(f"{Path(file).resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            tables = _plain_tables(database)
            rows = database.execute(LAYERS).fetchall()
        finally:
            database.close()
    except (sqlite3.Error, UnicodeError) as error:
        raise NotPlain("damaged") from error
    return [(name, _system(code, definition)) for name, code, definition in rows if name.lower() in tables]


def _plain_tables(database: sqlite3.Connection) -> set[str]:
    database.execute("PRAGMA trusted_schema = OFF")
    schema = database.execute(
        "SELECT type, name, sql FROM sqlite_master LIMIT ?", (MAX_SCHEMA + 1,)
    ).fetchall()
    if len(schema) > MAX_SCHEMA:
        raise NotPlain("too many layers")
    tables = set()
    for kind, name, sql in schema:
        words = str(sql or "")
        if kind == "view" and str(name).lower().startswith(("gpkg_", "rtree_")):
            raise NotPlain("not plain")
        if kind == "table" and re.match(r"\s*CREATE\s+VIRTUAL", words, re.IGNORECASE):
            if not RTREE.match(words):
                raise NotPlain("not plain")
        elif kind == "table":
            tables.add(str(name).lower())
    if not set(CATALOGUE) <= tables:
        raise NotPlain("no layers")
    return tables


def _system(code: object, definition: object) -> str:
    """The code if it is an authority's, else the definition: a made-up system has only that."""
    written = str(code or "")
    return written if written.upper().startswith("EPSG:") else str(definition or "")
