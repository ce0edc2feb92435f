"""Points answered together, and the answers. Nothing here is edited: whoever answers takes a step, and a step can be
taken back by another. A decision is not taken back: a later one of the same issue stands in its place.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.consultations.models import Consultation
from consult.consultations.steps import Steps
from consult.database import Base, InsertOnly
from consult.tenancy import Owned, link_to, linked


class Step(Steps, Owned, InsertOnly, Base):
    """One step of one person, taken back as a whole; numbered within the consultation, in the order taken."""

    __tablename__ = "issue_step"
    __table_args__ = (
        sa.UniqueConstraint("space_id", "consultation_id", "number"),
        sa.UniqueConstraint("space_id", "undoes_id"),
    )
    consultation_id: Mapped[UUID] = link_to("consultation")
    number: Mapped[int]
    kind: Mapped[str]  # one of gathering.KINDS
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    undoes_id: Mapped[UUID | None] = link_to("issue_step", nullable=True)


class Issue(Owned, InsertOnly, Base):
    """What several people raise, answered once. Its number names it in every report and is never given twice."""

    __tablename__ = "issue"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id", "number"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    number: Mapped[int]
    step_id: Mapped[UUID] = link_to("issue_step")
    consultation: Mapped[Consultation] = linked("Issue.consultation_id", "Consultation")


class IssueWording(Owned, InsertOnly, Base):
    """What it is called and what people say about it, in short; the last one in force holds."""

    __tablename__ = "issue_wording"
    issue_id: Mapped[UUID] = link_to("issue")
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    step_id: Mapped[UUID] = link_to("issue_step")


class Gathering(Owned, InsertOnly, Base):
    """From this step on the issue answers a theme, with whatever is ever coded with it, or one point on its own."""

    __tablename__ = "gathering"
    __table_args__ = (sa.CheckConstraint("(theme_id IS NULL) <> (point_id IS NULL)", name="of_one_thing"),)
    issue_id: Mapped[UUID] = link_to("issue")
    theme_id: Mapped[UUID | None] = link_to("theme", nullable=True)
    point_id: Mapped[UUID | None] = link_to("point", nullable=True)
    step_id: Mapped[UUID] = link_to("issue_step")


class Parting(Owned, InsertOnly, Base):
    """From this step on it no longer does."""

    __tablename__ = "gathering_parting"
    gathering_id: Mapped[UUID] = link_to("gathering")
    step_id: Mapped[UUID] = link_to("issue_step")


class Dissolving(Owned, InsertOnly, Base):
    """The issue is none any more: what it held is free for another."""

    __tablename__ = "issue_dissolving"
    issue_id: Mapped[UUID] = link_to("issue")
    step_id: Mapped[UUID] = link_to("issue_step")


class Decision(Owned, InsertOnly, Base):
    """The reply to an issue, or to one point of it where that is answered otherwise: a draft until it is agreed. The
    points that it answers are kept with it, so that those which came since can be told."""

    __tablename__ = "decision"
    __table_args__ = (sa.UniqueConstraint("space_id", "issue_id", "number"),)
    issue_id: Mapped[UUID] = link_to("issue")
    point_id: Mapped[UUID | None] = link_to("point", nullable=True)
    number: Mapped[int]  # of the decisions of this issue, those on single points among them
    outcome: Mapped[str]  # one of words.OUTCOMES
    reply: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    change: Mapped[str] = mapped_column(default="")  # what changes in the plan
    policy_key: Mapped[str] = mapped_column(default="")  # the same policy in every version; empty: none
    answers: Mapped[list[str]] = mapped_column(default=list)  # ids of points, sorted
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    issue: Mapped[Issue] = linked("Decision.issue_id", "Issue")


class Agreement(Owned, InsertOnly, Base):
    """That a decision was agreed: on which day, and by which minute of which meeting."""

    __tablename__ = "decision_agreement"
    __table_args__ = (sa.UniqueConstraint("space_id", "decision_id"),)
    decision_id: Mapped[UUID] = link_to("decision")
    day: Mapped[date]  # a UK day
    minute: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))


class AnswersPublication(Owned, Base):
    """“You said, we did” as somebody decided that everyone may read it: the forum's own words and small numbers kept
    back, as they stood then. No word that a resident wrote is in it."""

    __tablename__ = "answers_publication"
    consultation_id: Mapped[UUID] = link_to("consultation")
    content: Mapped[dict[str, Any]]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    ended: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


def in_force(*kinds: Any) -> sa.ColumnElement[bool]:
    """Rows of these tables whose step stands."""
    return sa.and_(*(kind.step_id.not_in(Step.undone()) for kind in kinds))


def standing_issues() -> sa.ColumnElement[bool]:
    gone = sa.select(Dissolving.issue_id).where(in_force(Dissolving))
    return sa.and_(in_force(Issue), Issue.id.not_in(gone))


def standing_gatherings() -> sa.ColumnElement[bool]:
    parted = sa.select(Parting.gathering_id).where(in_force(Parting))
    return sa.and_(in_force(Gathering), Gathering.id.not_in(parted))
