"""What kind of file these bytes are, told from the bytes alone: a name says what its giver likes."""

import re

from geodata.findings import Unreadable

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
SAVE_AS = "save it as GeoJSON, KML, GeoPackage or a zipped Shapefile and try again."

# What else is sent in place of a boundary, by how it begins.
OTHERS = {
    b"%PDF": "a PDF, which is a picture of a map and not its outline: ask its author for the boundary file.",
    b"\x89PNG": "a picture: draw the area, or ask its author for the boundary file.",
    b"\xff\xd8": "a photograph: draw the area, or ask its author for the boundary file.",
    b"II*\x00": "a picture: draw the area, or ask its author for the boundary file.",
    b"MM\x00*": "a picture: draw the area, or ask its author for the boundary file.",
    b"\x00\x00\x27\x0a": "one part of a Shapefile: put its .shp, .shx, .dbf and .prj files in one zip file.",
    b"\xd0\xcf\x11\xe0": f"an old Word or Excel document: {SAVE_AS}",
    b"\x1f\x8b": "compressed with gzip: unpack it and send what is inside.",
    b"7z\xbc\xaf": "a 7-Zip archive: put the files in a zip file instead.",
    b"Rar!": "a RAR archive: put the files in a zip file instead.",
    b"fgb": f"a FlatGeobuf file: {SAVE_AS}",
    b"AC10": f"an AutoCAD drawing: {SAVE_AS}",
    b"!table": f"one part of a MapInfo table: {SAVE_AS}",
}
# Files that only say where other files or programs are; to follow one would be to fetch what a stranger names.
POINTERS = ("OGRVRTDataSource", "VRTDataset", "OGRWFSDataSource", "OGRWMSDataSource", "GDALGDataset")
SHAPES = re.compile(
    rb"(MULTI)?(POLYGON|POINT|LINESTRING|CURVE|SURFACE)|GEOMETRYCOLLECTION|SRID=", re.IGNORECASE
)
# Any run of declarations and comments, then the name of the first element.
ROOT = re.compile(rb"(?:\s++|<\?[^>]*+>|<!--.*?-->)*+<(?:[\w.-]+:)?([\w.-]+)", re.DOTALL)
HEAD = 64_000
ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']""")
# In these every tag is written as in ASCII, so what is looked for below can be seen.
PLAIN_ENCODINGS = ("utf-8", "us-ascii", "ascii", "iso-8859-1", "windows-1252", "utf8")


def kind(data: bytes) -> str:
    """GeoJSON, CSV, KML, GML, GeoPackage or zip. Raises Unreadable for anything else, saying what it is."""
    start = data.removeprefix(BYTE_ORDER_MARK).lstrip()
    if not start:
        raise Unreadable("This file is empty: choose the file that holds your area.")
    if data.startswith(b"SQLite format 3\x00"):
        return "GeoPackage"
    if data.startswith(b"PK"):
        return "zip"
    for begins, sentence in OTHERS.items():
        if data.startswith(begins):
            raise Unreadable(f"This file is {sentence}")
    if start[:1] in b"{[":
        return "GeoJSON"
    if start[:1] == b"<":
        return _markup(start)
    return _text(data, start)


def _markup(start: bytes) -> str:
    _refuse_hidden(start)
    found = ROOT.match(start[:HEAD])
    root = found[1].decode() if found else ""
    if root == "kml":
        return "KML"
    if root in POINTERS or any(b"<" + name.encode() in start for name in POINTERS):
        raise Unreadable(
            "This file holds no area, only directions to other files: export the area itself as GeoJSON."
        )
    if root.lower() == "html" or b"<html" in start[:HEAD].lower():
        raise Unreadable(
            "This is a web page, not a boundary file: look on the page for a download and send that."
        )
    if root == "gpx":
        raise Unreadable("This is a GPS track, which is a line: draw the outline of the area instead.")
    if b"opengis.net/gml" in start[:HEAD]:
        return "GML"
    raise Unreadable(f"This is XML of a kind that we do not know: {SAVE_AS}")


def _refuse_hidden(start: bytes) -> None:
    """Declared entities grow without end or name other files; no map needs them, nor a rare encoding."""
    encoding = ENCODING.match(start[:1000])
    if b"\x00" in start or (encoding and encoding[1].decode().lower() not in PLAIN_ENCODINGS):
        raise Unreadable("This file is not UTF-8 text: export it again as UTF-8.")
    if re.match(rb"(?:\s|<\?[^>]*+>|<!--.*?-->)*+<!doctype\s+html", start[:HEAD], re.IGNORECASE | re.DOTALL):
        raise Unreadable(
            "This is a web page, not a boundary file: look on the page for a download and send that."
        )
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise Unreadable(
            "This file declares a document type of its own, which no map needs: export it again without it."
        )


def _text(data: bytes, start: bytes) -> str:
    try:
        start[:HEAD].decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(start[:HEAD]) - 4:  # a letter cut in two at the end of the head is no fault
            raise Unreadable(f"This is not a boundary file that we can read: {SAVE_AS}") from error
    if b"\x00" in data:
        raise Unreadable(f"This is not a boundary file that we can read: {SAVE_AS}")
    if SHAPES.match(start):
        raise Unreadable("This is a shape as bare text (WKT): put it in a CSV file under the heading “WKT”.")
    if any(mark in start.partition(b"\n")[0] for mark in b",;\t") or re.match(rb'"?(wkt|geom)', start, re.I):
        return "CSV"
    raise Unreadable(f"This text is not a boundary file: {SAVE_AS}")
