"""A selection as tables: CSV in a zip, beside a file that says what it holds, and as an Excel workbook. Both are
written row by row; a cell that would be a formula is none."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from consult.downloads.choosing import Chosen
from consult.downloads.telling import Statement
from consult.reports import dictionary, sheets, tables, workbook
from consult.reports.points import Point
from consult.reports.workbook import Sheet
from consult.spaces.models import standing
from consult.web import cells

ABOUT = "ABOUT.txt"
NAMES = {"points": "response-log", "responses": "responses"}
POINTS = (
    *tables.LOG,
    "status",
    "people",
)  # a selection is counted by its reader: the log, and who counts in it
LONGEST_NAME = 31  # of a sheet in Excel
UNNAMEABLE = str.maketrans("[]:*?/\\'", "        ")
AS_TEXT = 64 * 1024  # bytes that are written at once


def csv(made: IO[bytes], said: Statement) -> None:
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        put(archive, ABOUT, [about(said).encode("utf-8", "replace")])
        for each in said.chosen:
            before = f"{each.consultation.reference}-" if len(said.chosen) > 1 else ""
            put(
                archive,
                f"{before}{NAMES[said.rows]}.csv",
                cells.lines(columns(each, said.rows), rows(each, said.rows)),
            )


def put(archive: zipfile.ZipFile, name: str, content: Iterable[bytes]) -> None:
    about = zipfile.ZipInfo(name, workbook.BEGINNING)
    about.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(about, "w", force_zip64=True) as part:
        for some in in_pieces(content):
            part.write(some)


def in_pieces(content: Iterable[bytes]) -> Iterator[bytes]:
    waiting = bytearray()
    for some in content:
        waiting += some
        if len(waiting) >= AS_TEXT:
            yield bytes(waiting)
            waiting.clear()
    yield bytes(waiting)


def about(said: Statement) -> str:
    return "".join(f"{name}\n  {' '.join(words.split())}\n\n" for name, words in said.told())


def xlsx(made: IO[bytes], said: Statement) -> None:
    first = Sheet("Information", ("About this file", ""), said.told(), (34, 110))
    tables = [
        Sheet(name, columns(each, said.rows), rows(each, said.rows), widths(said.rows))
        for name, each in zip(sheet_names(said), said.chosen, strict=True)
    ]
    explained = sheets.explained(dictionary.SELECTED if said.rows == "points" else dictionary.RESPONSES)
    workbook.write(made, said.title, standing().name, said.at, [first, *tables, explained])


def sheet_names(said: Statement) -> list[str]:
    """Named after the consultations, each name once."""
    if len(said.chosen) == 1:
        return ["Response log" if said.rows == "points" else "Responses"]
    named = (each.consultation.reference.translate(UNNAMEABLE) for each in said.chosen)
    return [f"{at} {name}"[:LONGEST_NAME].strip() for at, name in enumerate(named, 1)]


def widths(rows: str) -> Sequence[int]:
    return (*sheets.LOG_WIDTHS, 12, 10) if rows == "points" else ()


def columns(each: Chosen, rows: str) -> Sequence[str]:
    return POINTS if rows == "points" else tables.columns_of(each.facts)


def rows(each: Chosen, rows: str) -> Iterator[Sequence[Any]]:
    if rows == "points":
        return (of_one(point) for point in each.points())
    return (
        row
        for heard, points in each.responses()
        for row in tables.responses(each.consultation, each.facts, heard, points)
    )


def of_one(point: Point) -> list[str | int]:
    return [*tables.logged(point), point.voice.status, point.voice.people]
