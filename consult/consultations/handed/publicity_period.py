"""The period of publicity under regulations 6, 9 and 16: when its clocks begin, and that nothing is decided before its
end."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from consult import clock, jobs
from consult.accounts.models import Person
from consult.areas import register
from consult.areas.decisions import duties
from consult.consultations.handed.proposals import KINDS, Proposal, proposal_from, proposals_of
from consult.consultations.opening.case import long
from consult.consultations.stages import STAGES
from consult.consultations.taking_back import taken_back
from consult.database import db
from consult.spaces import handed, law, milestones
from consult.tenancy import here

BEGINS = {"area": "area_publicised", "forum": "forum_publicised", "submission": "regulation_16"}
THEN = {
    "area": "You can decide after that.",
    "forum": "You can decide after that.",
    "submission": "What follows, from the examiner on, waits until then.",
}
AFTER_16 = ("examination", "report", "decision", "referendum", "business_referendum", "made")


class Publicising:
    """What a consultation does with what was handed to the authority in whose space it stands."""

    id: Any  # Mapped, in the model, as are the others
    kind: Any
    proposal: Any
    area_version: Any
    opening: Any
    closes: Any
    first_publicised: Any
    closing_day: Any
    planned_opening: Any

    @property
    def law_asked(self) -> law.Listed | None:
        """What its regulation has an authority tell everyone, as it stands on the day of the opening."""
        return (
            law.in_force(self.kind.asks, clock.uk(self.planned_opening()).date()) if self.kind.asks else None
        )

    @property
    def asked_to_state(self) -> law.Point | None:
        return self.law_asked.point("statement") if self.law_asked else None

    @property
    def is_of_a_whole_parish(self) -> bool:
        """Regulation 5A: asked anew each time, since boundaries change."""
        if self.proposal is None or self.proposal.kind != "area" or self.area_version is None:
            return False
        return whole_parish(self.proposal.applicant, self.area_version.geometry)

    @property
    def of_the_proposal(self) -> dict[str, Any]:
        """What the gate looks at of what was handed over."""
        proposal = self.proposal
        return {
            "proposed": proposal is not None,
            "mapped": self.area_version is not None,
            "taken_back": taken_back(proposal) is not None,
            "documents": len(proposal.documents) if proposal else 0,
            "names_bodies": proposal.names_bodies if proposal else True,
            "whole_parish": self.is_of_a_whole_parish,
        }

    def begin_clocks(self, by: Person | None, at: datetime, now: datetime) -> None:
        """The body's road says that it is publicised, and the time for the decision is counted from there."""
        if self.proposal is None or by is None:
            return
        if at <= now:
            self.note_publicity(by)
        else:
            jobs.post("publicity.began", {"consultation": self.id.hex, "by": by.id.hex}, due=at)

    def note_publicity(self, by: Person) -> None:
        key, body = BEGINS[self.proposal.kind], self.proposal.applicant
        if key not in milestones.days(body):
            words = f"Views are asked for until the end of {long(self.closing_day)}."
            milestones.record(body, key, on=self.first_publicised, by=by, words=words)

    def too_early(self, on: date) -> str:
        """Why nothing can be decided on that day; nothing once it has closed."""
        regulation = self.kind.regulation.capitalize()
        if self.opening is None or self.closes is None:
            return (
                f"{regulation} gives everyone at least six weeks to respond before this is decided, and its "
                "consultation has not opened yet."
            )
        last = clock.last_day(self.closes)
        if clock.now() < self.closes or on <= last:
            return (
                f"{regulation} has everyone heard first: people can respond until the end of {long(last)}. "
                f"{THEN[self.kind.about]}"
            )
        return ""


@jobs.handler("publicity.began")
def began(job: jobs.Job) -> None:
    from consult.consultations.models import Consultation

    consultation = db.session.get_one(Consultation, (here(), UUID(hex=job.payload["consultation"])))
    consultation.note_publicity(db.session.get_one(Person, UUID(hex=job.payload["by"])))


def whole_parish(body: Any, shape: Any) -> bool:
    met = register.shared_with(shape, apart_from=register.entry_of(body.id))
    return bool(duties.whole_parish(body, shape, [register.entry_numbered(each.number) for each in met]))


# Nothing is decided before its end.


@handed.rule
def before_its_close(kind: str, thing: Any, on: date) -> str:
    """An application waits for its own publicity, whether it is on here or recorded as done elsewhere."""
    if kind not in ("area", "forum"):
        return ""
    proposal = proposal_from(thing.id)
    if proposal is not None:
        return consultation_of(proposal).too_early(on)
    if kind == "area" and whole_parish(thing.space, thing.geometry):
        return ""
    return elsewhere(kind, thing, on)


def elsewhere(kind: str, thing: Any, on: date) -> str:
    """What is on record of publicity that was not made here. A day before the application was for another one."""
    stage, first = STAGES[KINDS[kind]], milestones.days(thing.space).get(BEGINS[kind])
    if first is None or first < clock.uk(thing.at).date():
        return ""
    last = first + timedelta(days=stage.shortest_days)
    if on > last:
        return ""
    return (
        f"{stage.regulation.capitalize()} gives people at least six weeks from first publicity, which was "
        f"{long(first)}. Decide after {long(last)}."
    )


@handed.rule
def before_the_examiner(key: str, body: Any, on: date) -> str:
    """Regulation 17: the examiner gets a copy of every representation, so none goes before they have all come."""
    proposal = next(iter(proposals_of(body, "submission")), None) if key in AFTER_16 else None
    return consultation_of(proposal).too_early(on) if proposal else ""


def consultation_of(proposal: Proposal) -> Any:
    from consult.consultations.models import Consultation

    return db.session.get_one(Consultation, (proposal.space_id, proposal.consultation_id))
