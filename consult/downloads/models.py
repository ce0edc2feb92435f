"""Downloads of a selection: who asked for which, and the bytes they were given, to be fetched again."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult import clock
from consult.accounts.models import Person
from consult.consultations.models import Consultation
from consult.database import Base, InsertOnly
from consult.feedback.models import Snapshot
from consult.tenancy import Owned, gathered, link_to, linked


class Download(Owned, InsertOnly, Base):
    """One selection as somebody asked for it; what it selects is told from the snapshots of that moment."""

    __tablename__ = "download"
    selection: Mapped[dict[str, Any]]  # see `filters.Filter`
    in_words: Mapped[list[list[str]]] = mapped_column(sa.JSON)  # the same, as people read it
    rows: Mapped[str]  # responses, points, or releases of a district
    format: Mapped[str]
    counts: Mapped[dict[str, Any]]  # by consultation: its line, and responses, people and points selected
    job_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("job.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    by: Mapped[Person | None] = relationship(Person)
    sources: Mapped[list["DownloadSource"]] = gathered(
        "Download", "DownloadSource.download_id", order_by="DownloadSource.position"
    )
    files: Mapped[list["DownloadFile"]] = gathered(
        "Download", "DownloadFile.download_id", order_by="DownloadFile.at, DownloadFile.id"
    )

    @property
    def file(self) -> "DownloadFile | None":
        """The one that is kept now."""
        return next((file for file in self.files if file.ended is None), None)

    @property
    def number_of_rows(self) -> int:
        return sum(
            said["received" if self.rows == "responses" else "raised"] for said in self.counts.values()
        )


class DownloadSource(Owned, InsertOnly, Base):
    """A consultation that a download selects from, as its responses stood."""

    __tablename__ = "download_source"
    download_id: Mapped[UUID] = link_to("download")
    consultation_id: Mapped[UUID] = link_to("consultation")
    snapshot_id: Mapped[UUID] = link_to("snapshot")
    position: Mapped[int]
    consultation: Mapped[Consultation] = linked("DownloadSource.consultation_id", "Consultation")
    snapshot: Mapped[Snapshot] = linked("DownloadSource.snapshot_id", "Snapshot")


class DownloadFile(Owned, Base):
    """A file as it was made. It ends when words that were in it are erased, or when somebody removes it: its bytes go,
    and that it was there stays."""

    __tablename__ = "download_file"
    download_id: Mapped[UUID] = link_to("download")
    name: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    ended: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(default="")  # it ended: erased or removed
    parts: Mapped[list["DownloadPart"]] = gathered(
        "DownloadFile", "DownloadPart.file_id", order_by="DownloadPart.number"
    )


class DownloadPart(Owned, Base):
    """So many of its bytes: a large file is never in memory as a whole."""

    __tablename__ = "download_part"
    __table_args__ = (sa.UniqueConstraint("space_id", "file_id", "number"),)
    file_id: Mapped[UUID] = link_to("download_file")
    number: Mapped[int]
    content: Mapped[bytes] = mapped_column(deferred=True)
