"""What a person decided about somebody's words: layers over them. The words themselves stay as they were written.

A `Clearance` is one decision on one comment, with the `Redaction`s that were approved in it; the latest one stands, so
a redaction is taken back by a later decision without it. `Erasure` is the one exception (`erasing.py`).
"""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.consultations.models import Consultation
from consult.database import Base, InsertOnly
from consult.responses.models import Response
from consult.tenancy import Owned, gathered, link_to, linked

CLEARED, WITHHELD, REOPENED = "cleared", "withheld", "reopened"
EVERYTHING, IDENTITY = "everything", "identity"
ERASED = "[erased]"  # stands where words were, so that they are still counted as written


class Clearance(Owned, InsertOnly, Base):
    """One decision on one answer or place: published but for the redactions, withheld, or to be looked at again."""

    __tablename__ = "clearance"
    __table_args__ = (
        sa.UniqueConstraint("space_id", "answer_id", "number"),
        sa.UniqueConstraint("space_id", "place_id", "number"),
    )
    __erased__ = ("DELETE", "response_id")
    response_id: Mapped[UUID] = link_to("response")
    answer_id: Mapped[UUID | None] = link_to("answer", nullable=True)
    place_id: Mapped[UUID | None] = link_to("place", nullable=True)
    number: Mapped[int]  # of the decisions on this comment; the highest stands
    outcome: Mapped[str]  # cleared, withheld, reopened
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    redactions: Mapped[list["Redaction"]] = gathered(
        "Clearance", "Redaction.clearance_id", order_by="Redaction.part, Redaction.begins"
    )

    @property
    def comment_id(self) -> UUID | None:
        return self.answer_id or self.place_id


class Redaction(Owned, InsertOnly, Base):
    """What is taken out of one part of a comment, in code points of its text in normal form C."""

    __tablename__ = "redaction"
    __erased__ = ("DELETE", "response_id")
    response_id: Mapped[UUID] = link_to("response")
    clearance_id: Mapped[UUID] = link_to("clearance")
    part: Mapped[str]  # text, suggested_change, words
    begins: Mapped[int]
    ends: Mapped[int]  # the first code point that stays
    kind: Mapped[str]  # of personal.KINDS
    proposed: Mapped[str]  # by a rule, or by a person
    reason: Mapped[str]


class Erasure(Owned, Base):
    """The tombstone of what was said: that it was erased, why, when and by whom. While it is not `done`, which no
    commit leaves it, the database lets the words of this one response be removed (`catalogue.py`)."""

    __tablename__ = "erasure"
    response_id: Mapped[UUID] = link_to("response")
    extent: Mapped[str]  # everything, or who it was
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    done: Mapped[datetime | None]
    response: Mapped[Response] = linked("Erasure.response_id", "Response")


class Hiding(Owned, Base):
    """A whole response of which everyone may read nothing, from here to its end. It counts as before."""

    __tablename__ = "hiding"
    response_id: Mapped[UUID] = link_to("response")
    ground: Mapped[str]  # of hiding.GROUNDS
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    ended: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


class Retention(Owned, Base):
    """The day on which what the notice says has come about: as it begins, people are no longer kept by name."""

    __tablename__ = "retention"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    day: Mapped[date]  # a UK day
    keeps_words: Mapped[bool] = mapped_column(default=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)  # when the day was set, the last time
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    carried_out: Mapped[datetime | None]
    consultation: Mapped[Consultation] = linked("Retention.consultation_id", "Consultation")
