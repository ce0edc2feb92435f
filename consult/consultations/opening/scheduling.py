"""An opening that is planned for a later day: the gate is passed when it is planned, and again by the job that opens.

Until then everything can still be changed, since nobody has answered. What is missing on the day keeps it shut, and
the people who can put it right are told.
"""

from datetime import datetime
from typing import Any

from consult import audit, clock, jobs, mail
from consult.access import Act
from consult.accounts.models import Person
from consult.consultations.opening.case import Lack
from consult.consultations.records import PlannedOpening
from consult.database import db, new_id
from consult.spaces.models import people_who_may, standing
from consult.web.errors import Refused


class Scheduled:
    """What a consultation does with the instant at which it is to open."""

    id: Any  # Mapped, in the model, as are the others
    title: Any
    reference: Any
    opening: Any
    plans_to_open: Any
    take: Any
    refuse_opened: Any
    pass_the_gate: Any
    planned_opening: Any
    post: Any
    reread: Any

    @property
    def scheduled(self) -> PlannedOpening | None:
        """The plan that stands: neither carried out, nor called off, nor found lacking."""
        return next((plan for plan in self.plans_to_open if plan.ended is None), None)

    @property
    def stayed_shut(self) -> PlannedOpening | None:
        """The last plan, where it came to nothing because something was missing, and nothing was decided since."""
        last = self.plans_to_open[-1] if self.plans_to_open and not self.opening else None
        return last if last and last.refusal else None

    def schedule(self, opens: datetime, by: Person | None, now: datetime | None = None) -> PlannedOpening:
        """It opens by itself at that instant. Raises Refused where the gate would not let it open then."""
        self.take()
        now = now or clock.now()
        self.refuse_opened()
        if self.scheduled:
            raise Refused("Its opening is planned already. Call that off to choose another day.")
        if opens <= now:
            raise Refused("An opening is planned for a later day. To open it today, open it now.")
        self.pass_the_gate(opens)
        plan = PlannedOpening(
            id=new_id(), consultation_id=self.id, opens=opens, at=now, by_id=by.id if by else None
        )
        db.session.add(plan)
        jobs.post("opening", {"plan": plan.id.hex}, due=opens)
        self.reread()
        self.post(opens, by, now)
        told = {"reference": self.reference, "opens": opens.isoformat()}
        audit.record("consultation.scheduled", self.title, by=by, **told)
        return plan

    def call_off(self, by: Person | None, now: datetime | None = None) -> None:
        """It no longer opens by itself; everyone still sees that it is announced."""
        self.take()
        now = now or clock.now()
        if not self.scheduled:
            raise Refused("No opening is planned.")
        self.end_plan(by, now)
        self.reread()
        self.post(self.planned_opening(now), None, now)
        audit.record("consultation.unscheduled", self.title, by=by, reference=self.reference)

    def end_plan(self, by: Person | None, now: datetime, refusal: str = "") -> None:
        if plan := self.scheduled:
            plan.ended, plan.ended_by_id, plan.refusal = now, by.id if by else None, refusal

    def stay_shut(self, lacking: list[Lack], now: datetime) -> None:
        """It was to open now and something is missing: that is kept, and whoever may put it right is told."""
        sentences = [lack.in_full for lack in lacking]
        self.end_plan(None, now, "\n".join(sentences))
        self.reread()
        self.post(self.planned_opening(now), None, now)
        audit.record("consultation.stayed_shut", self.title, reference=self.reference, lacking=sentences)
        page = mail.link("consultations.setup", space=standing(), reference=self.reference)
        for person in people_who_may(Act.CONSULT):
            about = {"person": person, "consultation": self, "lacking": sentences, "link": page}
            mail.write(person.email, "not_opened", f"It has not opened: {self.title}", **about)
