"""A consultation and what was done to it: announced, opened, extended, closed. Each is a record of who and when.

Its state is computed from those records and the clock, so nothing has to run for it to open or close on time.
"""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import audit, clock
from consult.accounts.models import Person
from consult.areas.models import AreaVersion, area_version_in_force
from consult.consultations.consulted.consultees import AuthorityCopy, Consultee, Unaffected
from consult.consultations.consulted.consulting import Consulting
from consult.consultations.easy_read.sentences import EasyReadLine, SaidSimply
from consult.consultations.handed.proposals import Proposal
from consult.consultations.handed.publicity_period import Publicising
from consult.consultations.languages.translations import Translated
from consult.consultations.opening import freezing as freezing  # its locks join the catalogue
from consult.consultations.opening.announcing import Announced
from consult.consultations.opening.gate import long, publicity
from consult.consultations.opening.judging import Judged
from consult.consultations.opening.scheduling import Scheduled
from consult.consultations.paper import prints
from consult.consultations.personal_data.controlling import Controlled
from consult.consultations.publicity.publicising import Publicised, Publicity
from consult.consultations.questions.asking import Asking
from consult.consultations.records import (
    Announcement,
    Closing,
    Extension,
    Opening,
    PlannedOpening,
    Question,
    told,
)
from consult.consultations.told.following import Followed
from consult.consultations.variants import Varied
from consult.database import Base, alone, db
from consult.plans.models import PlanVersion, Policy, change_alone, latest_version
from consult.spaces.models import standing
from consult.tenancy import Owned, gathered, link_to, linked
from consult.web.errors import Refused

__all__ = ["Announcement", "Closing", "Consultation", "Extension", "Opening", "Question", "find"]


