"""Hostile JSON, WKT and CSV."""

import json
from collections.abc import Callable

import numpy as np

from tests.geodata.hostile.bait import WGS84_RING, WKT, Bait, gdalg, local_vrt, vrt

Case = tuple[Callable[[Bait], bytes], str]


def polygon(ring: object, **more: object) -> bytes:
    return json.dumps({"type": "Polygon", "coordinates": [ring], **more}).encode()


def linked(bait: Bait) -> bytes:
    return polygon(WGS84_RING, crs={"type": "link", "properties": {"href": bait.url, "type": "esriwkt"}})


def named_link(bait: Bait) -> bytes:
    return polygon(WGS84_RING, crs={"type": "name", "properties": {"name": bait.url}})


def scribble(points: int) -> bytes:
    rolled = np.random.default_rng(7).uniform([-1.5, 52.0], [-1.4, 52.1], (points, 2)).round(6).tolist()
    return polygon([*rolled, rolled[0]])


def table(cell: str, name: str = "A") -> bytes:
    return f'name,WKT\n{name},"{cell}"\n'.encode()


NEST = b'{"type":"GeometryCollection","geometries":['
CASES: dict[str, Case] = {
    "empty file": (lambda _: b"", "is empty"),
    "one zero byte": (lambda _: b"\x00", "not a boundary file"),
    "json: link as its system": (linked, ""),
    "json: address as its system’s name": (named_link, ""),
    "json: GDALG": (gdalg, "“gdal_streamed_alg”"),
    "json: GDALG after a byte order mark and spaces": (lambda b: b"\xef\xbb\xbf \n\t" + gdalg(b), "gdal_streamed"),
    "json: GDALG of a local file": (lambda b: gdalg(b, b.path), "gdal_streamed_alg"),
    "json: ESRI feature service": (
        lambda b: f'{{"type":"FeatureCollection","url":"{b.url}","features":[]}}'.encode(), "no shapes"
    ),
    "json: collections 50,000 deep": (lambda _: NEST * 50_000 + b"]}" * 50_000, "lists in lists"),
    "json: lists 1,000,000 deep": (lambda _: b"[" * 1_000_000, "lists in lists"),
    "json: NaN": (lambda _: polygon([[float("nan"), 52]] * 4), "NaN"),
    "json: Infinity": (lambda _: polygon([[float("inf"), 52]] * 4), "Infinity"),
    "json: 1e400": (lambda _: b'{"type":"Polygon","coordinates":[[[1e400,52],[1,2],[1,3],[1e400,52]]]}', "too large"),
    "json: scribble that hangs a repair": (lambda _: scribble(2_000), ""),
    "json: 200,000 corners": (lambda _: scribble(150_000), "limit is 100,000"),
    "csv: WKT collections 100,000 deep": (
        lambda _: table("GEOMETRYCOLLECTION(" * 100_000 + ")" * 100_000), "collection inside a collection"
    ),
    "csv: WKT brackets 100,000 deep": (lambda _: table("POLYGON " + "(" * 100_000), "not proper WKT"),
    "csv: WKT nan": (lambda _: table("POLYGON ((nan nan, 1 2, 3 4, nan nan))"), "not proper WKT"),
    "csv: WKT infinity": (lambda _: table("POLYGON ((1e999 52, 1 2, 3 4, 1e999 52))"), "too large"),
    "csv: WKT never closed": (lambda _: table("POLYGON ((" + "1 2," * 200_000), "not proper WKT"),
    "csv: half a MultiPoint": (lambda _: table("MULTIPOINT (" + "(" * 200_000), "not proper WKT"),
    "csv: a quotation mark never closed": (lambda _: b'name,WKT\nA,"' + b"x" * 1_000_000, "quotation marks"),
    "csv: 100,000 columns": (lambda _: b"a," * 100_000 + b"WKT\n", "columns"),
    "csv: a formula for a name": (lambda _: table(WKT, "=HYPERLINK(0)"), ""),
    "csv: opens another file": (lambda b: f'name,WKT\nA,"{b.path}"\n'.encode(), "not proper WKT"),
    "wkt: bare": (lambda _: WKT.encode(), "as bare text"),
    "vrt: bare": (vrt, "directions to other files"),
    "vrt: after a mark, spaces and comments": (
        lambda b: b"\xef\xbb\xbf \n<?xml version='1.0'?><!-- <kml> --><!--\n-->" + vrt(b), "directions to other files"
    ),
    "vrt: after a comment longer than is looked at": (
        lambda b: b"<!--" + b"x" * 70_000 + b"-->" + vrt(b), "directions to other files"
    ),
    "vrt: of a local file": (local_vrt, "directions to other files"),
    "vrt: inside KML": (lambda b: b"<kml>" + vrt(b) + b"</kml>", "KML file"),
    "wfs: a service to ask": (
        lambda b: f"<OGRWFSDataSource><URL>{b.url}</URL></OGRWFSDataSource>".encode(), "directions to other files"
    ),
    "a service’s address": (lambda b: f"WFS:{b.url}".encode(), "not a boundary file"),
    "a Shapefile’s .shp alone": (lambda _: b"\x00\x00\x27\x0a" + bytes(96), "one part of a Shapefile"),
    "a web page": (lambda _: b"<!doctype html><html><p>Sign in", "web page"),
}  # fmt: skip
