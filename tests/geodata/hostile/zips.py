"""Hostile zip files, and hostile Shapefiles in them."""

import io
import stat
import struct
import zipfile

from geodata import writing
from tests.geodata.hostile.bait import Bait, gdalg, local_vrt, vrt
from tests.geodata.hostile.markup import kml, placemark
from tests.geodata.hostile.texts import Case
from tests.geodata.shapes import SQUARE


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def parts() -> dict[str, bytes]:
    """A Shapefile of one square, by name."""
    with zipfile.ZipFile(io.BytesIO(writing.written("Shapefile", [(SQUARE, {"name": "A"})]))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(**changed: bytes) -> bytes:
    return zipped(parts() | {f"areas.{ending}": data for ending, data in changed.items()})


def link(bait: Bait) -> bytes:
    made, entry = io.BytesIO(), zipfile.ZipInfo("areas.shp")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(entry, bait.path)
    return made.getvalue()


def lying_size(_: Bait) -> bytes:
    """A directory that says ten bytes of what unpacks to sixty million."""
    data = bytearray(zipped({"a.geojson": b" " * 60_000_000}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    data[22:26] = struct.pack("<I", 10)
    return bytes(data)


def overlapping(_: Bait) -> bytes:
    """Two names in the directory for one and the same stretch of bytes."""
    data = zipped({"a.kml": kml(placemark()), "b.kml": kml(placemark())})
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    changed = bytearray(data)
    changed[second + 42 : second + 46] = struct.pack("<I", 0)
    return bytes(changed)


def locked(_: Bait) -> bytes:
    data = bytearray(zipped({"a.kml": kml(placemark())}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def lying_counts() -> bytes:
    """A .dbf that says it has four thousand million rows of 65,535 bytes."""
    dbf = bytearray(parts()["areas.dbf"])
    dbf[4:8] = struct.pack("<I", 0xFFFFFFFF)
    dbf[10:12] = struct.pack("<H", 0xFFFF)
    return bytes(dbf)


def lying_shape(parts_said: int, points_said: int) -> bytes:
    shp = bytearray(parts()["areas.shp"])
    shp[144:152] = struct.pack("<II", parts_said, points_said)
    return bytes(shp)


CASES: dict[str, Case] = {
    "zip: bomb by its own account": (lambda _: zipped({"a.geojson": b" " * 60_000_000}), "more than 50 MB"),
    "zip: bomb that says it is none": (lying_size, "zip file is"),
    "zip: many members": (lambda _: zipped({f"{n}.kml": b"" for n in range(60)}), "more than 50 files"),
    "zip: names that climb out": (lambda _: zipped({"../../etc/a.kml": kml(placemark())}), "outside itself"),
    "zip: names from the root": (lambda _: zipped({"/etc/a.kml": kml(placemark())}), "outside itself"),
    "zip: names from a drive": (lambda _: zipped({"C:\\a.kml": kml(placemark())}), "outside itself"),
    "zip: names that climb backwards": (lambda _: zipped({"..\\..\\a.kml": kml(placemark())}), "outside itself"),
    "zip: a link to a file": (link, "a link to another file"),
    "zip: a zip in it": (lambda _: zipped({"a.zip": zipped({"a.kml": kml(placemark())})}), "another archive"),
    "zip: a zip called KML": (lambda _: zipped({"a.kml": zipped({"a.kml": kml(placemark())})}), "another archive"),
    "zip: entries over one another": (overlapping, "zip file is damaged"),
    "zip: locked": (locked, "password"),
    "zip: empty": (lambda _: zipped({}), "is empty"),
    "zip: a member of no bytes": (lambda _: zipped({"a.kml": b""}), "is empty"),
    "zip: cut short": (lambda _: zipped({"a.kml": kml(placemark())})[:-30], "damaged"),
    "zip: only its first bytes": (lambda _: b"PK\x03\x04", "damaged"),
    "zip: VRT called .shp": (lambda b: zipped({"a.shp": vrt(b), "a.shx": b"", "a.dbf": b""}), "Shapefile is damaged"),
    "zip: VRT called .geojson": (lambda b: zipped({"a.geojson": local_vrt(b)}), "directions to other files"),
    "zip: VRT called .kml": (lambda b: zipped({"a.kml": vrt(b)}), "directions to other files"),
    "zip: VRT under its own name": (lambda b: zipped({"a.vrt": vrt(b)}), "no boundary file"),
    "zip: GDALG called .json": (lambda b: zipped({"a.json": gdalg(b)}), "gdal_streamed_alg"),
    "shapefile: .dbf that is a VRT": (lambda b: with_part(dbf=local_vrt(b)), ""),
    "shapefile: .prj that is an address": (lambda b: with_part(prj=b.url.encode()), ""),
    "shapefile: .cpg that is a path": (lambda b: with_part(cpg=b.path.encode()), ""),
    "shapefile: rows beyond counting": (lambda _: with_part(dbf=lying_counts()), ""),
    "shapefile: points beyond counting": (lambda _: with_part(shp=lying_shape(1, 0x0FFFFFFF)), ""),
    "shapefile: parts beyond counting": (lambda _: with_part(shp=lying_shape(0x0FFFFFFF, 5)), ""),
    "shapefile: .shp cut short": (lambda _: with_part(shp=parts()["areas.shp"][:150]), ""),
    "shapefile: .shx of no bytes": (lambda _: with_part(shx=b""), ""),
    "shapefile: header alone": (lambda _: with_part(shp=parts()["areas.shp"][:100], shx=b""), ""),
    "shapefile: .shp alone": (lambda _: zipped({"a.shp": parts()["areas.shp"]}), "only part of a Shapefile"),
}  # fmt: skip
