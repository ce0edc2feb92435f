"""Word files that wait for their members to say what becomes of each heading; a week later they are gone."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import audit, clock, jobs
from consult.database import Base, db
from consult.plans.models import change_alone
from consult.tenancy import Owned, here
from consult.web.errors import Refused

WAITS: Final = timedelta(days=7)
MOST_WAITING: Final = 5
EXPIRES: Final = "plan.word_expires"


class WordUpload(Owned, Base):
    """A file as it came."""

    __tablename__ = "word_upload"
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))

    def remove(self) -> None:
        db.session.delete(self)
        db.session.flush()


def keep(content: bytes, name: str, by: Any) -> WordUpload:
    """Keeps a file until it is brought in. Raises Refused where too many wait already."""
    change_alone()
    if len(waiting()) >= MOST_WAITING:
        raise Refused(
            f"{MOST_WAITING} Word files wait already: bring one in or cancel it, then send this again."
        )
    upload = WordUpload(name=name, content=content, by_id=by.id)
    db.session.add(upload)
    audit.record("plan.word_uploaded", name, by=by, bytes=len(content))
    db.session.flush()
    jobs.post(EXPIRES, {"upload": str(upload.id)}, due=upload.at + WAITS)
    return upload


def waiting() -> list[WordUpload]:
    """Those of the space we stand in, the newest first."""
    return list(db.session.scalars(sa.select(WordUpload).order_by(WordUpload.at.desc())))


def find(upload_id: UUID) -> WordUpload | None:
    return db.session.get(WordUpload, (here(), upload_id))


@jobs.handler(EXPIRES)
def expire(job: jobs.Job) -> dict[str, Any]:
    upload = find(UUID(job.payload["upload"]))
    if upload is not None:
        audit.record("plan.word_expired", upload.name)
        upload.remove()
    return {"removed": upload is not None}
