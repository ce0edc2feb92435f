"""A CSV file with one column of WKT, as planning.data.gov.uk takes it -> the features in it."""

import csv
import io
import re
from collections.abc import Iterator

from geodata import longcells, wkt
from geodata.findings import Unreadable
from geodata.geojson import Item, name_of
from geodata.jsontext import plain

HEADINGS = ("wkt", "geometry", "geom", "thegeom", "wktgeometry", "geometrywkt", "geomwkt", "shape")
POINTS = ("geox", "geoy", "easting", "northing", "latitude", "longitude", "lat", "lon", "lng", "point")
SHAPE = re.compile(r"\s*(SRID=\d+;)?\s*(MULTI|POLYGON|POINT|LINESTRING|GEOMETRYCOLLECTION)", re.IGNORECASE)
SEPARATORS = ",;\t"
MAX_COLUMNS = 500
MAX_ROWS = 100_000
MAX_CELLS = 2_000_000  # each row is given every column of the heading, however few of them it fills


def items(data: bytes) -> tuple[list[Item], int]:
    """The features of a table, and how many rows had nothing drawn in them. Raises Unreadable."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("This file is not UTF-8 text: save it as “CSV UTF-8” and try again.") from error
    heading, rows = _rows(text)
    column = _column(heading, rows)
    found = [_item(heading, row, column, number) for number, row in rows if _cell(row, column)]
    if not found:
        raise Unreadable("This table has no shapes in it: fill in the column of WKT.")
    return found, len(rows) - len(found)


def _rows(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    first = text.partition("\n")[0]
    lines = longcells.reader(
        io.StringIO(text, newline=""), delimiter=max(SEPARATORS, key=first.count), strict=True
    )
    try:
        heading = [plain(cell).strip() for cell in next(lines, [])]
        rows = list(_filled(lines))
    except csv.Error as error:
        raise Unreadable(
            f"This table stops making sense at line {lines.line_num:,}: check the quotation marks there."
        ) from error
    if len(heading) > MAX_COLUMNS:
        raise Unreadable(f"This table has more than {MAX_COLUMNS} columns: keep the name and the WKT.")
    if len(heading) * len(rows) > MAX_CELLS:
        raise Unreadable(f"This table has more than {MAX_CELLS:,} cells: keep the name and the WKT.")
    return heading, rows


def _filled(lines: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(lines, 2):
        if number > MAX_ROWS:
            raise Unreadable(f"This table has more than {MAX_ROWS:,} rows: split it.")
        if any(row):
            yield number, row


def _column(heading: list[str], rows: list[tuple[int, list[str]]]) -> int:
    folded = [re.sub(r"[^a-z]", "", name.lower()) for name in heading]
    named = [folded.index(name) for name in HEADINGS if name in folded]
    for column in (*named, *range(len(heading))):
        if any(SHAPE.match(_cell(row, column)) for _, row in rows[:100]):
            return column
    if named and rows:
        return named[0]
    if any(name in POINTS for name in folded):
        raise Unreadable(
            "This table gives points, not outlines: put each area’s outline as WKT in a column headed “WKT”."
        )
    raise Unreadable("This table has no column of outlines: put them as WKT in a column headed “WKT”.")


def _item(heading: list[str], row: list[str], column: int, number: int) -> Item:
    properties = {
        name or f"column {at + 1}": plain(_cell(row, at)) for at, name in enumerate(heading) if at != column
    }
    name = name_of(properties, None)
    label = f"Row {number:,} ({name[:60]})" if name else f"Row {number:,}"
    return Item(name, label, properties, wkt.pieces(row[column], label))


def _cell(row: list[str], column: int) -> str:
    return row[column].strip() if column < len(row) else ""
