"""Excel workbooks as Excel writes them: words kept apart or in the cell, days as counts with a format of their own."""

import io
import zipfile
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

SHEET = "xl/worksheets/sheet1.xml"
OF = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
TO = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STYLES = f"""<styleSheet {OF}><numFmts><numFmt numFmtId="164" formatCode="[$-809]dd\\ mmmm\\ yyyy;@"/></numFmts>
<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="22"/><xf numFmtId="2"/></cellXfs></styleSheet>"""
DAY, MOMENT = 1, 2  # places in cellXfs


def book(*lines: Any, since_1904: bool = False, inline: bool = False, start: int = 1) -> bytes:
    """The rows from row `start` on; None is a cell that is not there."""
    words: list[str] = []
    sheet = "".join(
        f'<row r="{number}">{"".join(cells(number, line, words, since_1904, inline))}</row>'
        for number, line in enumerate(lines, start)
        if line
    )
    shared = "".join(f'<si><t xml:space="preserve">{escape(each)}</t></si>' for each in words)
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
            "xl/workbook.xml": f'<workbook {OF} xmlns:r="{TO}"><workbookPr date1904="{int(since_1904)}"/><sheets>'
            '<sheet name="Letters" sheetId="1" r:id="rId7"/><sheet name="Other" sheetId="2" r:id="rId8"/></sheets>'
            "</workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
            f'<Relationship Id="rId8" Type="{TO}/worksheet" Target="worksheets/sheet2.xml"/>'
            f'<Relationship Id="rId7" Type="{TO}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/styles.xml": STYLES,
            "xl/sharedStrings.xml": f"<sst {OF}>{shared}</sst>",
            SHEET: f"<worksheet {OF}><sheetData>{sheet}</sheetData></worksheet>",
            "xl/worksheets/sheet2.xml": f'<worksheet {OF}><sheetData><row r="1"/></sheetData></worksheet>',
        }
    )


def cells(number: int, line: Any, words: list[str], since_1904: bool, inline: bool) -> Any:
    for column, value in enumerate(line):
        at = f'r="{chr(ord("A") + column)}{number}"'
        if isinstance(value, bool):
            yield f'<c {at} t="b"><v>{int(value)}</v></c>'
        elif isinstance(value, date):
            style = MOMENT if isinstance(value, datetime) else DAY
            yield f'<c {at} s="{style}"><v>{count_of(value, since_1904)}</v></c>'
        elif isinstance(value, int | float):
            yield f"<c {at}><v>{value!r}</v></c>"
        elif isinstance(value, str) and inline:
            yield f'<c {at} t="inlineStr"><is><t>{escape(value)}</t></is></c>'
        elif isinstance(value, str):
            words.append(value)
            yield f'<c {at} t="s"><v>{len(words) - 1}</v></c>'


def count_of(value: date, since_1904: bool) -> float:
    at = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    return (at - (datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30))).total_seconds() / 86_400


def zipped(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def with_part(path: str, text: str) -> bytes:
    """A workbook in which one part is another."""
    with zipfile.ZipFile(io.BytesIO(book(["external_id", "q4"], ["A1", "Hello"]))) as old:
        parts = {name: old.read(name).decode() for name in old.namelist()}
    return zipped(parts | {path: text})


def with_rows(text: str) -> bytes:
    return with_part(SHEET, f"<worksheet {OF}><sheetData>{text}</sheetData></worksheet>")
