"""The file of a backup: one zip of tables, mail and the list of erasures, with a manifest that says what each part is.

It is written under another name and renamed when it is whole, so no half of one ever stands under the name that was
asked for. It is read as a stranger's: nothing in it is unpacked by its name, and no part may be larger than the
manifest says, nor all of them than the disk.
"""

import hashlib
import json
import os
import re
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from consult.web.errors import Refused

FORMAT = "consult backup 1"
MANIFEST = "manifest.json"
PARTS = re.compile(r"tables/[a-z][a-z0-9_]{0,62}\.jsonl|mail/[A-Za-z0-9-]{1,120}\.eml|erasures\.log")
MOST_PARTS = 1_000_000
LONGEST_MANIFEST = 300_000_000  # bytes: a million mails that wait
LONGEST_LINE = 500_000_000  # bytes: one row, with the largest file that anybody may upload many times over
SHA256 = re.compile(r"[0-9a-f]{64}")
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, OSError)


@dataclass(frozen=True)
class Part:
    sha256: str
    bytes: int
    lines: int


@dataclass
class Writing:
    """An archive that is being written."""

    file: zipfile.ZipFile
    parts: dict[str, Part] = field(default_factory=dict)

    def add(self, name: str, lines: Iterable[bytes]) -> Part:
        digest, size, number = hashlib.sha256(), 0, 0
        with self.file.open(zipped(name), "w", force_zip64=True) as out:
            for line in lines:
                out.write(line)
                digest.update(line)
                size, number = size + len(line), number + 1
        self.parts[name] = Part(digest.hexdigest(), size, number)
        return self.parts[name]

    def close(self, about: dict[str, Any]) -> None:
        parts = {name: vars(part) for name, part in self.parts.items()}
        content = json.dumps({"format": FORMAT, **about, "parts": parts}, indent=1)
        self.file.writestr(zipped(MANIFEST), content)


def zipped(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, (stat.S_IFREG | 0o600) << 16
    return info


@contextmanager
def writing(path: Path) -> Iterator[Writing]:
    """Makes `path`, readable by its owner alone, once all is written and on the disk; else nothing. Raises Refused
    where no file can be written."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as problem:
        raise Refused(
            f"“{path}” cannot be written: {(problem.strerror or 'it failed').lower()}."
        ) from problem
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            with zipfile.ZipFile(file, "w", compresslevel=3) as archive:
                yield Writing(archive)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
        keep_name(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def keep_name(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@dataclass(frozen=True)
class Archive:
    """One that is being read."""

    path: Path
    file: zipfile.ZipFile
    about: dict[str, Any]
    parts: dict[str, Part]

    def lines(self, name: str) -> Iterator[bytes]:
        """Raises Refused as soon as the part is more, less or other than the manifest says."""
        part, digest, left = self.parts[name], hashlib.sha256(), self.parts[name].bytes
        try:
            with self.file.open(name) as content:
                while line := content.readline(min(left, LONGEST_LINE) + 1):
                    left -= len(line)
                    if left < 0 or len(line) > LONGEST_LINE:
                        raise wrong(self.path, f"“{name}” is larger than its manifest says")
                    digest.update(line)
                    yield line
        except DAMAGED as problem:
            raise wrong(self.path, f"“{name}” cannot be read") from problem
        if digest.hexdigest() != part.sha256:
            raise wrong(self.path, f"“{name}” is not what was written")

    def check(self) -> None:
        """Reads all of it. Raises Refused for anything that is not as the manifest says."""
        for name in self.parts:
            for _ in self.lines(name):
                pass

    def tables(self) -> list[str]:
        return [Path(name).stem for name in self.parts if name.startswith("tables/")]


def wrong(path: Path, what: str) -> Refused:
    return Refused(f"“{path}” is not a whole backup: {what}. Nothing was changed; use another copy.")


@contextmanager
def reading(path: Path) -> Iterator[Archive]:
    """Opens a backup. Raises Refused for a file that is none, or that names what no backup holds."""
    try:
        file: IO[bytes] = path.open("rb")
    except OSError as problem:
        raise Refused(
            f"“{path}” cannot be opened: {(problem.strerror or 'no such file').lower()}."
        ) from problem
    with file:
        try:
            archive = zipfile.ZipFile(file)
            about = manifest_of(path, archive)
        except (*DAMAGED, RecursionError) as problem:
            raise wrong(path, "it is damaged, cut short, or something else") from problem
        parts = parts_of(path, about)
        only_those(path, archive, parts)
        room_for(path, parts)
        yield Archive(path, archive, about, parts)


def manifest_of(path: Path, archive: zipfile.ZipFile) -> dict[str, Any]:
    if MANIFEST not in archive.namelist():
        raise wrong(path, "it has no manifest")
    with archive.open(MANIFEST) as content:
        written = content.read(LONGEST_MANIFEST + 1)
    about = json.loads(written) if len(written) <= LONGEST_MANIFEST else None
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise wrong(path, "its manifest is not one of Consult’s")
    return about


def parts_of(path: Path, about: dict[str, Any]) -> dict[str, Part]:
    said = about.get("parts")
    if not isinstance(said, dict) or not isinstance(about.get("revision"), str):
        raise wrong(path, "its manifest is not one of Consult’s")
    try:
        parts = {name: Part(**each) for name, each in said.items()}
    except TypeError as problem:
        raise wrong(path, "its manifest is not one of Consult’s") from problem
    for name, part in parts.items():
        counted = all(type(n) is int and n >= 0 for n in (part.bytes, part.lines))
        if not PARTS.fullmatch(name) or not counted or not SHA256.fullmatch(str(part.sha256)):
            raise wrong(path, "its manifest names what no backup holds")
    return parts


def only_those(path: Path, archive: zipfile.ZipFile, parts: dict[str, Part]) -> None:
    inside = archive.infolist()
    names = [info.filename for info in inside]
    if sorted(names) != sorted([MANIFEST, *parts]) or len(names) > MOST_PARTS:
        raise wrong(path, "what is in it is not what its manifest lists")
    for info in inside:
        kind = stat.S_IFMT(info.external_attr >> 16)
        if info.is_dir() or kind not in (0, stat.S_IFREG):
            raise wrong(path, f"“{info.filename}” is no plain file")


def room_for(path: Path, parts: dict[str, Part]) -> None:
    size, free = sum(part.bytes for part in parts.values()), shutil.disk_usage(path.resolve().parent).free
    if size > free:
        raise Refused(
            f"“{path}” says that it holds {size / 1e9:,.1f} GB, and {free / 1e9:,.1f} GB are free on this disk. "
            "Nothing was changed."
        )
