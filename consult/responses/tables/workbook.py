"""The first sheet of an Excel workbook from a stranger, row by row, as the text that a person sees in its cells.

Its parts are unpacked as a stream, each bounded, and parsed without entities; nothing in it is followed or run.
A cell with a day in it is told by its format (ECMA-376 part 1, 18.8.30); days are counted from 1900 or 1904 as it says.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO
from typing import IO, Any

from lxml import etree

START = b"PK\x03\x04"
MOST_BYTES = 100 * 1024 * 1024  # of one part, unpacked
MOST_AT_ONCE = 4 * 1024 * 1024  # of it between two rows: that much is held as elements, fifty times as large
MOST_WORDS = 1_000_000  # cells that hold different words
MOST_COLUMNS = 16_384
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
DAYS = {
    *range(14, 23),
    *range(27, 37),
    *range(45, 48),
    *range(50, 59),
}  # formats of days that every program knows
NOT_OF_A_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
TOO_LARGE = "The workbook is too large when it is unpacked: split it, and import each part."
DAMAGED = (
    "The file is no Excel workbook that can be read: save it again as .xlsx without a password, or as CSV."
)
BROKEN = (zipfile.BadZipFile, zlib.error, etree.LxmlError, EOFError, NotImplementedError, RuntimeError, OSError,
          KeyError, ValueError, IndexError, OverflowError)  # fmt: skip


class NotAWorkbook(Exception):
    """`str()` is one plain sentence."""


class Bounded:
    """A part of the workbook while it is unpacked."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.left, self.held = stream, MOST_BYTES, 0

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(65_536 if size < 0 else size)
        self.left -= len(data)
        self.held += len(data)
        if self.left < 0 or self.held > MOST_AT_ONCE:
            raise NotAWorkbook(TOO_LARGE)
        return data

    def let_go(self) -> None:
        """What was read so far is held no longer."""
        self.held = 0


def rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The number of each row that is not empty, and its cells. Raises NotAWorkbook."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            yield from rows_of(archive)
    except NotAWorkbook:
        raise
    except BROKEN:
        raise NotAWorkbook(DAMAGED) from None


def rows_of(archive: zipfile.ZipFile) -> Iterator[tuple[int, list[str]]]:
    path, since = first_sheet(archive)
    reader = Cells(list(shared_words(archive)), day_formats(archive), since)
    number = 0
    for row in elements(archive, path, "row"):
        number = int(row.get("r") or number + 1)
        yield number, reader.cells(row)


def elements(archive: zipfile.ZipFile, path: str, name: str) -> Iterator[Any]:
    """The elements of that name, each let go of once it has been looked at."""
    with archive.open(path) as stream:
        part = Bounded(stream)
        found = etree.iterparse(
            part, tag=f"{MAIN}{name}", resolve_entities=False, no_network=True, load_dtd=False
        )
        for _event, element in found:
            yield element
            part.let_go()
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def first_sheet(archive: zipfile.ZipFile) -> tuple[str, datetime]:
    """Where it lies, and the day from which its days are counted."""
    tree = whole(archive, "xl/workbook.xml")
    sheet = next(tree.iter(f"{MAIN}sheet"))
    links = {each.get("Id"): each.get("Target", "") for each in whole(archive, "xl/_rels/workbook.xml.rels")}
    target = links[sheet.get(LINK)]
    path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
    told = tree.find(f"{MAIN}workbookPr")
    of_1904 = told is not None and told.get("date1904") in ("1", "true")
    return path, datetime(1904, 1, 1) if of_1904 else datetime(1899, 12, 30)


def whole(archive: zipfile.ZipFile, path: str) -> Any:
    with archive.open(path) as stream:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        return etree.parse(Bounded(stream), parser).getroot()


def shared_words(archive: zipfile.ZipFile) -> Iterator[str]:
    if "xl/sharedStrings.xml" in archive.namelist():
        for number, element in enumerate(elements(archive, "xl/sharedStrings.xml", "si")):
            if number == MOST_WORDS:
                raise NotAWorkbook(TOO_LARGE)
            yield words_in(element)


def words_in(element: Any) -> str:
    """Without the readings that stand over letters in East Asian text."""
    texts = element.iter(f"{MAIN}t")
    return "".join(text.text or "" for text in texts if text.getparent().tag != f"{MAIN}rPh")


def day_formats(archive: zipfile.ZipFile) -> set[int]:
    """The cell styles that show a day."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    tree = whole(archive, "xl/styles.xml")
    own = {int(each.get("numFmtId")): each.get("formatCode", "") for each in tree.iter(f"{MAIN}numFmt")}
    days = DAYS | {number for number, code in own.items() if re.search("[dy]", plain_format(code))}
    styles = tree.find(f"{MAIN}cellXfs")
    listed = [int(each.get("numFmtId") or 0) for each in styles] if styles is not None else []
    return {at for at, number in enumerate(listed) if number in days}


def plain_format(code: str) -> str:
    return NOT_OF_A_FORMAT.sub("", code).lower()


class Cells:
    def __init__(self, words: list[str], days: set[int], since: datetime) -> None:
        self.words, self.days, self.since = words, days, since

    def cells(self, row: Any) -> list[str]:
        found: list[str] = []
        for cell in row.iterchildren(f"{MAIN}c"):
            at = column_of(cell.get("r") or "", len(found))
            found += [""] * (at - len(found))
            found[at:] = [self.shown(cell)]
        return found

    def shown(self, cell: Any) -> str:
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            return words_in(cell)
        value = cell.findtext(f"{MAIN}v") or ""
        if kind == "s":
            return self.words[place(value)] if value else ""
        if kind == "b":
            return "yes" if value == "1" else "no"
        if kind != "n" or not value:
            return value
        return self.day(float(value)) if int(cell.get("s") or 0) in self.days else number_shown(value)

    def day(self, count: float) -> str:
        at = self.since + timedelta(seconds=round(count * 86_400))
        return f"{at:%Y-%m-%d}" if at.time() == at.min.time() else f"{at:%Y-%m-%dT%H:%M:%S}"


def place(text: str) -> int:
    """In the list of words. Raises ValueError."""
    if not text.isdecimal():
        raise ValueError(text)
    return int(text)


def column_of(reference: str, following: int) -> int:
    """The place of “AB12” in its row, counted from 0; cells that do not say stand one after the other."""
    at = 0
    for letter in reference.rstrip("0123456789").upper():
        at = at * 26 + ord(letter) - ord("A") + 1
    at = at - 1 if at else following
    if not following <= at < MOST_COLUMNS:
        raise NotAWorkbook(DAMAGED)
    return at


def number_shown(value: str) -> str:
    """A number as it is typed: Excel keeps 0.1 as 0.10000000000000001."""
    number = float(value)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
