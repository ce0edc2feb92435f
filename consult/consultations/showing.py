"""A consultation as it is shown to somebody now."""

from dataclasses import dataclass
from datetime import datetime

from consult import clock
from consult.consultations.models import Consultation
from consult.consultations.proposals import Proposal, ProposalDocument
from consult.plans.models import Document, PlanVersion


@dataclass(frozen=True)
class Shown:
    """A consultation as its page shows it: to everyone, or to its members before it opens."""

    consultation: Consultation
    now: datetime
    preview: bool = False

    @property
    def state(self) -> str:
        state = self.consultation.state(self.now)
        return "open" if self.preview and state in ("draft", "announced") else state

    @property
    def closes(self) -> datetime | None:
        last_day = self.consultation.closing_day
        return self.consultation.closes or (clock.end_of(last_day) if last_day else None)

    @property
    def version(self) -> PlanVersion | None:
        """The plan, once it is frozen: what may still change is for members only."""
        if self.consultation.opening or self.preview:
            return self.consultation.plan_shown
        return None

    @property
    def proposal(self) -> Proposal | None:
        """What an authority was handed, once people are asked about it."""
        return self.consultation.proposal if self.consultation.opening or self.preview else None

    @property
    def documents(self) -> list[Document | ProposalDocument]:
        of_the_plan = list(self.version.documents) if self.version else []
        return of_the_plan + (list(self.proposal.documents) if self.proposal else [])

    def document(self, name: str) -> Document | ProposalDocument | None:
        return next((document for document in self.documents if document.name == name), None)
