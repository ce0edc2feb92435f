"""An Excel workbook (ECMA-376 part 1, 18), written row by row as it comes, so that a hundred thousand rows take no more
memory than one. A cell holds text or a number, and never a formula: text stays text also when somebody edits it.

The same rows give the same bytes.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from html import escape
from io import BytesIO
from typing import IO, NamedTuple

from consult.web.errors import Refused

LONGEST = 32_767  # what one cell of Excel holds
MOST_ROWS = 1_048_576
BEGINNING = (1980, 1, 1, 0, 0, 0)  # of time, in a zip file
OVERFLOW = "Long texts"
GOES_ON = "… [{}: the whole of it is on the sheet “Long texts”]"
KEPT = LONGEST - 100
# What a cell cannot hold as it is, and what would be read as the name of such a character (18.18.93, ST_Xstring).
CODED = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|_(?=x[0-9A-Fa-f]{4}_)")
HEAD, TEXT, NUMBER = 1, 2, 3  # formats, in the order of `styles.xml`
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
Cell = str | int | float
AT_ONCE = 500  # rows


class Sheet(NamedTuple):
    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int] = ()


class Long(NamedTuple):
    """A text that is longer than a cell."""

    sheet: str
    cell: str
    text: str


def workbook(title: str, author: str, written: datetime, sheets: Sequence[Sheet]) -> bytes:
    """Raises Refused where a sheet would have more rows than Excel can open."""
    made = BytesIO()
    write(made, title, author, written, sheets)
    return made.getvalue()


def write(made: IO[bytes], title: str, author: str, written: datetime, sheets: Sequence[Sheet]) -> None:
    """The same into a file, row by row as they come."""
    long = list[Long]()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        every = list(sheets)
        for number, sheet in enumerate(every, 1):
            put(archive, f"xl/worksheets/sheet{number}.xml", sheet_xml(sheet, long))
        if long:
            rest = Sheet(OVERFLOW, ("Sheet", "Cell", "Part", "Text"), pieces(long), (18, 10, 8, 100))
            every.append(rest)
            put(archive, f"xl/worksheets/sheet{len(every)}.xml", sheet_xml(rest, []))
        for name, content in around(title, author, written, [sheet.name for sheet in every]):
            put(archive, name, [content])


def put(archive: zipfile.ZipFile, name: str, content: Iterable[str]) -> None:
    about = zipfile.ZipInfo(name, BEGINNING)
    about.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(about, "w") as part:
        part.write(XML.encode())
        for piece in content:
            part.write(piece.encode())


def sheet_xml(sheet: Sheet, long: list[Long]) -> Iterator[str]:
    letters = [letter(at) for at in range(len(sheet.columns))]
    yield f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    yield f"<cols>{''.join(widths(sheet))}</cols><sheetData>"
    yield row_xml(
        1, [text_cell(f"{name}1", words, HEAD) for name, words in zip(letters, sheet.columns, strict=True)]
    )
    last, waiting = 1, list[str]()
    for last, row in enumerate(sheet.rows, 2):
        if last > MOST_ROWS:
            raise Refused(
                f"The sheet “{sheet.name}” would have more rows than Excel can open. Use the CSV file."
            )
        waiting.append(row_xml(last, cells(sheet.name, last, letters, row, long)))
        if len(waiting) == AT_ONCE:
            yield "".join(waiting)
            waiting.clear()
    yield "".join(waiting)
    yield f'</sheetData><autoFilter ref="A1:{letters[-1]}{last}"/></worksheet>'


def widths(sheet: Sheet) -> Iterator[str]:
    for at in range(len(sheet.columns)):
        wide = sheet.widths[at] if at < len(sheet.widths) else 18
        yield f'<col min="{at + 1}" max="{at + 1}" width="{wide}" customWidth="1"/>'


def letter(at: int) -> str:
    """A … Z, then AA, AB …"""
    head, tail = divmod(at, 26)
    return (letter(head - 1) if head else "") + chr(ord("A") + tail)


def row_xml(number: int, inside: Iterable[str]) -> str:
    return f'<row r="{number}">{"".join(inside)}</row>'


def cells(
    name: str, number: int, letters: Sequence[str], row: Sequence[Cell], long: list[Long]
) -> Iterator[str]:
    for column, value in zip(letters, row, strict=True):
        where = f"{column}{number}"
        if not isinstance(value, str):
            yield f'<c r="{where}" s="{NUMBER}"><v>{value}</v></c>'
        elif value:
            if too_long(value):
                long.append(Long(name, where, value))
                value = next(parts(value, KEPT)) + GOES_ON.format(where)
            yield text_cell(where, value, TEXT)


def text_cell(where: str, words: str, look: int) -> str:
    return f'<c r="{where}" t="inlineStr" s="{look}"><is><t xml:space="preserve">{text(words)}</t></is></c>'


def text(words: str) -> str:
    return escape(CODED.sub(coded, words), quote=False)


def coded(letter: re.Match[str]) -> str:
    """By its number, as Excel writes it. Half of a character has none that counts: a mark stands for it."""
    number = ord(letter[0])
    return "\ufffd" if 0xD800 <= number <= 0xDFFF else f"_x{number:04X}_"


def too_long(words: str) -> bool:
    return len(words) * 2 > LONGEST and units(words) > LONGEST


def units(words: str) -> int:
    """Excel counts the code units of UTF-16; a character that it needs a code for it counts as one."""
    return len(words) + sum(letter > "\uffff" for letter in words)


def parts(words: str, size: int) -> Iterator[str]:
    """In pieces of at most so many units, no character torn apart."""
    begins, used = 0, 0
    for at, letter in enumerate(words):
        one = 2 if letter > "\uffff" else 1
        if used + one > size:
            yield words[begins:at]
            begins, used = at, 0
        used += one
    yield words[begins:]


def pieces(long: list[Long]) -> Iterator[list[Cell]]:
    for each in long:
        for at, part in enumerate(parts(each.text, KEPT), 1):
            yield [each.sheet, each.cell, at, part]


# What is around the sheets.


def around(title: str, author: str, written: datetime, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    numbers = range(1, len(names) + 1)
    yield "xl/styles.xml", STYLES
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(numbers, names, strict=True)
    )
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets></workbook>',
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        relations(
            [
                *((f"{RELATIONS}/worksheet", f"worksheets/sheet{n}.xml") for n in numbers),
                (f"{RELATIONS}/styles", "styles.xml"),
            ]
        ),
    )
    office, core = f"{RELATIONS}/officeDocument", f"{PACKAGE}/relationships/metadata/core-properties"
    yield "_rels/.rels", relations([(office, "xl/workbook.xml"), (core, "docProps/core.xml")])
    yield "docProps/core.xml", properties(title, author, written)
    yield "[Content_Types].xml", types(numbers)


def relations(given: Iterable[tuple[str, str]]) -> str:
    every = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(given, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{every}</Relationships>'


def properties(title: str, author: str, written: datetime) -> str:
    day = f"{written.replace(microsecond=0, tzinfo=None).isoformat()}Z"
    stamp = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{text(title)}</dc:title><dc:creator>{text(author)}</dc:creator>{stamp}<dc:language>en-GB</dc:language>"
        "</cp:coreProperties>"
    )


def types(numbers: Iterable[int]) -> str:
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [
        ("/xl/workbook.xml", f"{sheet}.sheet.main+xml"),
        ("/xl/styles.xml", f"{sheet}.styles+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        *((f"/xl/worksheets/sheet{n}.xml", f"{sheet}.worksheet+xml") for n in numbers),
    ]
    every = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
    relation = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{relation}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{every}</Types>'
    )


WRAPPED = '<alignment vertical="top" wrapText="1"/>'
# Format 49 is Text: what is typed into such a cell later is no formula either.
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FF1F4D3A"/></patternFill></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/>'
    f'<xf numFmtId="49" fontId="1" fillId="2" applyNumberFormat="1" applyAlignment="1">{WRAPPED}</xf>'
    f'<xf numFmtId="49" quotePrefix="1" applyNumberFormat="1" applyAlignment="1">{WRAPPED}</xf>'
    '<xf numFmtId="0" applyAlignment="1"><alignment vertical="top"/></xf>'
    "</cellXfs></styleSheet>"
)
