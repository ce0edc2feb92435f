"""The questions of a consultation, and the records of what was done to it: who, and when."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult import clock
from consult.accounts.models import Person
from consult.consultations.questions.conditions import Condition
from consult.consultations.questions.kinds import ASKS_FOR_A_CHOICE
from consult.consultations.questions.pictures import QuestionPicture
from consult.database import Base, InsertOnly, new_id
from consult.tenancy import Handed, Owned, Posted, gathered, link_to

AS_ASKED = ("kind", "title", "hint", "help", "options", "required", "settings")  # all but where it stands


class Question(Owned, Base):
    """One question. `options` holds {"key", "label"} in order, for what is answered by choosing; `settings` what its
    kind alone has (`question_kinds.py`)."""

    __tablename__ = "question"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id", "reference"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    reference: Mapped[str]  # q1, q2 …: the column heading in every download
    kind: Mapped[str]  # one of question_kinds.KINDS
    title: Mapped[str]
    hint: Mapped[str] = mapped_column(default="")
    help: Mapped[str] = mapped_column(default="")  # longer, for whoever opens it
    options: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON(), default=list)
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    required: Mapped[bool] = mapped_column(default=False)
    page: Mapped[int] = mapped_column(
        default=1
    )  # of the form; never smaller than that of the question before
    show_if: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))  # see Condition
    position: Mapped[int]
    picture: Mapped[QuestionPicture | None] = gathered(
        "Question",
        "QuestionPicture.question_id",
        uselist=False,
        cascade="all, delete-orphan",
        lazy="selectin",
    )

    @property
    def needs_options(self) -> bool:
        return self.kind in ASKS_FOR_A_CHOICE and len(self.options or ()) < 2

    @property
    def condition(self) -> Condition | None:
        return Condition.read(self.show_if)

    @property
    def picture_alt(self) -> str:
        """What its picture shows, in words; nothing where it has none."""
        return self.picture.alt if self.picture else ""

    @property
    def picture_id(self) -> UUID | None:
        return self.picture.id if self.picture else None

    def copy_to(self, consultation: Any, same: dict[UUID, UUID] | None = None) -> "Question":
        """The same question at the end of another consultation, with its picture. `same` has the copy of each question
        that was copied before, and gets this one: a condition points to the copy, or goes where there is none."""
        same = {} if same is None else same
        condition = self.condition
        source = same.get(condition.question) if condition else None
        number = len(consultation.questions) + 1
        copy = Question(
            id=new_id(),
            consultation_id=consultation.id,
            reference=f"q{number}",
            position=number,
            page=self.page,
        )
        for name in AS_ASKED:
            setattr(copy, name, getattr(self, name))
        copy.show_if = Condition(source, condition.any_of).written if condition and source else None
        copy.picture = self.picture.copy() if self.picture else None
        same[self.id] = copy.id
        consultation.take_in(copy)
        return copy


class Announcement(Posted, Base):
    """What everyone may know of a consultation: title, stage, dates, number received (brought up to date by a job)."""

    __tablename__ = "announcement"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    reference: Mapped[str]
    title: Mapped[str]
    stage: Mapped[str]
    first_publicised: Mapped[date]
    opens: Mapped[datetime | None]  # as decided or, before that, as meant; none where no day was chosen
    opened: Mapped[datetime | None]  # follows the Opening, which only the body may read: it may lie ahead
    closes: Mapped[datetime]
    closed: Mapped[datetime | None]  # follows the Closing, or is noted when it has closed by itself
    received: Mapped[int] = mapped_column(default=0)
    about_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("space.id"), index=True
    )  # the body whose application or plan an authority publicises
    scheduled: Mapped[datetime | None]  # follows the PlannedOpening: it opens by itself then
    results: Mapped[datetime | None]  # follows the Publication of what came of it, after the close
    at: Mapped[datetime] = mapped_column(default=clock.now)
    changed: Mapped[datetime | None] = mapped_column(default=clock.now, onupdate=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))

    def state(self, now: datetime) -> str:
        """announced, open or closed, as everyone may know it. A day on which it was meant to open opens nothing."""
        if self.opened is None or now < self.opened:
            return "announced"
        return "closed" if now >= (self.closed or self.closes) else "open"

    def told_state(self, now: datetime) -> str:
        """The state as it is shown: beside those above scheduled, and results once they are published."""
        return told(self.state(now), self.scheduled, self.results)


def told(state: str, scheduled: Any, results: Any) -> str:
    """What is said of a state: one that is announced may be scheduled, one that is closed may have its results."""
    if state == "announced" and scheduled:
        return "scheduled"
    return "results" if state == "closed" and results else state


class AnnouncementDay(Handed, Base):
    """How many had come by the end of that UK day, as the worker counted them: handed to the authority, which reads no
    response. A day on which the number stayed the same has no row."""

    __tablename__ = "announcement_day"
    __table_args__ = (sa.UniqueConstraint("space_id", "announcement_id", "day"),)
    announcement_id: Mapped[UUID] = link_to("announcement")
    day: Mapped[date]
    received: Mapped[int]  # so far, as on the announcement


class PlannedOpening(Owned, Base):
    """It is to open by itself at that instant: it does where nothing is missing then, else the reason is kept here."""

    __tablename__ = "planned_opening"
    consultation_id: Mapped[UUID] = link_to("consultation")
    opens: Mapped[datetime]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    ended: Mapped[datetime | None]  # opened, called off, or found lacking
    ended_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    refusal: Mapped[str] = mapped_column(default="")  # what was missing when it was to open
    by: Mapped[Person | None] = relationship(Person, foreign_keys=[by_id])


class Opening(Owned, InsertOnly, Base):
    """Opened: from here on questions, plan version and notice stay as they were."""

    __tablename__ = "opening"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    at: Mapped[datetime] = mapped_column(default=clock.now)  # responses are taken from this instant
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    decided: Mapped[datetime] = mapped_column(default=clock.now)


class Closing(Owned, InsertOnly, Base):
    """Closed at this instant; before its last day only where the law allows it."""

    __tablename__ = "closing"
    __table_args__ = (sa.UniqueConstraint("space_id", "consultation_id"),)
    consultation_id: Mapped[UUID] = link_to("consultation")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))


class Extension(Owned, InsertOnly, Base):
    """A later last day, with the reason that people are told."""

    __tablename__ = "extension"
    consultation_id: Mapped[UUID] = link_to("consultation")
    last_day: Mapped[date]
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
