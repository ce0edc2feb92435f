"""What became of a site that somebody proposed: taken over into the draft plan, or set aside with the reason."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult import clock
from consult.accounts.models import Person
from consult.database import Base
from consult.plans.sites import Site
from consult.tenancy import Owned, link_to, linked

TAKEN, SET_ASIDE = "taken", "set_aside"


class SiteDecision(Owned, Base):
    """One decision about one proposed place; deciding again takes the place of it."""

    __tablename__ = "site_decision"
    __table_args__ = (sa.UniqueConstraint("space_id", "place_id"),)
    response_id: Mapped[UUID] = link_to("response")
    place_id: Mapped[UUID] = link_to("place")
    site_id: Mapped[UUID | None] = link_to("site", nullable=True)  # as it was taken over
    site_title: Mapped[str] = mapped_column(default="")  # as it was called then
    outcome: Mapped[str]  # taken, set_aside
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    by: Mapped[Person | None] = relationship()
    site: Mapped[Site | None] = linked("SiteDecision.site_id", "Site")
