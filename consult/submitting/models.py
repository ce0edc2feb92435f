"""The submission (regulation 15): assembled item by item, then frozen and handed to the authority."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult import clock
from consult.database import Base, InsertOnly, db
from consult.spaces.models import Space
from consult.tenancy import Decided, Handed, Owned, gathered, link_to, linked


class SubmissionDraft(Owned, Base):
    """The submission as far as it is assembled; one a space. What other floors hold (area, plan, report) is only named
    here, and copied when it is handed over."""

    __tablename__ = "submission_draft"
    __table_args__ = (sa.UniqueConstraint("space_id"),)
    kind: Mapped[str] = mapped_column(default="plan")  # plan, modification
    report_id: Mapped[UUID | None] = link_to("report", nullable=True)  # the built consultation statement
    conditions_from: Mapped[date | None]  # which list of `conditions.toml` is answered; none: the newest
    conditions: Mapped[dict[str, str]] = mapped_column(sa.JSON, default=dict)  # by key of that list
    environment: Mapped[str] = mapped_column(default="")  # report, none
    reasons: Mapped[str] = mapped_column(default="")  # of the determination that no assessment is needed
    determined_on: Mapped[date | None]
    changes_nature: Mapped[str] = mapped_column(default="")  # yes, no: of a modification proposal
    modification: Mapped[str] = mapped_column(default="")  # its statement, giving reasons
    changed: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    files: Mapped[list["SubmissionDraftFile"]] = gathered(
        "SubmissionDraft",
        "SubmissionDraftFile.draft_id",
        order_by="SubmissionDraftFile.at, SubmissionDraftFile.name",
    )


class Kept:
    """A file under one item of regulation 15(1): area, statement, plan, conditions, environment, modification."""

    item: Mapped[str]
    name: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(deferred=True)


class SubmissionDraftFile(Owned, Kept, Base):
    __tablename__ = "submission_draft_file"
    __table_args__ = (sa.UniqueConstraint("space_id", "draft_id", "name"),)
    draft_id: Mapped[UUID] = link_to("submission_draft")
    at: Mapped[datetime] = mapped_column(default=clock.now)


class Submission(Handed, InsertOnly, Base):
    """A plan proposal or a modification proposal as it was submitted (regulation 15): nothing in it changes any more.

    `items` is its index, in order: {"key", "regulation", "title", "words", "files": [names]}. `sha256` is the checksum
    of the manifest, which has that of each file.
    """

    __tablename__ = "submission"
    __table_args__ = (sa.UniqueConstraint("space_id", "number"),)
    number: Mapped[int]
    kind: Mapped[str]  # plan, modification
    title: Mapped[str]  # of the plan
    body: Mapped[str]
    area_name: Mapped[str]
    area_reference: Mapped[str]  # on the register
    plan_version: Mapped[int | None]  # the number of the frozen version, where the plan is written here
    consultation_reference: Mapped[str] = mapped_column(default="")  # of regulation 14
    items: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)
    sha256: Mapped[str]
    outline: Mapped[bytes | None] = mapped_column(deferred=True)  # of the area, WKB in EPSG:27700
    hectares: Mapped[float | None]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    files: Mapped[list["SubmissionFile"]] = gathered(
        "Submission", "SubmissionFile.submission_id", order_by="SubmissionFile.position"
    )
    sections: Mapped[list["SubmittedSection"]] = gathered(
        "Submission", "SubmittedSection.submission_id", order_by="SubmittedSection.position"
    )
    policies: Mapped[list["SubmittedPolicy"]] = gathered(
        "Submission", "SubmittedPolicy.submission_id", order_by="SubmittedPolicy.position"
    )
    sites: Mapped[list["SubmittedSite"]] = gathered(
        "Submission", "SubmittedSite.submission_id", order_by="SubmittedSite.position"
    )
    consulted: Mapped[list["SubmittedConsultee"]] = gathered(
        "Submission", "SubmittedConsultee.submission_id", order_by="SubmittedConsultee.position"
    )
    withdrawal: Mapped["SubmissionWithdrawal | None"] = gathered(
        "Submission", "SubmissionWithdrawal.submission_id", uselist=False
    )
    replies: Mapped[list["SubmissionReply"]] = gathered(
        "Submission", "SubmissionReply.submission_id", order_by="SubmissionReply.at"
    )
    space: Mapped[Space] = relationship(primaryjoin="foreign(Submission.space_id) == Space.id", viewonly=True)

    @property
    def reply(self) -> "SubmissionReply | None":
        """The authority's last word on whether all of it has come."""
        return self.replies[-1] if self.replies else None

    @property
    def state(self) -> str:
        """withdrawn, incomplete, complete (as the authority has said) or received."""
        if self.withdrawal:
            return "withdrawn"
        return self.reply.outcome if self.reply else "received"

    @property
    def stands(self) -> bool:
        """Whether the authority has it before it: neither taken back nor found incomplete."""
        return self.state in ("received", "complete")


