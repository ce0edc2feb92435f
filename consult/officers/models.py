"""The officers' weekly letter: who asked for it, and which were written."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult import audit, clock
from consult.accounts.models import Person
from consult.database import Base, InsertOnly, alone, db
from consult.tenancy import Held, Owned, here, link_to


class DigestSubscription(Held, Base):
    """A member asks for the letter of their district. It ends when they say so; who comes back makes another."""

    __tablename__ = "digest_subscription"
    quiet_too: Mapped[bool] = mapped_column(default=False)  # also in a week in which nothing happened
    at: Mapped[datetime] = mapped_column(default=clock.now)
    ended: Mapped[datetime | None]
    person: Mapped[Person] = relationship()

    def end(self, by: Person) -> None:
        """No letter comes any more; done twice it stays as it was."""
        if self.ended is None:
            self.ended = clock.now()
            audit.record("digest.unsubscribed", by.display_name, by=by)
            db.session.flush()


class Digest(Owned, InsertOnly, Base):
    """The letter of one week to one officer: written once, or left out where nothing happened."""

    __tablename__ = "digest"
    __table_args__ = (sa.UniqueConstraint("space_id", "subscription_id", "week"),)
    subscription_id: Mapped[UUID] = link_to("digest_subscription")
    week: Mapped[date]  # its Monday
    sent: Mapped[bool]
    at: Mapped[datetime] = mapped_column(default=clock.now)


def subscription_of(person: Person) -> DigestSubscription | None:
    """The one that stands, where the authority stands."""
    mine = sa.select(DigestSubscription).where(
        DigestSubscription.space_id == here(),
        DigestSubscription.person_id == person.id,
        DigestSubscription.ended.is_(None),
    )
    return db.session.scalar(mine)


def subscribe(person: Person, *, quiet_too: bool) -> DigestSubscription:
    """Asks for the letter from now on; asked again, the earlier wish is followed by this one."""
    alone(f"digest of {person.id}")
    if before := subscription_of(person):
        if before.quiet_too == quiet_too:
            return before
        before.ended = clock.now()
    made = DigestSubscription(person_id=person.id, quiet_too=quiet_too)
    db.session.add(made)
    audit.record("digest.subscribed", person.display_name, by=person)
    db.session.flush()
    return made
