"""The program that opens one file with GDAL, inside the walls, and answers on its standard output.

It is started by `sandbox`, by path and in Python's isolated mode, and imported by nobody. The answer is one JSON
document (its length first, four bytes little-endian), then for each feature the length of its WKB and the WKB. A
JSON document with “problem” in it stands alone.

    gdal_child.py '{"folder": …, "request": …, "walls": …}'      one file, then the end
    gdal_child.py --many                                         the same a line of standard input, each in a fork
"""

import json
import os
import struct
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
for unused in ("pandas", "geopandas", "pyproj", "shapely", "pyarrow"):  # a second to load
    sys.modules[unused] = None  # type: ignore[assignment]

from geodata import walls  # noqa: E402

# GDAL chooses a driver by what is in the file, whatever its name, so all but the one that is wanted must go. Should a
# later GDAL know another, the child finds that it has two and refuses.
DRIVERS = (
    "MEM,PCIDSK,PDS4,VICAR,PDF,MBTiles,EEDA,OGCAPI,GDALG,ESRI Shapefile,MapInfo File,LVBAG,S57,DGN,OGR_VRT,CSV,GML,"
    "GPX,LIBKML,KML,GeoJSON,GeoJSONSeq,ESRIJSON,TopoJSON,OGR_GMT,GPKG,SQLite,WAsP,OpenFileGDB,DXF,FlatGeobuf,GeoRSS,"
    "VFK,PGDUMP,OSM,GPSBabel,OGR_PDS,WFS,OAPIF,EDIGEO,Idrisi,ODS,XLSX,Elasticsearch,Carto,AmigoCloud,SXF,Selafin,JML,"
    "PLSCENES,CSW,VDV,MVT,NGW,MapML,GTFS,PMTiles,JSONFG,MiraMonVector,ADBC,AVCBin,AVCE00,AIVector,HTTP,VRT,GTI"
)
# Coordinates as they are written, so that `coordinates` may judge them; no schema fetched, nothing written beside.
OPTIONS: dict[str, dict[str, str]] = {
    "GML": {
        "INVERT_AXIS_ORDER_IF_LAT_LONG": "NO",
        "SWAP_COORDINATES": "NO",
        "CONSIDER_EPSG_AS_URN": "NO",
        "DOWNLOAD_SCHEMA": "NO",
        "WRITE_GFS": "NO",
        "EXPOSE_GML_ID": "NO",
        "EXPOSE_FID": "NO",
    },
    "GPKG": {"LIST_ALL_TABLES": "NO", "IMMUTABLE": "YES"},
    "LIBKML": {},
    "ESRI Shapefile": {"AUTO_REPACK": "NO"},
}
MAX_LAYERS = 40  # each is opened anew to be counted
NOT_AREAS = ("Point", "LineString", "MultiPoint", "MultiLineString", "None", "CompoundCurve", "MultiCurve")
AREAS = (3, 6, 7, 10, 12)


class Problem(Exception):
    """What is wrong with the file, by one of the names that `foreign` has sentences for."""


def main() -> None:
    if sys.argv[1:] == ["--many"]:
        many()
        return
    asked = json.loads(sys.argv[1])
    build_walls(asked["walls"])
    load(asked["request"]["driver"])
    sys.stdout.buffer.write(answer(asked))
    sys.stdout.buffer.flush()
    os._exit(0)  # no tidying up by libraries that a hostile file has been through


def many() -> None:
    """The same file by file, each in a fork with walls of its own: for tests of very many files."""
    driver = None
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        if driver is None:
            driver = asked["request"]["driver"]
            load(driver)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            build_walls(asked["walls"])
            with os.fdopen(writing, "wb") as out:
                out.write(answer(asked))
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as heard:
            found = heard.read()
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.buffer.write(struct.pack("<iI", code, len(found)) + found)
        sys.stdout.buffer.flush()


def build_walls(limits: dict[str, Any]) -> None:
    walls.limit(limits["memory_bytes"], limits["cpu_s"])
    walls.leave_the_network()


def load(driver: str) -> None:
    os.environ["GDAL_SKIP"] = ",".join(name for name in DRIVERS.split(",") if name != driver)
    import pyogrio
    import pyogrio.raw

    from geodata import base_tables, markup_check  # noqa: F401  # nothing can be loaded once the walls are closed

    if set(pyogrio.list_drivers()) != {driver}:
        os._exit(3)


