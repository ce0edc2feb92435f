"""What was counted and what of it everyone may see."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.consultations.models import Consultation
from consult.database import Base, InsertOnly
from consult.tenancy import Owned, Posted, link_to, linked


class Snapshot(Owned, InsertOnly, Base):
    """The facts of a consultation as they stood, frozen and hashed; figures are computed from it, twice the same."""

    __tablename__ = "snapshot"
    consultation_id: Mapped[UUID] = link_to("consultation")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    sha256: Mapped[str]
    facts: Mapped[bytes] = mapped_column(deferred=True)
    coding: Mapped[bytes | None] = mapped_column(deferred=True)  # see `coded.py`; none where nobody has coded
    audit_head: Mapped[str | None]  # stands for every act up to this snapshot; see `audit.py`
    consultation: Mapped[Consultation] = linked("Snapshot.consultation_id", "Consultation")


class Publication(Posted, Base):
    """Results as cleared for the public: figures only, as they stood when somebody published them."""

    __tablename__ = "publication"
    consultation_id: Mapped[UUID] = link_to("consultation")
    snapshot_id: Mapped[UUID] = link_to("snapshot")
    figures: Mapped[dict[str, Any]]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    ended: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
