"""Who is consulted: the bodies of Schedule 1, each of them decided, and whomever the body consults beside them."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.consultations.consulted.notices import Notice
from consult.consultations.consulted.schedule import Body, schedule_1
from consult.database import Base, InsertOnly
from consult.tenancy import Owned, gathered, link_to


class Copied:
    """What was decided for an earlier consultation and copied: it counts here once somebody has looked again."""

    copied_from: Mapped[str] = mapped_column(default="")  # the earlier consultation's reference
    confirmed: Mapped[datetime | None]

    @property
    def to_confirm(self) -> bool:
        return bool(self.copied_from) and self.confirmed is None


class Consultee(Copied, Owned, Base):
    """A body or person that is consulted. `body` is the key of its entry in Schedule 1; empty for one's own contact."""

    __tablename__ = "consultee"
    consultation_id: Mapped[UUID] = link_to("consultation")
    body: Mapped[str] = mapped_column(default="")
    organisation: Mapped[str] = mapped_column(default="")
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    notices: Mapped[list[Notice]] = gathered("Consultee", "Notice.consultee_id", order_by="Notice.at")

    @property
    def title(self) -> str:
        return self.organisation or self.name

    @property
    def entry(self) -> Body | None:
        return schedule_1().body(self.body)

    @property
    def identity(self) -> tuple[str, ...]:
        """Two rows that agree in these are one consultee."""
        return tuple(part.casefold() for part in (self.body, self.organisation, self.name, self.email))

    @property
    def last_notice(self) -> Notice | None:
        return self.notices[-1] if self.notices else None

    @property
    def was_told(self) -> bool:
        """Whether a notice is with it, or on its way."""
        return any(notice.outcome not in ("failed", "returned") for notice in self.notices)


class Unaffected(Copied, Owned, Base):
    """A body of Schedule 1 whose interests, as the qualifying body considers, are not affected (regulation 14(b))."""

    __tablename__ = "unaffected"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id", "body"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    body: Mapped[str]
    name: Mapped[str]  # as it was called when this was decided
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))

    @property
    def title(self) -> str:
        return self.name

    @property
    def entry(self) -> Body | None:
        return schedule_1().body(self.body)


class AuthorityCopy(Owned, InsertOnly, Base):
    """A copy of the proposals was sent to the local planning authority (regulation 14(c)): when, how, to whom."""

    __tablename__ = "authority_copy"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    sent_on: Mapped[date]
    how: Mapped[str]
    to: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