class Consultation(
    Asking,
    Judged,
    Announced,
    Scheduled,
    Consulting,
    Controlled,
    Publicised,
    Publicising,
    Followed,
    Varied,
    SaidSimply,
    Translated,
    Owned,
    Base,
):
    __tablename__ = "consultation"
    __table_args__ = (sa.UniqueConstraint("space_id", "reference"),)
    reference: Mapped[str]  # in addresses, as in reg14
    stage: Mapped[
        str
    ]  # early_engagement, call_for_sites, regulation_14, regulation_16, regulation_6, regulation_9
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    opens_on: Mapped[
        date | None
    ]  # the UK day at whose start it is meant to open; none: when somebody opens it
    first_publicised: Mapped[date | None]  # where people heard of it before it opens
    last_day: Mapped[date | None]  # the UK day at whose end it closes, before any extension
    where_to_see: Mapped[str] = mapped_column(default="")  # where and when the proposals may be inspected
    how_to_respond: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    contact_address: Mapped[str] = mapped_column(default="")
    plan_version_id: Mapped[UUID | None] = link_to("plan_version", nullable=True)
    area_version_id: Mapped[UUID | None] = link_to("area_version", nullable=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    plan_version: Mapped[PlanVersion | None] = linked("Consultation.plan_version_id", "PlanVersion")
    area_version: Mapped[AreaVersion | None] = linked("Consultation.area_version_id", "AreaVersion")
    questions: Mapped[list[Question]] = gathered(
        "Consultation", "Question.consultation_id", order_by="Question.position"
    )
    announcement: Mapped[Announcement | None] = gathered(
        "Consultation", "Announcement.consultation_id", uselist=False
    )
    opening: Mapped[Opening | None] = gathered("Consultation", "Opening.consultation_id", uselist=False)
    closing: Mapped[Closing | None] = gathered("Consultation", "Closing.consultation_id", uselist=False)
    plans_to_open: Mapped[list[PlannedOpening]] = gathered(
        "Consultation", "PlannedOpening.consultation_id", order_by="PlannedOpening.at"
    )
    extensions: Mapped[list[Extension]] = gathered(
        "Consultation", "Extension.consultation_id", order_by="Extension.last_day"
    )
    consultees: Mapped[list[Consultee]] = gathered(
        "Consultation", "Consultee.consultation_id", order_by="Consultee.at"
    )
    unaffected: Mapped[list[Unaffected]] = gathered("Consultation", "Unaffected.consultation_id")
    proposal: Mapped[Proposal | None] = gathered("Consultation", "Proposal.consultation_id", uselist=False)
    authority_copy: Mapped[AuthorityCopy | None] = gathered(
        "Consultation", "AuthorityCopy.consultation_id", uselist=False
    )
    publicities: Mapped[list[Publicity]] = gathered(
        "Consultation", "Publicity.consultation_id", order_by="Publicity.from_day, Publicity.at"
    )
    easy_read: Mapped[list[EasyReadLine]] = gathered(
        "Consultation", "EasyReadLine.consultation_id", order_by="EasyReadLine.position"
    )

    # What it is now.

    def state(self, now: datetime | None = None) -> str:
        """draft, announced, open or closed."""
        now = now or clock.now()
        if self.opening is None:
            return "announced" if self.announcement else "draft"
        if now < self.opening.at:
            return "announced"
        return "closed" if self.closes and now >= self.closes else "open"

    def told_state(self, now: datetime | None = None) -> str:
        """The state as it is shown everywhere: beside those above scheduled, and results once they are published."""
        state = self.state(now)
        if state == "announced":
            return told(state, self.scheduled or self.opening, None)
        return told(state, None, self.results_since)

    @property
    def opens(self) -> datetime | None:
        if self.opening:
            return self.opening.at
        return self.announcement.opens if self.announcement else None

    @property
    def closes(self) -> datetime | None:
        """The first instant that is too late; none while it is a draft."""
        if self.closing:
            return self.closing.at
        told = self.opening or self.announcement
        return clock.end_of(self.closing_day) if self.closing_day and told else None

    @property
    def closing_day(self) -> date | None:
        return self.extensions[-1].last_day if self.extensions else self.last_day

    @property
    def policies(self) -> list[Policy]:
        """The policies it asks about: as they were frozen or, while it is a draft, as they stand."""
        version = self.plan_shown
        return list(version.policies) if version else []

    @property
    def plan_shown(self) -> PlanVersion | None:
        if self.opening or self.plan_version_id:
            return self.plan_version
        return latest_version() if self.about_the_plan and not standing().is_authority else None

    @property
    def about_the_plan(self) -> bool:
        return self.kind.on_the_plan or any(question.kind == "stance" for question in self.questions)

    def planned_opening(self, now: datetime | None = None) -> datetime:
        """When it opens, or would open if that were decided now: on the day it is meant to, or at once."""
        now = now or clock.now()
        if self.scheduled:
            return max(now, self.scheduled.opens)
        return max(now, clock.start_of(self.opens_on)) if self.opens_on else now

    # What is done to it. Each act is done alone, on what the database says now.

    def take(self) -> None:
        """From here to the end of the transaction nobody else changes this consultation."""
        db.session.flush()  # `alone` reads everything afresh
        alone(f"consultation {self.id}")

    def await_senders(self) -> None:
        """Whoever is sending at this moment is done first, and whoever comes waits for what is decided: each response
        holds this row while it is written (`receiving.mark_late`). SQLite has one writer at a time anyway."""
        db.session.execute(sa.select(Consultation.id).where(Consultation.id == self.id).with_for_update())

    def change(self) -> None:
        """Takes it to be edited, which ends when it is opened: people answer what they were shown."""
        self.take()
        if self.opening:
            raise Refused(
                "This consultation has been opened, so what people are shown can no longer be changed."
            )

    def open(self, by: Person | None, now: datetime | None = None) -> Opening:
        """Opens it; from here on everything that people are shown stays as it is, in the database too."""
        self.take()
        change_alone()  # the plan, too, stays as the gate sees it
        now = now or clock.now()
        self.refuse_opened()
        self.pass_the_gate(now)
        self.freeze(now)
        self.end_plan(by, now)
        opening = Opening(consultation_id=self.id, at=now, by_id=by.id if by else None, decided=now)
        db.session.add(opening)
        self.reread()
        self.post(now, by, now)
        self.begin_clocks(by, now, now)
        self.give_notice(self.consultees, by)
        self.tell_followers("opened", now)
        prints.ask_for(self)
        audit.record("consultation.opened", self.title, by=by, reference=self.reference, at=now.isoformat())
        return opening

    def extend(
        self, last_day: date, reason: str, by: Person | None, now: datetime | None = None
    ) -> Extension:
        self.take()
        self.await_senders()
        if self.state(now) not in ("announced", "open") or not self.opening or not self.closing_day:
            raise Refused("Only a consultation that has been opened and has not closed can be extended.")
        if last_day <= self.closing_day:
            raise Refused(f"Choose a last day after {long(self.closing_day)}: it can only become later.")
        by_id, at = by.id if by else None, now or clock.now()
        extension = Extension(consultation_id=self.id, last_day=last_day, reason=reason, by_id=by_id, at=at)
        db.session.add(extension)
        self.reread()
        self.announce_dates()
        self.tell_followers("extended", at)
        prints.ask_for(self)
        told = {"reference": self.reference, "last_day": str(last_day), "reason": reason}
        audit.record("consultation.extended", self.title, by=by, **told)
        return extension

    def close(self, by: Person | None, now: datetime | None = None) -> Closing:
        """Closes it early, which a stage with a statutory minimum never does before that has passed."""
        self.take()
        self.await_senders()
        now = now or clock.now()
        if self.state(now) != "open":
            raise Refused("Only a consultation that is open can be closed.")
        if refusal := self.may_not_close(now):
            raise Refused(refusal)
        closing = Closing(consultation_id=self.id, at=now, by_id=by.id if by else None)
        db.session.add(closing)
        self.reread()
        self.announce_dates(closed=now)
        audit.record("consultation.closed", self.title, by=by, reference=self.reference)
        return closing

    # How.

    def refuse_opened(self) -> None:
        if self.opening:
            raise Refused("This consultation has already been opened.")

    def freeze(self, now: datetime) -> None:
        version = self.plan_shown
        if version:
            version.freeze(now)
            self.plan_version_id = version.id
        self.area_version_id = self.area_version_id or area_version_in_force()
        self.first_publicised = publicity(self.heard, clock.uk(now).date())
        db.session.flush()  # once the opening is written, the database takes no more of this

    def reread(self) -> None:
        db.session.flush()
        db.session.expire(self)


def find(reference: str) -> Consultation | None:
    """The consultation of the space we stand in that has this reference."""
    return db.session.scalar(sa.select(Consultation).where(Consultation.reference == reference))
