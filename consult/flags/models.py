"""What looks unusual in the way responses came, as it was found; and what somebody decided about it.

A flag is a finding and no judgement: nothing is left out of a figure by it. No address and no network is in it.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.accounts.models import Person
from consult.consultations.models import Consultation
from consult.database import Base, InsertOnly
from consult.tenancy import Owned, gathered, link_to, linked

NOTHING, EXCLUDED, LEFT, GONE = "nothing", "excluded", "left", "gone"
DECISIONS = {
    NOTHING: "Nothing is wrong with them",
    LEFT: "They are counted, and the report tells of them",
    EXCLUDED: "Some of them are set aside",
}


class FlagRule(Owned, InsertOnly, Base):
    """Thresholds of a consultation in place of the usual ones; the last of each rule holds."""

    __tablename__ = "flag_rule"
    consultation_id: Mapped[UUID] = link_to("consultation")
    rule: Mapped[str]  # a key of rules.toml
    thresholds: Mapped[dict[str, Any]]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


class Flag(Owned, InsertOnly, Base):
    """One finding of a rule: `evidence` is the numbers that it rests on, and the thresholds it was found by."""

    __tablename__ = "flag"
    consultation_id: Mapped[UUID] = link_to("consultation")
    rule: Mapped[str]
    evidence: Mapped[dict[str, Any]]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    consultation: Mapped[Consultation] = linked("Flag.consultation_id", "Consultation")
    members: Mapped[list["Flagged"]] = gathered("Flag", "Flagged.flag_id")
    reviews: Mapped[list["FlagReview"]] = gathered(
        "Flag", "FlagReview.flag_id", order_by="FlagReview.at, FlagReview.id"
    )


class Flagged(Owned, InsertOnly, Base):
    __tablename__ = "flagged"
    flag_id: Mapped[UUID] = link_to("flag")
    response_id: Mapped[UUID] = link_to("response")


class FlagReview(Owned, Base):
    """What somebody decided about a flag, from here to its end; by nobody where a later search no longer found it."""

    __tablename__ = "flag_review"
    flag_id: Mapped[UUID] = link_to("flag")
    decision: Mapped[str]  # nothing, excluded, left; gone
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    ended: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    by: Mapped[Person | None] = sa.orm.relationship(foreign_keys="FlagReview.by_id")

    def stood(self, at: datetime) -> bool:
        return self.at <= at and (self.ended is None or self.ended > at)
