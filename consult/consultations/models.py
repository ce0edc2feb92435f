"""A consultation and what was done to it: announced, opened, extended, closed. Each is a record of who and when."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.areas.models import AreaVersion
from consult.database import Base
from consult.plans.models import PlanVersion
from consult.tenancy import Owned, Posted, gathered, link_to, linked


class Consultation(Owned, Base):
    __tablename__ = "consultation"
    __table_args__ = (sa.UniqueConstraint("space_id", "reference"),)
    reference: Mapped[str]  # in addresses, as in reg14
    stage: Mapped[str]  # early_engagement, call_for_sites, regulation_14, regulation_16, regulation_6, regulation_9
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    first_publicised: Mapped[date | None]
    last_day: Mapped[date | None]  # the UK day at whose end it closes, before any extension
    where_to_see: Mapped[str] = mapped_column(default="")  # where and when the proposals may be inspected
    how_to_respond: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    contact_address: Mapped[str] = mapped_column(default="")
    privacy_notice: Mapped[str] = mapped_column(default="")
    plan_version_id: Mapped[UUID | None] = link_to("plan_version", nullable=True)
    area_version_id: Mapped[UUID | None] = link_to("area_version", nullable=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    plan_version: Mapped[PlanVersion | None] = linked("Consultation.plan_version_id", "PlanVersion")
    area_version: Mapped[AreaVersion | None] = linked("Consultation.area_version_id", "AreaVersion")
    questions: Mapped[list["Question"]] = gathered(
        "Consultation", "Question.consultation_id", order_by="Question.position"
    )
    opening: Mapped["Opening | None"] = gathered("Consultation", "Opening.consultation_id", uselist=False)
    closing: Mapped["Closing | None"] = gathered("Consultation", "Closing.consultation_id", uselist=False)
    extensions: Mapped[list["Extension"]] = gathered(
        "Consultation", "Extension.consultation_id", order_by="Extension.last_day"
    )


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


class Announcement(Posted, Base):
    """What everyone may know of a consultation: title, stage, dates, number received (brought up to date by a job)."""

    __tablename__ = "announcement"
    consultation_id: Mapped[UUID] = link_to("consultation")
    reference: Mapped[str]
    title: Mapped[str]
    stage: Mapped[str]
    first_publicised: Mapped[date]
    opens: Mapped[datetime]
    closes: Mapped[datetime]
    closed: Mapped[datetime | None]
    received: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


class Opening(Owned, Base):
    """Opened: from here on questions, plan version and notice stay as they were."""

    __tablename__ = "opening"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    at: Mapped[datetime] = mapped_column(default=clock.now)  # responses are taken from this instant
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    decided: Mapped[datetime] = mapped_column(default=clock.now)


class Closing(Owned, Base):
    """Closed at this instant; before its last day only where the law allows it."""

    __tablename__ = "closing"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


class Extension(Owned, Base):
    """A later last day, with the reason that people are told."""

    __tablename__ = "extension"
    consultation_id: Mapped[UUID] = link_to("consultation")
    last_day: Mapped[date]
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
