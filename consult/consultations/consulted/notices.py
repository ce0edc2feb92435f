"""What was sent to a consultee: the notice as it was written, and what became of it. Both stay as they are."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.database import Base, InsertOnly
from consult.tenancy import Owned, gathered, link_to

BY_US = "email"
BY_HAND = {  # what somebody did themselves and puts on record
    "post": "By post",
    "hand": "By hand",
    "own_email": "By email, from our own account",
    "telephone": "By telephone",
    "meeting": "At a meeting",
}
WAYS = {BY_US: "By email", **BY_HAND}
KINDS = {"notice": "Notice", "reminder": "Reminder"}
OUTCOMES = {
    "waiting": "Waiting to be sent",
    "sent": "Sent",
    "by_hand": "Recorded by hand",
    "failed": "Not sent",
    "returned": "Came back",
}


class Delivery(Owned, InsertOnly, Base):
    """What became of a notice: sent, failed, done by hand or, later, returned. Each at most once."""

    __tablename__ = "delivery"
    __table_args__ = (sa.UniqueConstraint("space_id", "notice_id", "outcome"),)
    notice_id: Mapped[UUID] = link_to("notice")
    outcome: Mapped[str]
    on: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


class Notice(Owned, InsertOnly, Base):
    """What was sent, to whom, when and how. `key` is what the same notice would be called a second time."""

    __tablename__ = "notice"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultee_id", "key"),)
    consultee_id: Mapped[UUID] = link_to("consultee")
    key: Mapped[str]
    kind: Mapped[str]  # notice, reminder
    how: Mapped[str]
    to: Mapped[str]  # the address as it was then
    subject: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    due: Mapped[datetime] = mapped_column(default=clock.now)  # not before this
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    deliveries: Mapped[list[Delivery]] = gathered(
        "Notice", "Delivery.notice_id", order_by="Delivery.at, Delivery.outcome"
    )

    @property
    def delivery(self) -> Delivery | None:
        """The last thing that is known of it."""
        return self.deliveries[-1] if self.deliveries else None

    @property
    def outcome(self) -> str:
        return self.delivery.outcome if self.delivery else "waiting"

    @property
    def day(self) -> date:
        """The UK day on which it went, or is to go."""
        return self.deliveries[0].on if self.deliveries else clock.uk(self.due).date()
