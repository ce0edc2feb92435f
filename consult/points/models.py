"""What people said, taken apart into points and coded with themes. Nothing here is edited: a coder makes a move, and a
move can be undone by another. Which rows are in force follows from that, so an old snapshot can still be explained.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.consultations.models import Consultation
from consult.consultations.steps import Steps
from consult.database import Base, InsertOnly
from consult.points.spans import WHOLE, Span
from consult.tenancy import Owned, link_to, linked

FIRST, SECOND = "first", "second"


class Move(Steps, Owned, InsertOnly, Base):
    """One step of one coder, undone as a whole. Moves are numbered within their consultation, in the order made."""

    __tablename__ = "move"
    __table_args__ = (
        sa.UniqueConstraint("space_id", "consultation_id", "number"),
        sa.UniqueConstraint("space_id", "undoes_id"),
    )
    consultation_id: Mapped[UUID] = link_to("consultation")
    number: Mapped[int]
    kind: Mapped[str]  # one of moving.KINDS
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    undoes_id: Mapped[UUID | None] = link_to("move", nullable=True)
    consultation: Mapped[Consultation] = linked("Move.consultation_id", "Consultation")


class Point(Owned, InsertOnly, Base):
    """One matter raised: a span of an answer or of the words beside a place, or the whole of it. Its words are not kept
    a second time; `letter` names it within what it is a piece of, and is never given twice."""

    __tablename__ = "point"
    __table_args__ = (
        sa.UniqueConstraint("space_id", "answer_id", "field", "start", "end"),
        sa.UniqueConstraint("space_id", "place_id", "field", "start", "end"),
        sa.CheckConstraint("(answer_id IS NULL) <> (place_id IS NULL)", name="of_one_thing"),
    )
    consultation_id: Mapped[UUID] = link_to("consultation")
    response_id: Mapped[UUID] = link_to("response")
    answer_id: Mapped[UUID | None] = link_to("answer", nullable=True)
    place_id: Mapped[UUID | None] = link_to("place", nullable=True)
    field: Mapped[str] = mapped_column(default=WHOLE)  # text, suggested_change, words
    start: Mapped[int] = mapped_column(default=0)
    end: Mapped[int] = mapped_column(default=0)
    letter: Mapped[str] = mapped_column(default="")

    @property
    def span(self) -> Span:
        return Span(self.field, self.start, self.end)

    @property
    def passage_id(self) -> UUID:
        return self.answer_id or self.place_id  # type: ignore[return-value]


class Beginning(Owned, InsertOnly, Base):
    """From this move on the point stands."""

    __tablename__ = "point_beginning"
    point_id: Mapped[UUID] = link_to("point")
    move_id: Mapped[UUID] = link_to("move")


class Ending(Owned, InsertOnly, Base):
    """From this move on it no longer does: it was cut into others, or joined with them."""

    __tablename__ = "point_ending"
    beginning_id: Mapped[UUID] = link_to("point_beginning")
    move_id: Mapped[UUID] = link_to("move")


class Bearing(Owned, InsertOnly, Base):
    """Which policy a point is about and how it stands to it, where that differs from the answer it is part of. The last
    one in force holds."""

    __tablename__ = "bearing"
    point_id: Mapped[UUID] = link_to("point")
    policy_id: Mapped[UUID | None] = link_to("policy", nullable=True)
    stance: Mapped[str | None]
    move_id: Mapped[UUID] = link_to("move")


class Coding(Owned, InsertOnly, Base):
    """A point raises a theme, as somebody read it."""

    __tablename__ = "coding"
    point_id: Mapped[UUID] = link_to("point")
    theme_id: Mapped[UUID] = link_to("theme")
    origin: Mapped[str] = mapped_column(default="read")  # read, accepted (a suggestion), bulk (a campaign)
    round: Mapped[str] = mapped_column(default="first")  # first; second: coded again without seeing the first
    move_id: Mapped[UUID] = link_to("move")


class Uncoding(Owned, InsertOnly, Base):
    """On second thoughts it does not."""

    __tablename__ = "uncoding"
    coding_id: Mapped[UUID] = link_to("coding")
    move_id: Mapped[UUID] = link_to("move")


class Theme(Owned, InsertOnly, Base):
    """Something that several people raise. The kind `nothing` is for what was read and raises nothing: it is counted as
    read, and never as a theme."""

    __tablename__ = "theme"
    consultation_id: Mapped[UUID] = link_to("consultation")
    kind: Mapped[str] = mapped_column(default="matter")
    move_id: Mapped[UUID] = link_to("move")


class Wording(Owned, InsertOnly, Base):
    """How a theme is worded and where it stands in the frame; the last one in force holds."""

    __tablename__ = "theme_wording"
    theme_id: Mapped[UUID] = link_to("theme")
    label: Mapped[str]
    definition: Mapped[str] = mapped_column(default="")
    includes: Mapped[str] = mapped_column(default="")
    excludes: Mapped[str] = mapped_column(default="")
    parent_id: Mapped[UUID | None] = link_to("theme", nullable=True)
    position: Mapped[int] = mapped_column(default=0)
    move_id: Mapped[UUID] = link_to("move")


class Merge(Owned, InsertOnly, Base):
    """What was coded with one theme counts under another from here on. Undoing its move parts them again."""

    __tablename__ = "theme_merge"
    theme_id: Mapped[UUID] = link_to("theme")
    into_id: Mapped[UUID] = link_to("theme")
    move_id: Mapped[UUID] = link_to("move")


class Retirement(Owned, InsertOnly, Base):
    """A theme that nobody uses any more is offered no longer."""

    __tablename__ = "theme_retirement"
    theme_id: Mapped[UUID] = link_to("theme")
    move_id: Mapped[UUID] = link_to("move")


class Assignment(Owned, Base):
    """A response that somebody is to read, all of it, from here to its end. It holds as long as they work here."""

    __tablename__ = "assignment"
    consultation_id: Mapped[UUID] = link_to("consultation")
    response_id: Mapped[UUID] = link_to("response")
    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    ended: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


def undone() -> sa.Select[Any]:
    """The moves that were taken back."""
    return Move.undone()


def in_force(*kinds: Any) -> sa.ColumnElement[bool]:
    """Rows of these tables whose move stands."""
    return sa.and_(*(kind.move_id.not_in(undone()) for kind in kinds))


def standing_points() -> sa.ColumnElement[bool]:
    """A point stands: it was begun, and that beginning has not been ended."""
    ended = sa.select(Ending.beginning_id).where(in_force(Ending))
    begun = sa.select(Beginning.point_id).where(in_force(Beginning), Beginning.id.not_in(ended))
    return Point.id.in_(begun)


def standing_codings(round_: str = FIRST) -> sa.ColumnElement[bool]:
    """What counts; or what the second reader found, which never does."""
    taken_off = sa.select(Uncoding.coding_id).where(in_force(Uncoding))
    return sa.and_(in_force(Coding), Coding.id.not_in(taken_off), Coding.round == round_)
