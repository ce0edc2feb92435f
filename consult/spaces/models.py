"""Spaces: the tenants. A forum, a council, or the authority that they answer to."""

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult import access, audit, clock
from consult.accounts.models import Person
from consult.database import Base, alone, db, new_id
from consult.tenancy import Decided, Held, Owned, Tenant, here

FIVE_YEARS = (
    5  # a neighbourhood forum's designation lasts five years: s61F(8), Town and Country Planning Act 1990
)


class Space(Tenant, Base):
    """A tenant. Its name and its public contact are everyone's; all else is inside."""

    __tablename__ = "space"
    __table_args__ = (sa.CheckConstraint("kind IN ('forum', 'council', 'authority')", name="kind"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    name: Mapped[str]
    authority_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("space.id"), index=True)
    about: Mapped[str] = mapped_column(default="")
    colour: Mapped[str] = mapped_column(default="")
    contact_name: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    contact_address: Mapped[str] = mapped_column(default="")
    founded: Mapped[datetime] = mapped_column(default=clock.now)
    admitted: Mapped[datetime | None]  # follows the Admission, which only the authority and the body may read
    suspended: Mapped[datetime | None]  # follows the Suspension that lasts, which only the operator reads
    deleted: Mapped[
        datetime | None
    ]  # follows the Deletion; then its name and its address are all that is left of it
    authority: Mapped["Space | None"] = relationship(remote_side=[id])

    @property
    def path(self) -> str:
        """The space's address, as in `/f/old-mill/`."""
        return f"{'a' if self.is_authority else 'f'}/{self.slug}"

    @property
    def is_authority(self) -> bool:
        return self.kind == "authority"

    @property
    def leading_role(self) -> access.Role:
        """The role that must never be left without anybody in it."""
        return access.Role.OFFICER if self.is_authority else access.Role.CHAIR

    def admit(self, by: Person) -> bool:
        """Lets a body apply for an area and consult the public; false when it was admitted before.

        Done where the authority stands: its officer does it there, and the operator in its stead.
        """
        alone(f"admission of {self.id}")
        if self.admitted is not None:
            return False
        db.session.add(Admission(space_id=self.id, authority_id=here(), by_id=by.id, by=by.display_name))
        audit.record("body.admitted", self.name, by=by, slug=self.slug)
        db.session.flush()
        return True

    def designate(self, on: date, by: Person) -> None:
        """Designates a forum for five years from that day; done where its authority stands."""
        db.session.add(
            ForumDesignation(space_id=self.id, authority_id=here(), on=on, by_id=by.id, by=by.display_name)
        )
        audit.record("forum.designated", self.name, by=by, slug=self.slug, on=on.isoformat())
        db.session.flush()

    @property
    def is_open(self) -> bool:
        """Whether strangers are shown what the space says of itself: an authority, or a body that was admitted."""
        return self.deleted is None and (self.is_authority or self.admitted is not None)


class Admission(Decided, Base):
    """The authority, or the operator, lets a body apply for an area and consult the public."""

    __tablename__ = "admission"
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    by: Mapped[str]


@event.listens_for(Admission, "after_insert")
def let_everyone_know(mapper: Any, connection: sa.Connection, admission: Admission) -> None:
    spaces = cast(sa.Table, Space.__table__)
    connection.execute(
        sa.update(spaces).where(spaces.c.id == admission.space_id).values(admitted=admission.at)
    )


class ForumDesignation(Decided, Base):
    """The authority designates the body itself as a neighbourhood forum, for five years (s61F(7)-(8))."""

    __tablename__ = "forum_designation"
    on: Mapped[date]
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    by: Mapped[str]

    @property
    def expires(self) -> date:
        """The first day on which the forum is no longer designated."""
        try:
            return self.on.replace(year=self.on.year + FIVE_YEARS)
        except ValueError:  # 29 February
            return date(self.on.year + FIVE_YEARS, 3, 1)


class Membership(Held, Base):
    """A person works in a space, in one role; ended, never deleted."""

    __tablename__ = "membership"
    role: Mapped[str]
    since: Mapped[datetime] = mapped_column(default=clock.now)
    ended: Mapped[datetime | None]
    person: Mapped[Person] = relationship()
    space: Mapped[Space] = relationship()

    def may(self, act: access.Act) -> bool:
        return self.ended is None and access.may(self.role, act)


class Invitation(Owned, Base):
    """An offer of membership by email; its link is stored as a hash and works once."""

    __tablename__ = "invitation"
    email: Mapped[str]
    role: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    accepted: Mapped[datetime | None]
    withdrawn: Mapped[datetime | None]


def memberships_of(person: Person) -> list[Membership]:
    """Where a person works; to be asked where they stand as themselves, in no space."""
    mine = (
        sa.select(Membership).join(Space).where(Membership.person_id == person.id, Membership.ended.is_(None))
    )
    return list(db.session.scalars(mine.order_by(Space.name)))


def people_who_may(act: access.Act) -> list[Person]:
    """The members of the space we stand in whose role lets them do it, and who can sign in."""
    here_now = sa.select(Membership).where(Membership.space_id == here(), Membership.ended.is_(None))
    return [each.person for each in db.session.scalars(here_now) if each.may(act) and each.person.active]


def admission() -> Admission | None:
    """The admission of the space we stand in."""
    return db.session.scalar(sa.select(Admission).where(Admission.space_id == standing().id))


def standing() -> Space:
    """The space we stand in."""
    return db.session.get_one(Space, here())


def live_qualifying_body(space: Space, on: date) -> str:
    """Why `space` is not a live qualifying body on that day, in one sentence; empty when it is.

    A parish or town council always is (s38A(12), Planning and Compulsory Purchase Act 2004); a forum is while its
    designation lasts.
    """
    if space.kind == "council":
        return ""
    latest: Any = db.session.scalar(
        sa.select(ForumDesignation)
        .where(ForumDesignation.space_id == space.id)
        .order_by(ForumDesignation.on.desc())
    )
    if latest is None or latest.on > on:
        return f"{space.name} has not been designated as a neighbourhood forum by its authority."
    if latest.expires <= on:
        return (
            f"The designation of {space.name} as a neighbourhood forum ended on {latest.expires:%-d %B %Y}."
        )
    return ""
