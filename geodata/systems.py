"""The reference system that a file names (.prj, srsName, srs_id) -> the one of ours that it is, or a sentence.

Only a name is looked for, never a transformation: the coordinates' own size decides (`coordinates`), and
OSTN15 converts (`crs`). A name matters where size cannot tell: Irish Grid metres look like British ones.
"""

import re

from geodata.coordinates import System
from geodata.findings import Unreadable
from geodata.jsontext import plain

# 4258 is ETRS89, which OSTN15 takes for WGS84 too; 7405 is British National Grid with heights.
BY_CODE: dict[int, System] = {
    4326: "EPSG:4326", 4258: "EPSG:4326", 4979: "EPSG:4326", 27700: "EPSG:27700", 7405: "EPSG:27700",
    3857: "EPSG:3857", 900913: "EPSG:3857", 3785: "EPSG:3857", 102100: "EPSG:3857", 102113: "EPSG:3857",
}  # fmt: skip
CODE = re.compile(r"(?:EPSG|ESRI)\D{1,8}?(?:[\d.]+[:/])?(\d{4,6})\b", re.IGNORECASE)
TITLE = re.compile(r'\A\s*(PROJCS|PROJCRS|GEOGCS|GEOGCRS)\s*\[\s*"([^"]*)"', re.IGNORECASE)
UNNAMED = ("", "unnamed", "unknown", "undefined", "custom")
LONGEST = 20_000


def declared(name: str) -> System | None:
    """The system that a name, URN or WKT stands for; None when it says nothing.

    Raises Unreadable when it stands for one that we cannot convert from.
    """
    name = name[:LONGEST]
    title = TITLE.match(name)
    if title:
        return _by_wkt(title[1].upper(), title[2], name)
    if "CRS84" in name.upper():
        return "EPSG:4326"
    codes = [int(code) for code in CODE.findall(name)]
    if not codes:
        return None
    if codes[0] not in BY_CODE:
        raise _unknown(f"EPSG:{codes[0]}")
    return BY_CODE[codes[0]]


def _by_wkt(kind: str, title: str, whole: str) -> System | None:
    words = re.sub(r"[^a-z0-9]+", " ", title.lower())
    if kind.startswith("GEOG"):
        if any(name in words for name in ("wgs 84", "wgs84", "wgs 1984", "etrs89", "etrs 1989")):
            return "EPSG:4326"
    elif "british national grid" in words or _is_national_grid(whole):
        return "EPSG:27700"
    elif "pseudo mercator" in words or "web mercator" in words or "popular visualisation" in words:
        return "EPSG:3857"
    if words.strip() not in UNNAMED:
        raise _unknown(title)
    return None


def _is_national_grid(whole: str) -> bool:
    """As MapInfo writes it: by its numbers, under no name."""
    numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", whole)]
    return "transverse" in whole.lower() and {49.0, -2.0, 400_000.0, -100_000.0} <= set(numbers)


def _unknown(name: str) -> Unreadable:
    return Unreadable(
        f"This file is in a system that we cannot convert, “{plain(name)[:60]}”: "
        "export it as longitude and latitude (WGS84) or as British National Grid."
    )
