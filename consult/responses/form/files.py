"""The files that come with responses: what they may be, and where they are kept, before the response is sent and after.

A browser sends a file once, and not again with the next page of a form or after a mistake: until the response is sent
it waits in `HeldFile` under the form's own key.
"""

import hashlib
import io
import re
import zipfile
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.consultations.models import Question
from consult.database import Base, InsertOnly
from consult.tenancy import Owned, link_to, linked

MOST_FILES = 5  # of one question
MOST_BYTES = 5 * 1024 * 1024  # of one file
LONGEST_NAME = 80
STARTS = {  # what a file of this kind begins with
    b"%PDF-": "pdf",
    b"\xff\xd8\xff": "jpg",
    b"\x89PNG\r\n\x1a\n": "png",
}
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
INSIDE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}  # a zip with this in it
OPEN_DOCUMENTS = {MEDIA_TYPES[ending].encode(): ending for ending in ("odt", "ods")}
LARGEST_MIMETYPE = 100  # bytes of the entry `mimetype`


class AnswerFile(Owned, InsertOnly, Base):
    """A file that came with a response. For members only, and only as a download."""

    __tablename__ = "answer_file"
    __erased__ = ("DELETE", "response_id")
    response_id: Mapped[UUID] = link_to("response")
    question_id: Mapped[UUID] = link_to("question")
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str]
    media_type: Mapped[str]  # told by its bytes
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)
    response: Mapped[Any] = linked("AnswerFile.response_id", "Response")
    question: Mapped[Question] = linked("AnswerFile.question_id", "Question")


class HeldFile(Owned, Base):
    """A file of a response that has not been sent. Whoever holds the form's key put it there."""

    __tablename__ = "held_file"
    __table_args__ = (sa.Index("ix_held_file_key", "space_id", "key"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    question_id: Mapped[UUID] = link_to("question")
    key: Mapped[str]  # the form's idempotency key
    name: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)


def ending_of(content: bytes) -> str:
    """What a file is, told by its bytes, as the ending its name should have; nothing where we do not take it."""
    for start, ending in STARTS.items():
        if content.startswith(start):
            return ending
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    return ending_of_zip(content) if content.startswith(b"PK\x03\x04") else ""


def ending_of_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = {entry.filename: entry for entry in archive.infolist()}
            for inside, ending in INSIDE.items():
                if inside in entries:
                    return ending
            says = entries.get("mimetype")
            if says is None or says.file_size > LARGEST_MIMETYPE or says.compress_type != zipfile.ZIP_STORED:
                return ""
            return OPEN_DOCUMENTS.get(archive.read(says).strip(), "")
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError, EOFError):
        return ""


def tidy_name(name: str, ending: str) -> str:
    """The name that it came with, without folders or anything that a system would take for more than a name, and with
    the ending of what it is."""
    last = name.replace("\\", "/").rpartition("/")[2]
    stem = last.rpartition(".")[0] or last
    stem = re.sub(r"[^\w ()-]+", "-", stem).strip(" -_")[:LONGEST_NAME].strip()
    return f"{stem or 'file'}.{ending}"


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
