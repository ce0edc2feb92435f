"""Whether a file has curves in it, which GDAL draws as short straight lines without saying so.

Told from the bytes: by GML's names of curved segments (ISO 19136, 10.4.7), and in a GeoPackage by a CircularString
(well-known binary kind 8) in a shape whose own kind can hold curves (OGC 12-128, annex G).
"""

import re

SAID = "The file has curves in it: we drew them as short straight lines, so check the edge on the map."
GML = re.compile(
    rb"<(?:\w+:)?(?:Arc|ArcString|ArcByBulge|ArcStringByBulge|ArcByCenterPoint|Circle|CircleByCenterPoint"
    rb"|CubicSpline|BSpline|Bezier|Clothoid|GeodesicString)[\s>]"
)
# Its header with or without a box, then a kind that can hold curves: flat, or with heights.
PACKAGED = re.compile(
    rb"GP\x00[\x00-\x3f].{4}(?:.{32}|.{48}|.{64})?\x01(?:[\x09-\x0c]\x00|[\xf1-\xf4]\x03)\x00\x00", re.DOTALL
)
ARCS = re.compile(rb"\x01(?:\x08\x00|\xf0\x03)\x00\x00", re.DOTALL)


def are_in(format: str, data: bytes) -> bool:
    """Whether a file of this format, GML or GeoPackage, has curves; no other has any."""
    if format == "GML":
        return GML.search(data) is not None
    return format == "GeoPackage" and PACKAGED.search(data) is not None and ARCS.search(data) is not None
