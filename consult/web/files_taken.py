"""Files that people hand in with a form: a plain name, a bounded size, and the bytes that its ending promises."""

import re
from contextlib import closing
from dataclasses import dataclass

from werkzeug.datastructures import FileStorage

TEN_MEGABYTES = 10 * 1024 * 1024
ROOM_FOR_A_FILE = (
    32 * 1024 * 1024
)  # so that a file a little too large is refused on its form, where the rest is kept


@dataclass(frozen=True)
class Kind:
    media_type: str
    starts: bytes  # what such a file begins with


TEXTS = {
    "pdf": Kind("application/pdf", b"%PDF-"),
    "docx": Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    "odt": Kind("application/vnd.oasis.opendocument.text", b"PK\x03\x04"),
}
MORE = {
    "xlsx": Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
    "jpg": Kind("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": Kind("image/jpeg", b"\xff\xd8\xff"),
    "png": Kind("image/png", b"\x89PNG\r\n"),
}


@dataclass(frozen=True)
class Taken:
    """A file as it was read: fit to be kept, or refused in a sentence."""

    name: str
    media_type: str
    content: bytes
    refusal: str = ""


def take(
    uploaded: FileStorage, kinds: dict[str, Kind] = TEXTS, what: str = "PDF, Word or OpenDocument"
) -> Taken:
    """Reads at most ten megabytes of what was chosen; `kinds` by ending, which `what` names."""
    with closing(uploaded):
        name, content = plain_name(uploaded.filename or ""), uploaded.read(TEN_MEGABYTES + 1)
    kind = kinds.get(name.rpartition(".")[2])
    return Taken(name, kind.media_type if kind else "", content, refused(name, kind, content, what))


def plain_name(filename: str) -> str:
    """A file's name, fit for an address; its ending stays."""
    stem, _, ending = filename.replace("\\", "/").rpartition("/")[2].rpartition(".")
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", stem or ending).strip("-")[:80]
    return f"{stem or 'document'}.{re.sub(r'[^a-z0-9]', '', ending.lower())[:10]}"


def refused(name: str, kind: Kind | None, content: bytes, what: str) -> str:
    if kind is None:
        return f"Choose a {what} file."
    if not content:
        return f"{name} is empty. Choose another file."
    if len(content) > TEN_MEGABYTES:
        return f"{name} is larger than 10 MB. Make it smaller, or split it in two."
    if not content.startswith(kind.starts):
        return f"{name} is not what its ending says. Save it again as a PDF and choose that."
    return ""