class SubmissionFile(Handed, Kept, InsertOnly, Base):
    __tablename__ = "submission_file"
    __table_args__ = (sa.UniqueConstraint("space_id", "submission_id", "name"),)
    submission_id: Mapped[UUID] = link_to("submission")
    position: Mapped[int]


class SubmittedSection(Handed, InsertOnly, Base):
    """Words of the plan under a heading, as they were submitted. `key` is the same section in every version."""

    __tablename__ = "submitted_section"
    __table_args__ = (sa.UniqueConstraint("space_id", "submission_id", "key"),)
    submission_id: Mapped[UUID] = link_to("submission")
    key: Mapped[str]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="")  # Markdown
    level: Mapped[int]
    position: Mapped[int]


class SubmittedSite(Handed, InsertOnly, Base):
    """Land that the plan says something about, as it was submitted; nothing of what its owners were told."""

    __tablename__ = "submitted_site"
    __table_args__ = (sa.UniqueConstraint("space_id", "submission_id", "reference"),)
    submission_id: Mapped[UUID] = link_to("submission")
    reference: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    notes: Mapped[str] = mapped_column(default="")  # the evidence
    outline: Mapped[bytes]  # WKB in EPSG:27700
    hectares: Mapped[float]
    position: Mapped[int]


class SubmittedPolicy(Handed, InsertOnly, Base):
    """A policy of the plan as it was submitted, which people can be asked about without looking into the body's own
    rows. `key` is the same policy in every version of the plan; `section` is the key of the section that it stands in,
    `sites` the references of its land (none: the whole area)."""

    __tablename__ = "submitted_policy"
    __table_args__ = (sa.UniqueConstraint("space_id", "submission_id", "key"),)
    submission_id: Mapped[UUID] = link_to("submission")
    key: Mapped[str]
    reference: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")  # Markdown
    section: Mapped[str] = mapped_column(default="")
    sites: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    position: Mapped[int]


class SubmittedConsultee(Handed, InsertOnly, Base):
    """A consultation body that was consulted under regulation 14, for the authority to notify (regulation 16(b)). The
    body's own contacts are not handed over."""

    __tablename__ = "submitted_consultee"
    submission_id: Mapped[UUID] = link_to("submission")
    body: Mapped[str]  # the key of its entry in Schedule 1
    organisation: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    position: Mapped[int]


class SubmissionWithdrawal(Handed, InsertOnly, Base):
    """The body takes its proposal back (paragraph 2 of Schedule 4B to the Town and Country Planning Act 1990)."""

    __tablename__ = "submission_withdrawal"
    __table_args__ = (sa.UniqueConstraint("space_id", "submission_id"),)
    submission_id: Mapped[UUID] = link_to("submission")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


class SubmissionReply(Decided, InsertOnly, Base):
    """The authority says that all of it has come, or what is missing. A later one follows it."""

    __tablename__ = "submission_reply"
    submission_id: Mapped[UUID] = link_to("submission")
    outcome: Mapped[str]  # complete, incomplete
    missing: Mapped[list[str]] = mapped_column(sa.JSON, default=list)  # keys of items
    words: Mapped[str] = mapped_column(default="")
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    by: Mapped[str]
    submission: Mapped[Submission] = linked("SubmissionReply.submission_id", "Submission", viewonly=True)


def submissions_of(space: Space) -> list[Submission]:
    """What a body has submitted, newest first: read where it stands, or where its authority does."""
    theirs = sa.select(Submission).where(Submission.space_id == space.id)
    return list(db.session.scalars(theirs.order_by(Submission.number.desc())))


def submitted_to(authority: Space) -> list[Submission]:
    """What was submitted to an authority, newest first: read where it stands."""
    handed = sa.select(Submission).where(Submission.authority_id == authority.id)
    return list(db.session.scalars(handed.order_by(Submission.at.desc())))
