"""Files that wait for their members to say which shape in them is the area; a week later they are gone."""

import unicodedata
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import audit, clock, jobs
from consult.database import Base, alone, db
from consult.spaces.models import standing
from consult.tenancy import Owned, here
from consult.web.errors import Refused

WAITS = timedelta(days=7)
MOST_WAITING = 20
LONGEST_NAME = 120
EXPIRES = "area.upload_expires"


class Upload(Owned, Base):
    """A file, or pasted text, as it came. It goes when somebody chooses from it, cancels it, or forgets it."""

    __tablename__ = "upload"
    name: Mapped[str]  # "" for what was pasted
    content: Mapped[bytes] = mapped_column(deferred=True)
    format: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))

    @property
    def title(self) -> str:
        return self.name or "What you pasted"

    @property
    def goes(self) -> datetime:
        return self.at + WAITS

    def remove(self) -> None:
        db.session.delete(self)
        db.session.flush()

    def cancel(self, by: Any) -> None:
        audit.record("area.upload_cancelled", self.title, by=by)
        self.remove()


def keep(content: bytes, name: str, format_: str, by: Any) -> Upload:
    """Keeps a file until somebody has chosen from it. Raises Refused where too many wait already."""
    alone(f"area of {standing().id}")
    if len(waiting()) >= MOST_WAITING:
        raise Refused(
            f"{MOST_WAITING} files of yours wait already: choose from one or cancel some, then upload this again."
        )
    upload = Upload(name=name, content=content, format=format_, by_id=by.id)
    db.session.add(upload)
    audit.record("area.uploaded", upload.title, by=by, format=format_, bytes=len(content))
    db.session.flush()
    jobs.post(EXPIRES, {"upload": str(upload.id)}, due=upload.goes)
    return upload


def waiting() -> list[Upload]:
    """Those of the space we stand in, the newest first."""
    return list(db.session.scalars(sa.select(Upload).order_by(Upload.at.desc())))


def find(upload_id: UUID) -> Upload | None:
    return db.session.get(Upload, (here(), upload_id))


@jobs.handler(EXPIRES)
def expire(job: jobs.Job) -> dict[str, Any]:
    upload = find(UUID(job.payload["upload"]))
    if upload is not None:
        audit.record("area.upload_expired", upload.title)
        upload.remove()
    return {"removed": upload is not None}


def file_name(sent: str) -> str:
    """A file's own name: no folders, and no characters that nobody sees or that turn the writing round."""
    last = sent.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in last)
    name = " ".join(seen.split())
    stem, dot, ending = name.rpartition(".")
    return name if len(name) <= LONGEST_NAME else stem[: LONGEST_NAME - 10] + dot + ending[:9]
