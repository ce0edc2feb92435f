"""Files of postcodes: Code-Point Open (CSV without a heading, or its zip), ONSPD (CSV with one), GeoJSON points."""

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import sqlalchemy as sa

from consult import audit
from consult.areas.loaded.postcodes import normalised
from consult.database import native, unit_of_work
from geodata import crs
from geodata.coordinates import GRID

BATCH = 20_000
NAMES = ("pcds", "pcd", "pcd7", "pcd8", "postcode", "pc", "pcnws", "postcode_unit")
EASTS = ("oseast1m", "east1m", "eastings", "easting", "x")
NORTHS = ("osnrth1m", "north1m", "northings", "northing", "y")
CODE_POINT = (0, 2, 3)  # the columns of Code-Point Open: postcode, quality, eastings, northings …
KEEP = sa.text(
    "INSERT INTO postcode (code, easting, northing) VALUES (:code, :easting, :northing) "
    "ON CONFLICT (code) DO UPDATE SET easting = excluded.easting, northing = excluded.northing"
)
UNZIPPABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
Row = tuple[str, float, float]


class NotPostcodes(ValueError):
    """The file holds no postcodes that we can read. `str(error)` is one plain sentence."""


@dataclass(frozen=True)
class Kept:
    kept: int
    skipped: int


def import_file(path: Path) -> Kept:
    """Puts the postcodes of a file into the table; one that is there already is moved, so twice is as good as once.
    The file is read to its end before anything is kept: one that is broken leaves the table as it was."""
    for _row in read(path):
        pass
    return keep(read(path))


def keep(rows: Iterable[Row]) -> Kept:
    """In units of work of their own: a country's postcodes take a minute, and nobody waits so long to be heard."""
    kept = skipped = 0
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        placed = {row["code"]: row for row in map(as_kept, batch) if row}
        if placed:
            with unit_of_work():
                native(KEEP, list(placed.values()))
        kept += len(placed)
        skipped += len(batch) - len(placed)
    if not kept:
        raise NotPostcodes(
            "There are no postcodes with a place in this file: give Code-Point Open or the ONSPD."
        )
    with unit_of_work():
        audit.record_operator("postcodes.imported", kept=kept, skipped=skipped)
    return Kept(kept, skipped)


def as_kept(row: Row) -> dict[str, Any] | None:
    text, easting, northing = row
    code = normalised(text)
    if code is None or not GRID.holds(np.array([[easting, northing]])):
        return None
    return {"code": code, "easting": round(easting), "northing": round(northing)}


def read(path: Path) -> Iterator[Row]:
    """The rows of a file, told by what is in it. Raises NotPostcodes."""
    try:
        yield from rows_in(path)
    except OSError as problem:
        words = (problem.strerror or "no such file").lower()
        raise NotPostcodes(f"“{path}” cannot be opened: {words}.") from problem
    except UNZIPPABLE as problem:
        raise NotPostcodes("This zip is broken or locked: download it again.") from problem


def rows_in(path: Path) -> Iterator[Row]:
    if zipfile.is_zipfile(path):
        return in_zip(path)
    with path.open("rb") as opened:
        start = opened.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    return in_geojson(path) if start.startswith(b"{") else in_csv_file(path)


def in_zip(path: Path) -> Iterator[Row]:
    """Code-Point Open has its files in Data/CSV, the ONSPD in Data; what explains them lies in other folders."""
    with zipfile.ZipFile(path) as archive:
        tables = [
            name for name in archive.namelist() if name.lower().endswith(".csv") and "data/" in name.lower()
        ]
        whole = [name for name in tables if "multi_csv/" not in name.lower()]
        if not tables:
            raise NotPostcodes("This zip has no CSV file in a Data folder: give it as it was downloaded.")
        for name in whole or tables:
            with archive.open(name) as opened:
                yield from in_csv(io.TextIOWrapper(opened, "utf-8-sig", errors="replace", newline=""))


def in_csv_file(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as opened:
        yield from in_csv(opened)


def in_csv(opened: TextIO) -> Iterator[Row]:
    rows = csv.reader(opened, strict=True)  # a quote that nobody closes is an error, not a cell
    try:
        first = next(rows, [])
        columns = CODE_POINT if first and normalised(first[0]) else columns_of(first)
        if columns is CODE_POINT:
            rows = chain([first], rows)  # type: ignore[assignment]
        for row in rows:
            if len(row) > max(columns):
                code, easting, northing = (row[column] for column in columns)
                yield code, number(easting), number(northing)
    except csv.Error as problem:
        raise NotPostcodes("This file is not a CSV table: give Code-Point Open or the ONSPD.") from problem


def columns_of(heading: list[str]) -> tuple[int, int, int]:
    named = {name.strip().lower(): column for column, name in reversed(list(enumerate(heading)))}
    found = [next((named[name] for name in names if name in named), None) for names in (NAMES, EASTS, NORTHS)]
    if None in found:
        raise NotPostcodes(
            "This table has no postcode, easting and northing: give Code-Point Open or the ONSPD."
        )
    return found[0], found[1], found[2]  # type: ignore[return-value]


def number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def in_geojson(path: Path) -> Iterator[Row]:
    try:
        features = json.loads(path.read_bytes())["features"]
        named = [
            (postcode_in(feature["properties"]), feature["geometry"]["coordinates"]) for feature in features
        ]
        points = np.array([coordinates[:2] for _, coordinates in named], dtype=np.float64)
        if points.size and (np.abs(points) <= (180, 90)).all():
            points = np.column_stack(crs.grid_points(points[:, 0], points[:, 1]))
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise NotPostcodes("This GeoJSON file has no points with postcodes: export it again.") from problem
    yield from ((code, float(e), float(n)) for (code, _), (e, n) in zip(named, points, strict=True))


def postcode_in(properties: dict[str, Any]) -> str:
    lowered = {name.lower(): value for name, value in properties.items()}
    return next((str(lowered[name]) for name in NAMES if lowered.get(name)), "")
