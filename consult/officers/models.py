"""What officers keep: who asked for the weekly letter and which were written; what they said of an application."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult import audit, clock
from consult.accounts.models import Person
from consult.database import Base, InsertOnly, alone, db, new_id
from consult.tenancy import Decided, Held, Owned, here, link_to
from consult.web.errors import Refused


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


class ApplicationReply(Decided, InsertOnly, Base):
    """The authority tells a body whether its application is complete (regulations 5 and 8). A later one follows it."""

    __tablename__ = "application_reply"
    __table_args__ = (
        sa.CheckConstraint("(application_id IS NULL) <> (forum_application_id IS NULL)", name="of_one_thing"),
    )
    application_id: Mapped[UUID | None] = link_to("application", nullable=True)
    forum_application_id: Mapped[UUID | None] = link_to("forum_application", nullable=True)
    outcome: Mapped[str]  # complete, incomplete
    words: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    by: Mapped[str]


LINKS = {"area": "application_id", "forum": "forum_application_id"}


def replies_to(kind: str, handed: Any) -> list[ApplicationReply]:
    """What the authority has said of an area or a forum application, the last first."""
    said = sa.select(ApplicationReply).where(
        ApplicationReply.space_id == handed.space_id, getattr(ApplicationReply, LINKS[kind]) == handed.id
    )
    return list(db.session.scalars(said.order_by(ApplicationReply.at.desc())))


def reply_to(kind: str, handed: Any, *, outcome: str, words: str, by: Person) -> ApplicationReply:
    """Says it where the authority stands. Raises Refused where the application is decided or withdrawn."""
    if not handed.is_live:
        raise Refused(f"This application is {handed.state} already, so there is nothing to answer.")
    made = ApplicationReply(
        space_id=handed.space_id,
        id=new_id(),
        authority_id=here(),
        outcome=outcome,
        words=words,
        by_id=by.id,
        by=by.display_name,
        **{LINKS[kind]: handed.id},
    )
    db.session.add(made)
    audit.record("application.answered", handed.name, by=by, kind=kind, outcome=outcome)
    db.session.flush()
    return made
