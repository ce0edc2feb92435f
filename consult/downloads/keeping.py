"""The bytes of a download, kept in the database so that any worker can send them again: a part at a time, never as a
whole in memory."""

import hashlib
import tempfile
from collections.abc import Iterator
from typing import IO

import sqlalchemy as sa

from consult.database import db, new_id
from consult.downloads.models import Download, DownloadFile, DownloadPart
from consult.web.errors import Refused

A_PART = 512 * 1024  # bytes
IN_MEMORY = 4 * A_PART  # a smaller file waits in memory, a larger one on the disk
ROOM = 500_000_000  # bytes that a space keeps of its downloads


def waiting() -> IO[bytes]:
    return tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)


def kept() -> int:
    """Bytes of all downloads of the space."""
    here = sa.select(sa.func.sum(DownloadFile.size)).where(DownloadFile.ended.is_(None))
    return db.session.scalar(here) or 0


def refuse_when_full() -> None:
    """Raises Refused where the space keeps as much as it may."""
    if kept() >= ROOM:
        raise Refused(
            "This space keeps as many downloads as it has room for (500 MB). Remove some that nobody needs."
        )


def keep(download: Download, made: IO[bytes], name: str, media_type: str) -> DownloadFile:
    digest, size = hashlib.sha256(), 0
    for part in parts_of(made):
        digest.update(part)
        size += len(part)
    file = DownloadFile(
        id=new_id(),
        download_id=download.id,
        name=name,
        media_type=media_type,
        sha256=digest.hexdigest(),
        size=size,
    )
    db.session.add(file)
    db.session.flush()
    for number, content in enumerate(parts_of(made)):
        row = DownloadPart(file_id=file.id, number=number, content=content)
        db.session.add(row)
        db.session.flush()
        db.session.expunge(row)
    return file


def parts_of(made: IO[bytes]) -> Iterator[bytes]:
    made.seek(0)
    while part := made.read(A_PART):
        yield part


def fetched(file: DownloadFile) -> IO[bytes]:
    """The bytes as they were kept, to be read from the beginning."""
    found = waiting()
    wanted = sa.select(DownloadPart.content).where(DownloadPart.file_id == file.id)
    numbers = sa.select(DownloadPart.number).where(DownloadPart.file_id == file.id)
    for number in db.session.scalars(numbers.order_by(DownloadPart.number)).all():
        found.write(db.session.scalars(wanted.where(DownloadPart.number == number)).one())
    found.seek(0)
    return found


def remove_parts(file: DownloadFile) -> None:
    """Without reading them."""
    ids = sa.select(DownloadPart.id).where(DownloadPart.file_id == file.id)
    db.session.execute(sa.delete(DownloadPart).where(DownloadPart.id.in_(ids)))
