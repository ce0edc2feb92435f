"""KML, GML, GeoPackage and Shapefile, which GDAL opens in the sandbox -> the features in them.

Nothing that comes back is believed: the text is read as any stranger's JSON, the WKB as any stranger's WKB.
"""

import re
import struct
from dataclasses import dataclass, replace
from typing import Any

from geodata import curves, sandbox, systems, wkbtext
from geodata.archives import Shapefile
from geodata.coordinates import System
from geodata.findings import Unreadable
from geodata.geojson import Item, Piece, name_of
from geodata.jsontext import parse, plain

DRIVERS = {"KML": ("LIBKML", "kml"), "GML": ("GML", "gml"), "GeoPackage": ("GPKG", "gpkg")}
PROBLEMS = {
    "no layers": "This {} has no layer that could hold an area: export your area into it again.",
    "no such layer": "This {} has no layer of that name that could hold an area.",
    "no areas": "This {} has no shapes in it: export it again with your area selected.",
    "too many": "This {} has too many shapes in it: keep only your own area in it.",
    "too many layers": "This {} has too many layers and tables in it: keep only your own area in it.",
    "too large": "This {} takes more memory to read than one file may: simplify it.",
    "not plain": "This {} has views or programs where its tables should be: export your area into a new file.",
    "too deep": "This {} has elements in elements deeper than any map needs: export it again.",
    "damaged": "This {} is damaged, or is not what it seems: export it again, as GeoJSON if you can.",
}
# How KML says that a shape is drawn, which is nobody's property of it.
STYLING = {
    "tessellate",
    "extrude",
    "visibility",
    "drawOrder",
    "icon",
    "altitudeMode",
    "timestamp",
    "begin",
    "end",
}
SRS_NAME = re.compile(rb"""srsName\s*=\s*["']([^"']{1,200})["']""")


@dataclass(frozen=True)
class Found:
    """One layer of a file: its features, those with nothing drawn left out and counted, and its neighbours."""

    items: list[Item]
    nothing_drawn: int
    layer: str
    layers: tuple[tuple[str, int], ...]
    declared: System | None
    curved: bool = False
    without: tuple[str, ...] = ()  # the names of layers of points or lines alone


def read(format: str, data: bytes, layer: str | None, walls: sandbox.Walls) -> Found:
    """A KML, GML or GeoPackage file. Raises Unreadable."""
    driver, ending = DRIVERS[format]
    name = f"area.{ending}"
    found = _asked(format, {name: data}, sandbox.Request(driver, [(name, "")], layer), walls)
    found = replace(found, curved=curves.are_in(format, data))
    return replace(found, declared=_of_names(data)) if format == "GML" else found


def read_shapefiles(shapefiles: tuple[Shapefile, ...], layer: str | None, walls: sandbox.Walls) -> Found:
    """The Shapefiles of one zip file, each a layer; none of their names is used for a file. Raises Unreadable."""
    files, layers, systems_by_name = {}, [], {}
    for number, shapefile in enumerate(shapefiles):
        if "dbf" not in shapefile.parts and "shx" not in shapefile.parts:
            raise Unreadable(
                "This zip file has only part of a Shapefile: put the .shp, .shx, .dbf and .prj in it."
            )
        called = plain(shapefile.name) or f"layer {number + 1}"
        layers.append((f"area{number}.shp", called))
        systems_by_name[called] = shapefile.parts.get("prj", b"").decode("utf-8", "replace")
        for ending, part in shapefile.parts.items():
            if ending != "prj":  # read here, where no library draws conclusions from it
                files[f"area{number}.{ending}"] = part
    found = _asked("Shapefile", files, sandbox.Request("ESRI Shapefile", layers, layer), walls)
    return replace(found, declared=systems.declared(systems_by_name.get(found.layer, "")))


def _of_names(data: bytes) -> System | None:
    """The one system that a GML file's shapes say they are in."""
    named = {systems.declared(name.decode("utf-8", "replace")) for name in set(SRS_NAME.findall(data))}
    named.discard(None)
    return named.pop() if len(named) == 1 else None


def _asked(format: str, files: dict[str, bytes], request: sandbox.Request, walls: sandbox.Walls) -> Found:
    answer = sandbox.answer(files, request, walls)
    try:
        head, shapes = _unpacked(answer, walls)
        if "problem" in head:
            raise Unreadable(_sentence(str(head["problem"]), format))
        return _found(head, shapes)
    except (struct.error, KeyError, TypeError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(_sentence("damaged", format)) from error


def _sentence(problem: str, format: str) -> str:
    line = re.fullmatch(r"line (\d{1,9})", problem)
    if line:
        return f"This {_called(format)} stops making sense at line {int(line[1]):,}: export it again, whole."
    return PROBLEMS.get(problem, PROBLEMS["damaged"]).format(_called(format))


def _called(format: str) -> str:
    return format if format == "Shapefile" else f"{format} file"


def _unpacked(answer: bytes, walls: sandbox.Walls) -> tuple[dict[str, Any], list[bytes]]:
    (length,) = struct.unpack_from("<I", answer)
    head = parse(answer[4 : 4 + length], walls.answer_bytes)
    shapes, at = [], 4 + length
    while at < len(answer):
        (size,) = struct.unpack_from("<I", answer, at)
        shapes.append(answer[at + 4 : at + 4 + size])
        at += 4 + size
    if not isinstance(head, dict) or at > len(answer):
        raise ValueError("the answer is cut short")
    return head, shapes


def _found(head: dict[str, Any], shapes: list[bytes]) -> Found:
    layers = tuple((plain(str(name)), int(count)) for name, count in head["layers"])
    items = [
        _item(number, properties, shape)
        for number, (properties, shape) in enumerate(zip(head["properties"], shapes, strict=True), 1)
        if shape
    ]
    drawn = [item for item in items if item.pieces]
    declared = systems.declared(str(head["srs"]))
    without = tuple(plain(str(name)) for name in head["without"])
    nothing = len(shapes) - len(drawn)
    return Found(drawn, nothing, plain(str(head["layer"])), layers, declared, without=without)


def _item(number: int, properties: dict[str, Any], shape: bytes) -> Item:
    given = {
        str(key): value
        for key, value in plain(properties).items()
        if value is not None and key not in STYLING
    }
    name = name_of(given, None)
    label = f"Shape {number:,} ({name[:60]})" if name else f"Shape {number:,}"
    pieces = tuple(piece for piece in wkbtext.pieces(shape, label) if not _is_empty(piece))
    return Item(name, label, given, pieces)


def _is_empty(piece: Piece) -> bool:
    return not piece.coordinates
