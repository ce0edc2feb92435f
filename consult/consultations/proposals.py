"""What an authority publicises: an application or a submission as it was handed over, copied into its own space."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult.database import Base, InsertOnly
from consult.tenancy import Owned, link_to


class Proposal(Owned, InsertOnly, Base):
    """The facts as the body gave them, which its own rows no longer change. Its map is the consultation's area version,
    its policies and documents are those of the consultation's plan version.

    `said` holds {"key", "regulation", "title", "words"} in order: what everyone may read of it.
    """

    __tablename__ = "proposal"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    kind: Mapped[str]  # area, forum, submission
    body_id: Mapped[UUID] = mapped_column(sa.ForeignKey("space.id"))
    body: Mapped[str]
    source_id: Mapped[UUID]  # of the application or submission, in the body's space
    received: Mapped[datetime]
    said: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)
