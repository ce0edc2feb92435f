"""A zip file from a stranger -> the members that may hold areas, or one sentence saying why not.

Everything is checked in the zip's own directory before a byte is unpacked, and again while unpacking: a
directory may lie. Members come back as bytes; their names are only ever compared, never used on a disk.
"""

import stat
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from geodata.findings import Unreadable

MAX_MEMBERS = 50
MAX_UNPACKED = 50_000_000
CHUNK = 64_000
SHAPEFILE_PARTS = ("shp", "shx", "dbf", "cpg", "prj")
ALONE = ("kml", "gml", "geojson", "json", "csv", "gpkg")
ARCHIVES = ("zip", "kmz", "7z", "rar", "gz", "tgz", "tar")
DIRECTORY_ENTRY = b"PK\x01\x02"
LOCAL_HEADER = 30
MADE_OF_PARTS = {
    "xl/": "an Excel workbook, not a boundary file: put each outline as WKT in a CSV file, or save it as GeoJSON.",
    "word/": "a Word document, not a boundary file: ask its author for the boundary file.",
    "ppt/": "a slide show, not a boundary file: ask its author for the boundary file.",
    "content.xml": "an OpenDocument file, not a boundary file: save the outline as GeoJSON.",
}


@dataclass(frozen=True)
class Shapefile:
    """One Shapefile of an archive: its name without the ending, and its parts by ending."""

    name: str
    parts: dict[str, bytes]


@dataclass(frozen=True)
class Archive:
    """What a zip file holds that may be read: Shapefiles, or else single files by ending."""

    shapefiles: tuple[Shapefile, ...]
    files: tuple[tuple[str, bytes], ...]


def unpacked(data: bytes, max_unpacked: int = MAX_UNPACKED) -> Archive:
    """The members of a zip file that may hold areas. Raises Unreadable."""
    if data.count(DIRECTORY_ENTRY) > MAX_MEMBERS:
        raise Unreadable(_too_many())
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            _refuse(members, len(data), max_unpacked)
            return _sorted(_Reader(archive, max_unpacked), members)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("This zip file is damaged: make it again and try again.") from error


class _Reader:
    """Unpacks members until together they are longer than allowed, whatever the directory says."""

    def __init__(self, archive: zipfile.ZipFile, allowed: int) -> None:
        self.archive, self.left, self.allowed = archive, allowed, allowed

    def read(self, member: zipfile.ZipInfo) -> bytes:
        pieces = []
        with self.archive.open(member) as stream:
            while piece := stream.read(CHUNK):
                self.left -= len(piece)
                if self.left < 0:
                    raise Unreadable(_too_large(self.allowed))
                pieces.append(piece)
        return b"".join(pieces)


def _refuse(members: list[zipfile.ZipInfo], size: int, max_unpacked: int) -> None:
    if len(members) > MAX_MEMBERS:
        raise Unreadable(_too_many())
    if not members:
        raise Unreadable("This zip file is empty: put the boundary file in it.")
    if sum(member.file_size for member in members) > max_unpacked:
        raise Unreadable(_too_large(max_unpacked))
    for member in members:
        _refuse_member(member)
    _refuse_overlaps(members, size)


def _refuse_member(member: zipfile.ZipInfo) -> None:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in member.filename:
        raise Unreadable("This zip file names places outside itself: make it again from the files alone.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Unreadable("This zip file holds a link to another file: put the file itself in it.")
    if member.flag_bits & 1:
        raise Unreadable("This zip file is locked with a password: make it again without one.")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unreadable("This zip file is packed in an unusual way: make it again as an ordinary zip file.")
    if _ending(member) in ARCHIVES:
        raise Unreadable("This zip file holds another archive: unpack it and zip the boundary file alone.")


def _refuse_overlaps(members: list[zipfile.ZipInfo], size: int) -> None:
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < end:
            raise Unreadable("This zip file is damaged, since its files lie over one another: make it again.")
        end = member.header_offset + LOCAL_HEADER + len(member.filename) + member.compress_size
    if end > size:
        raise Unreadable("This zip file is damaged: make it again and try again.")


def _sorted(reader: _Reader, members: list[zipfile.ZipInfo]) -> Archive:
    names = [member.filename for member in members]
    for begins, sentence in MADE_OF_PARTS.items():
        if any(name.startswith(begins) for name in names):
            raise Unreadable(f"This is {sentence}")
    real = [member for member in members if not _is_litter(member.filename)]
    shapefiles = tuple(_shapefile(reader, real, member) for member in real if _ending(member) == "shp")
    if shapefiles:
        return Archive(shapefiles, ())
    return Archive(
        (), tuple((_ending(member), reader.read(member)) for member in real if _ending(member) in ALONE)
    )


def _shapefile(reader: _Reader, members: list[zipfile.ZipInfo], shp: zipfile.ZipInfo) -> Shapefile:
    stem = shp.filename[:-4]
    found = {
        _ending(member): member
        for member in members
        if member.filename[:-4].lower() == stem.lower() and _ending(member) in SHAPEFILE_PARTS
    }
    return Shapefile(
        PurePosixPath(stem).name, {ending: reader.read(member) for ending, member in found.items()}
    )


def _is_litter(name: str) -> bool:
    """What a Mac adds to every zip that it makes."""
    return name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith("._")


def _ending(member: zipfile.ZipInfo) -> str:
    return PurePosixPath(member.filename).suffix[1:].lower()


def _too_many() -> str:
    return f"This zip file holds more than {MAX_MEMBERS} files: put only the boundary file in it."


def _too_large(allowed: int) -> str:
    return f"This zip file unpacks to more than {allowed / 1_000_000:g} MB: put only the boundary file in it."
