"""The application to be a neighbourhood forum (regulation 8): kept as it is filled in, and handed to the authority."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from shapely.geometry import MultiPolygon
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult import clock
from consult.database import Base, InsertOnly, db
from consult.spaces.models import Space
from consult.tenancy import Decided, Handed, Owned, gathered, link_to, linked
from geodata.boundary import from_wkb


class Said:
    """What an application says, as a draft and as it was handed over; each as regulation 8 letters it."""

    name: Mapped[str] = mapped_column(default="")  # (a)
    constitution: Mapped[str] = mapped_column(default="")  # (b), in words or as a file
    constitution_name: Mapped[str] = mapped_column(default="")
    constitution_type: Mapped[str] = mapped_column(default="")
    area_name: Mapped[str] = mapped_column(default="")  # (c); its map is the outline
    contact_name: Mapped[str] = mapped_column(
        default=""
    )  # (d), which is made public under regulations 9 and 10
    contact_email: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    contact_address: Mapped[str] = mapped_column(default="")
    statement: Mapped[dict[str, str]] = mapped_column(
        sa.JSON, default=dict
    )  # (e): by key of `conditions.toml`


class Counted:
    """One individual on the private list, and why they count (section 61F(5)(c))."""

    name: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    lives: Mapped[bool] = mapped_column(default=False)
    works: Mapped[bool] = mapped_column(default=False)
    elected: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int]


class ForumDraft(Owned, Said, Base):
    """The application as far as it is filled in; one a space."""

    __tablename__ = "forum_draft"
    __table_args__ = (sa.UniqueConstraint("space_id"),)
    constitution_file: Mapped[bytes | None] = mapped_column(deferred=True)
    changed: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    members: Mapped[list["ForumMember"]] = gathered(
        "ForumDraft", "ForumMember.draft_id", order_by="ForumMember.position"
    )


class ForumMember(Owned, Counted, Base):
    __tablename__ = "forum_member"
    draft_id: Mapped[UUID] = link_to("forum_draft")


class ForumApplication(Handed, Said, InsertOnly, Base):
    """A forum application under regulation 8, as it was handed to the authority: nothing in it changes any more.

    `outline` is the area as it then was, canonical WKB in EPSG:27700. What became of it is `state`: withdrawn,
    replaced, designated, refused or received.
    """

    __tablename__ = "forum_application"
    body: Mapped[str]  # the name of the space that applied
    constitution_file: Mapped[bytes | None] = mapped_column(deferred=True)
    outline: Mapped[bytes]
    hectares: Mapped[float]
    conditions_from: Mapped[date]  # the list of conditions that `statement` answers
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    members: Mapped[list["ForumApplicationMember"]] = gathered(
        "ForumApplication",
        "ForumApplicationMember.application_id",
        order_by="ForumApplicationMember.position",
    )
    withdrawal: Mapped["ForumWithdrawal | None"] = gathered(
        "ForumApplication", "ForumWithdrawal.application_id", uselist=False
    )
    decision: Mapped["ForumDecision | None"] = gathered(
        "ForumApplication", "ForumDecision.application_id", uselist=False
    )
    space: Mapped[Space] = relationship(
        primaryjoin="foreign(ForumApplication.space_id) == Space.id", viewonly=True
    )

    @property
    def geometry(self) -> MultiPolygon:
        return from_wkb(self.outline)

    @property
    def state(self) -> str:
        if self.withdrawal:
            return "replaced" if self.withdrawal.replaced else "withdrawn"
        return self.decision.outcome if self.decision else "received"

    @property
    def is_live(self) -> bool:
        """Whether it waits for the authority's decision."""
        return self.state == "received"


class ForumApplicationMember(Handed, Counted, InsertOnly, Base):
    """The private list as it was handed over: for the body's chair and the authority's officers, never published."""

    __tablename__ = "forum_application_member"
    application_id: Mapped[UUID] = link_to("forum_application")


class ForumWithdrawal(Handed, InsertOnly, Base):
    """The body takes its application back, or replaces it by another."""

    __tablename__ = "forum_withdrawal"
    __table_args__ = (sa.UniqueConstraint("space_id", "application_id"),)
    application_id: Mapped[UUID] = link_to("forum_application")
    replaced: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


class ForumDecision(Decided, InsertOnly, Base):
    """The authority designates the body as the neighbourhood forum for its area, or refuses with reasons (s61F)."""

    __tablename__ = "forum_decision"
    __table_args__ = (sa.UniqueConstraint("space_id", "application_id"),)
    application_id: Mapped[UUID] = link_to("forum_application")
    outcome: Mapped[str]  # designated, refused
    reasons: Mapped[str] = mapped_column(default="")
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    by: Mapped[str]
    application: Mapped[ForumApplication] = linked(
        "ForumDecision.application_id", "ForumApplication", viewonly=True
    )


def applications_of(space: Space) -> list[ForumApplication]:
    """What a body has handed over, newest first: read where it stands, or where its authority does."""
    theirs = sa.select(ForumApplication).where(ForumApplication.space_id == space.id)
    return list(db.session.scalars(theirs.order_by(ForumApplication.at.desc())))


def handed_to(authority: Space) -> list[ForumApplication]:
    """What was handed to an authority, newest first: read where it stands."""
    handed = sa.select(ForumApplication).where(ForumApplication.authority_id == authority.id)
    return list(db.session.scalars(handed.order_by(ForumApplication.at.desc())))
