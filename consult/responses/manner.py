"""How a consultation takes responses, beyond what it asks: chosen by an organiser before it opens."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import audit, clock
from consult.accounts.models import Person
from consult.consultations.models import Consultation
from consult.consultations.opening.freezing import freezes
from consult.database import Base, db
from consult.tenancy import Owned, link_to


class Manner(Owned, Base):
    __tablename__ = "manner"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    asks_equality: Mapped[bool] = mapped_column(default=False)
    confirms_email: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


freezes("manner")


def manner_of(consultation: Consultation) -> Manner:
    """As it was chosen; where nobody chose, nothing is asked and nothing confirmed."""
    found = db.session.scalar(sa.select(Manner).where(Manner.consultation_id == consultation.id))
    return found or Manner(consultation_id=consultation.id, asks_equality=False, confirms_email=False)


def choose(consultation: Consultation, by: Person, **chosen: Any) -> None:
    """Raises Refused once the consultation has been opened: people answer what they were shown."""
    consultation.change()
    manner = manner_of(consultation)
    manner.asks_equality, manner.confirms_email = chosen["asks_equality"], chosen["confirms_email"]
    manner.at, manner.by_id = clock.now(), by.id
    db.session.add(manner)
    audit.record("consultation.manner", consultation.title, by=by, reference=consultation.reference, **chosen)
