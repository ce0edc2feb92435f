"""Reports that were built, and the releases that hand them to the authority."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.consultations.models import Consultation
from consult.database import Base
from consult.feedback.models import Snapshot
from consult.tenancy import Handed, Owned, gathered, link_to, linked


class Report(Owned, Base):
    """One pack, asked for by somebody and built by a job from one snapshot."""

    __tablename__ = "report"
    consultation_id: Mapped[UUID] = link_to("consultation")
    snapshot_id: Mapped[UUID] = link_to("snapshot")
    job_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("job.id"))
    public: Mapped[bool] = mapped_column(default=False)  # the redacted layer, fixed when it is asked for
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    built: Mapped[datetime | None]
    consultation: Mapped[Consultation] = linked("Report.consultation_id", "Consultation")
    snapshot: Mapped[Snapshot] = linked("Report.snapshot_id", "Snapshot")
    files: Mapped[list["ReportFile"]] = gathered("Report", "ReportFile.report_id", order_by="ReportFile.name")


class ReportFile(Owned, Base):
    __tablename__ = "report_file"
    __table_args__ = (sa.UniqueConstraint("space_id", "report_id", "name"),)
    report_id: Mapped[UUID] = link_to("report")
    name: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(deferred=True)


class Release(Handed, Base):
    """A frozen report handed to the authority, because the body decided to."""

    __tablename__ = "release"
    __table_args__ = (sa.UniqueConstraint("space_id", "report_id"),)
    # Only its number: the authority never reads the report itself. Null once the body's space is deleted.
    report_id: Mapped[UUID] = link_to("report", nullable=True)
    consultation_reference: Mapped[str]
    title: Mapped[str]
    stage: Mapped[str]
    body: Mapped[str]
    figures: Mapped[
        dict[str, Any]
    ]  # what `feedback.publications.public_figures` gives: small groups kept back
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    files: Mapped[list["ReleaseFile"]] = gathered(
        "Release", "ReleaseFile.release_id", order_by="ReleaseFile.name"
    )


class ReleaseFile(Handed, Base):
    __tablename__ = "release_file"
    __table_args__ = (sa.UniqueConstraint("space_id", "release_id", "name"),)
    release_id: Mapped[UUID] = link_to("release")
    name: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(deferred=True)
