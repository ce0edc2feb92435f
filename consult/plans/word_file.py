"""A Word file from a stranger -> python-docx's document, or one sentence saying why not.

Only three parts are taken out of the zip, each bounded while it is unpacked: the document, its styles, its lists. They
are parsed without entities, and put into a package of our own, so that python-docx opens no part and follows no link
that the file names. Macros, pictures and what lies elsewhere never leave the zip.
"""

import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final

import docx
from lxml import etree

from consult.web.errors import Refused

MOST_MEMBERS: Final = 5_000
MOST_XML: Final = 24_000_000  # bytes of one part: a plan of 300 pages has about 5 MB
MOST_TAGS: Final = 600_000
RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DAMAGED: Final = "This Word file is damaged: open it in Word, save it again, and choose that."
UNUSUAL: Final = (
    "This Word file is put together in an unusual way: open it in Word, save it again, and choose that."
)
LOCKED: Final = "This file has a password or is of an old kind: save it from Word as .docx without one."
NO_WORD: Final = "This is not a Word file: choose one whose name ends in .docx."
PARTS: Final = {"styles": "styles", "numbering": "numbering"}


class NotWord(Refused):
    """A file that cannot be read."""


@dataclass(frozen=True)
class Opened:
    """The document, and the addresses that its links name."""

    document: Any
    styles: Any
    numbering: Any
    links: dict[str, str] = field(default_factory=dict)


def opened(data: bytes) -> Opened:
    """Raises NotWord."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise NotWord(LOCKED)
    if not data.startswith(b"PK"):
        raise NotWord(NO_WORD)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return of_parts(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        ValueError,
        OSError,
        KeyError,
    ) as problem:
        raise NotWord(DAMAGED) from problem
    except (RuntimeError, etree.XMLSyntaxError) as problem:
        raise NotWord(UNUSUAL) from problem


def of_parts(archive: zipfile.ZipFile) -> Opened:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise NotWord(UNUSUAL)
    names = {member.filename for member in members}
    main = main_part(archive, names)
    folder, name = posixpath.split(main)
    body = parsed(archive, main)
    if body.tag != f"{{{WORD}}}document":
        raise NotWord(UNUSUAL)
    parts, links = {"document": body}, {}
    relations = f"{folder}/_rels/{name}.rels"
    for kind, target, id_, outside in related(archive, relations) if relations in names else ():
        path = (
            posixpath.normpath(posixpath.join(folder, target)) if not target.startswith("/") else target[1:]
        )
        if kind == "hyperlink" and outside:
            links[id_] = target
        elif kind in PARTS and not outside and path in names:
            parts[kind] = parsed(archive, path)
    return Opened(rebuilt(parts), parts.get("styles"), parts.get("numbering"), links)


def main_part(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "_rels/.rels" not in names:
        raise NotWord(NO_WORD)
    for kind, target, _, outside in related(archive, "_rels/.rels"):
        if kind == "officeDocument" and not outside and target.lstrip("/") in names:
            return target.lstrip("/")
    raise NotWord(NO_WORD)


def related(archive: zipfile.ZipFile, path: str) -> list[tuple[str, str, str, bool]]:
    """What a part points at: the kind, the target, its id, and whether that lies outside the file."""
    return [
        (
            str(each.get("Type", "")).rpartition("/")[2],
            str(each.get("Target", "")),
            str(each.get("Id", "")),
            each.get("TargetMode") == "External",
        )
        for each in parsed(archive, path).iter(RELATIONS)
    ]


def parsed(archive: zipfile.ZipFile, path: str) -> Any:
    """A part as a tree: bounded in bytes and in tags, no document type, so no entities of its own."""
    with archive.open(path) as stream:
        data = stream.read(MOST_XML + 1)
    if len(data) > MOST_XML or data.count(b"<") > MOST_TAGS:
        raise NotWord(
            "This Word file is too long to be read here: bring it in as several, one after another."
        )
    if b"<!" in data.replace(b"<!--", b"") or b"\x00" in data:
        raise NotWord(UNUSUAL)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(data, parser)


def rebuilt(parts: dict[str, Any]) -> Any:
    """A package that holds these parts and nothing else, as python-docx opens it."""
    made, kinds = BytesIO(), [kind for kind in parts if kind != "document"]
    called = {kind: "document.main" if kind == "document" else kind for kind in parts}
    types = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{TYPE}.{name}+xml"/>'
        for kind, name in called.items()
    )
    inner = "".join(
        f'<Relationship Id="r{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>' for kind in kinds
    )
    outer = f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    package = "http://schemas.openxmlformats.org/package/2006"
    rels = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(
            "[Content_Types].xml", f'<Types xmlns="{package}/content-types">{rels}{types}</Types>'
        )
        archive.writestr(
            "_rels/.rels", f'<Relationships xmlns="{package}/relationships">{outer}</Relationships>'
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{package}/relationships">{inner}</Relationships>',
        )
        for kind, tree in parts.items():
            archive.writestr(f"word/{kind}.xml", etree.tostring(tree))
    return docx.Document(made)
