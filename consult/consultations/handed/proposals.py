"""What an authority publicises: an application or a submission as it was handed over, copied into its own space."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.database import Base, InsertOnly, db
from consult.plans.documents import TYPES, size_words
from consult.spaces.models import Space
from consult.tenancy import Owned, gathered, link_to

KINDS = {"area": "regulation_6", "forum": "regulation_9", "submission": "regulation_16"}


class Proposal(Owned, InsertOnly, Base):
    """The facts as the body gave them, which its own rows no longer change. Its map is the consultation's area version,
    its policies are those of the consultation's plan version.

    `said` holds {"key", "regulation", "title", "words"} in order: what everyone may read of it.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        sa.UniqueConstraint("space_id", "consultation_id"),
        sa.UniqueConstraint("space_id", "source_id"),
    )
    consultation_id: Mapped[UUID] = link_to("consultation")
    kind: Mapped[str]  # area, forum, submission
    body_id: Mapped[UUID] = mapped_column(sa.ForeignKey("space.id"))
    body: Mapped[str]
    source_id: Mapped[UUID]  # of the application or submission, in the body's space
    received: Mapped[datetime]
    said: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)
    names_bodies: Mapped[bool] = mapped_column(
        default=True
    )  # false: its statement names no consultation body
    documents: Mapped[list["ProposalDocument"]] = gathered(
        "Proposal", "ProposalDocument.proposal_id", order_by="ProposalDocument.position"
    )
    applicant: Mapped[Space] = relationship(
        primaryjoin="foreign(Proposal.body_id) == Space.id", viewonly=True
    )

    def document(self, name: str) -> "ProposalDocument | None":
        return next((document for document in self.documents if document.name == name), None)


class ProposalDocument(Owned, InsertOnly, Base):
    """A file that came with it and that everyone may read, with its checksum."""

    __tablename__ = "proposal_document"
    __table_args__ = (sa.UniqueConstraint("space_id", "proposal_id", "name"),)
    proposal_id: Mapped[UUID] = link_to("proposal")
    name: Mapped[str]
    title: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(deferred=True)
    position: Mapped[int]

    @property
    def kind(self) -> str:
        """“PDF”, “Word”."""
        ending = self.name.rpartition(".")[2]
        return TYPES.get(ending, ending.upper())

    @property
    def size_words(self) -> str:
        return size_words(self.size)


def proposal_from(source_id: UUID) -> Proposal | None:
    """What was made of an application or a submission, where the authority that we stand in has publicised it."""
    return db.session.scalar(sa.select(Proposal).where(Proposal.source_id == source_id))


def proposals_of(body: Space, kind: str) -> list[Proposal]:
    """What an authority has publicised of one body, the last received first; read where the authority stands."""
    theirs = sa.select(Proposal).where(Proposal.body_id == body.id, Proposal.kind == kind)
    return list(db.session.scalars(theirs.order_by(Proposal.received.desc())))