def answer(asked: dict[str, Any]) -> bytes:
    import pyogrio

    folder = asked["folder"]
    walls.read_only_beneath([folder, str(Path(pyogrio.__file__).parent)])
    os.chdir(folder)
    try:
        return opened(asked["request"], asked["walls"]["features"])
    except Problem as problem:
        return packed({"problem": str(problem)})
    except MemoryError:
        return packed({"problem": "too large"})
    except Exception:  # whatever a library makes of a hostile file; its words may quote the file
        return packed({"problem": "damaged"})


def packed(head: dict[str, Any]) -> bytes:
    written = json.dumps(head).encode()
    return struct.pack("<I", len(written)) + written


def opened(request: dict[str, Any], most: int) -> bytes:
    """The layer that was asked for, or else the first that holds an area; and the names of all that may."""
    found, without = layers(request)
    if not found:
        raise Problem("no layers")
    wanted = request["layer"]
    tried = [layer for layer in found if wanted is None or layer["called"] == wanted]
    if not tried:
        raise Problem("no such layer")
    for layer in tried:
        read = features(layer, request["driver"], most)
        if any(is_area(shape) for shape in read[1]):
            break
    properties, shapes = read
    head = {
        "layers": [[one["called"], one["features"]] for one in found],
        "without": without,
        "layer": layer["called"],
        "srs": layer["srs"],
        "properties": properties,
    }
    return packed(head) + b"".join(struct.pack("<I", len(shape)) + shape for shape in shapes)


def layers(request: dict[str, Any]) -> tuple[list[dict[str, Any]], list[str]]:
    """Those that may hold an area, and the names of those that hold points or lines alone."""
    import pyogrio

    options = OPTIONS[request["driver"]]
    found: list[dict[str, Any]] = []
    without: list[str] = []
    for file, called in request["files"]:
        names = names_and_systems(file, request["driver"])
        if len(found) + len(names) > MAX_LAYERS:
            raise Problem("too many layers")
        for name, srs in names:
            about = pyogrio.read_info(file, layer=name, force_feature_count=True, **options)
            if str(about["geometry_type"]).split(" ")[0] in NOT_AREAS:
                without.append(called or name)
                continue
            found.append(
                {
                    "file": file,
                    "name": name,
                    "called": called or name,
                    "srs": srs,
                    "features": about["features"],
                }
            )
    return found, without


def names_and_systems(file: str, driver: str) -> list[tuple[str, str]]:
    import pyogrio

    from geodata import base_tables, markup_check

    try:
        if driver == "GPKG":
            return base_tables.layers(file)
        if driver in ("GML", "LIBKML"):
            markup_check.check(file)
    except (base_tables.NotPlain, markup_check.NotPlain) as problem:
        raise Problem(str(problem)) from problem
    return [(str(name), "") for name, _ in pyogrio.list_layers(file)]


def features(layer: dict[str, Any], driver: str, most: int) -> tuple[list[dict[str, Any]], list[bytes]]:
    """The properties and the two-dimensional WKB (b"" for none) of each feature in a layer."""
    import pyogrio.raw

    meta, _, shapes, columns = pyogrio.raw.read(
        layer["file"],
        layer=layer["name"],
        force_2d=True,
        max_features=most + 1,
        datetime_as_string=True,
        **OPTIONS[driver],
    )
    if shapes is None:
        raise Problem("no areas")
    if len(shapes) > most:
        raise Problem("too many")
    names = [str(name) for name in meta["fields"]]
    whole = [str(kind).startswith("OFTInteger") for kind in meta["ogr_types"]]
    rows = [
        {
            name: plain(column[row], whole=kind)
            for name, column, kind in zip(names, columns, whole, strict=True)
        }
        for row in range(len(shapes))
    ]
    return rows, [bytes(shape) if shape is not None else b"" for shape in shapes]


def is_area(shape: bytes) -> bool:
    return len(shape) > 4 and struct.unpack_from("<I", shape, 1)[0] in AREAS


def plain(value: Any, *, whole: bool) -> Any:
    """A field's value as JSON has it: numbers and words, None for what is neither.

    Whole numbers come as decimals where some are missing.
    """
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        if value - value != 0:
            return None
        return int(value) if whole else value
    if value is None or isinstance(value, bool | int | str):
        return value
    return None if isinstance(value, bytes) else str(value)


if __name__ == "__main__":
    main()
