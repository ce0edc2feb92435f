"""What everyone is told of a consultation: its title, stage and dates, which follow what is decided about it."""

from datetime import datetime
from typing import Any

from consult import audit, clock
from consult.accounts.models import Person
from consult.consultations.opening.gate import publicity
from consult.consultations.records import Announcement
from consult.database import db
from consult.spaces.models import standing
from consult.web.errors import Refused


class Announced:
    """What a consultation does with its announcement."""

    id: Any  # Mapped, in the model, as are the others
    title: Any
    reference: Any
    stage: Any
    opens_on: Any
    opening: Any
    scheduled: Any
    announcement: Any
    closing_day: Any
    closes: Any
    heard: Any
    proposal: Any
    take: Any
    state: Any
    planned_opening: Any
    pass_the_gate: Any
    reread: Any

    def announce(self, by: Person | None, now: datetime | None = None) -> Announcement:
        """Tells everyone its title, stage and dates."""
        self.take()
        now = now or clock.now()
        if self.state(now) != "draft":
            raise Refused("This consultation has already been announced.")
        opens = self.planned_opening(now)
        self.pass_the_gate(opens)
        announcement = self.post(opens, by, now)
        audit.record("consultation.announced", self.title, by=by, reference=self.reference)
        return announcement

    def post(self, opens: datetime, by: Person | None, now: datetime) -> Announcement:
        assert self.closing_day is not None  # the gate has seen it
        said: dict[str, Any] = {
            "reference": self.reference,
            "title": self.title,
            "stage": self.stage,
            "first_publicised": publicity(self.heard, clock.uk(opens).date()),
            "opens": opens if self.opening or self.scheduled or self.opens_on else None,
            "scheduled": self.scheduled.opens if self.scheduled else None,
            "opened": self.opening.at if self.opening else None,
            "closes": clock.end_of(self.closing_day),
            "about_id": self.proposal.body_id if self.proposal else None,
        }
        announcement = self.announcement
        if announcement is None:
            announcement = self.first_announcement(by, now, said)
        for name, value in said.items():
            setattr(announcement, name, value)
        self.reread()
        return announcement

    def keep_announced(self, now: datetime) -> None:
        """What everyone was told follows what was changed since, which must still pass the gate."""
        if self.announcement:
            db.session.flush()
            opens = self.planned_opening(now)
            self.pass_the_gate(opens)
            self.post(opens, None, now)

    def first_announcement(self, by: Person | None, now: datetime, said: dict[str, Any]) -> Announcement:
        space, by_id = standing(), by.id if by else None
        whose = {
            "space_id": space.id,
            "authority_id": space.authority_id or space.id,
            "consultation_id": self.id,
        }
        announcement = Announcement(**whose, **said, at=now, by_id=by_id)
        db.session.add(announcement)
        return announcement

    def announce_dates(self, closed: datetime | None = None) -> None:
        if self.announcement and self.closes:
            self.announcement.closes, self.announcement.closed = self.closes, closed
            db.session.flush()

    @property
    def results_since(self) -> datetime | None:
        """Since when everyone may read what came of it; none until that is published after the close."""
        return self.announcement.results if self.announcement else None

    def note_results(self, published: datetime | None) -> None:
        if self.announcement:
            self.announcement.results = published
