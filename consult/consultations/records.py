"""The questions of a consultation, and the records of what was done to it: who, and when."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.database import Base, InsertOnly
from consult.tenancy import Owned, Posted, link_to

ASKS_FOR_A_CHOICE = ("choice", "choices")


class Question(Owned, Base):
    """One question. `options` holds {"key", "label"} in order, for choices."""

    __tablename__ = "question"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id", "reference"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    reference: Mapped[str]  # q1, q2 …: the column heading in every download
    kind: Mapped[str]  # choice, choices, stance, text, place
    title: Mapped[str]
    hint: Mapped[str] = mapped_column(default="")
    options: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON(), default=list)
    position: Mapped[int]

    @property
    def needs_options(self) -> bool:
        return self.kind in ASKS_FOR_A_CHOICE and len(self.options or ()) < 2


class Announcement(Posted, Base):
    """What everyone may know of a consultation: title, stage, dates, number received (brought up to date by a job)."""

    __tablename__ = "announcement"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    reference: Mapped[str]
    title: Mapped[str]
    stage: Mapped[str]
    first_publicised: Mapped[date]
    opens: Mapped[datetime | None]  # as decided or, before that, as meant; none where no day was chosen
    opened: Mapped[datetime | None]  # follows the Opening, which only the body may read: it may lie ahead
    closes: Mapped[datetime]
    closed: Mapped[datetime | None]  # follows the Closing, or is noted when it has closed by itself
    received: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))

    def state(self, now: datetime) -> str:
        """announced, open or closed, as everyone may know it. A day on which it was meant to open opens nothing."""
        if self.opened is None or now < self.opened:
            return "announced"
        return "closed" if now >= (self.closed or self.closes) else "open"


class Opening(Owned, InsertOnly, Base):
    """Opened: from here on questions, plan version and notice stay as they were."""

    __tablename__ = "opening"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    at: Mapped[datetime] = mapped_column(default=clock.now)  # responses are taken from this instant
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    decided: Mapped[datetime] = mapped_column(default=clock.now)


class Closing(Owned, InsertOnly, Base):
    """Closed at this instant; before its last day only where the law allows it."""

    __tablename__ = "closing"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


class Extension(Owned, InsertOnly, Base):
    """A later last day, with the reason that people are told."""

    __tablename__ = "extension"
    consultation_id: Mapped[UUID] = link_to("consultation")
    last_day: Mapped[date]
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
