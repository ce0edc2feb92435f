"""A consultation as it is shown to somebody now; and one that has not opened, as residents will see it once it has."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from flask import g

from consult import clock
from consult.areas.models import AreaVersion, area_version_in_force
from consult.consultations.handed.proposals import Proposal, ProposalDocument
from consult.consultations.models import Consultation
from consult.consultations.taking_back import taken_back
from consult.database import db
from consult.plans.models import Document, PlanVersion
from consult.tenancy import here


@dataclass(frozen=True)
class Shown:
    """A consultation as its page shows it: to everyone, or to its members before it opens."""

    consultation: Consultation
    now: datetime
    preview: bool = False

    @property
    def state(self) -> str:
        return self.consultation.state(self.now)

    @property
    def told(self) -> str:
        return self.consultation.told_state(self.now)

    @property
    def closes(self) -> datetime | None:
        return self.consultation.closes

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
    def taken_back(self) -> datetime | None:
        """When the body withdrew what people are asked about, if it did."""
        return taken_back(self.proposal)

    @property
    def documents(self) -> list[Document | ProposalDocument]:
        of_the_plan = list(self.version.documents) if self.version else []
        return of_the_plan + (list(self.proposal.documents) if self.proposal else [])

    def document(self, name: str) -> Document | ProposalDocument | None:
        return next((document for document in self.documents if document.name == name), None)


@dataclass(frozen=True)
class Opens:
    at: datetime


class AsOpened:
    """A consultation that has not opened, as it will be at the instant when it opens: a preview gives it to the very
    code that shows residents the real one. Nothing of it is stored, and nothing can be done to it."""

    def __init__(self, consultation: Consultation) -> None:
        self.real = consultation
        self.opens = consultation.planned_opening()
        self.opening = Opens(self.opens)
        self.scheduled = None
        last_day = consultation.closing_day
        self.closes = clock.end_of(last_day) if last_day else None
        self.plan_version = consultation.plan_shown
        self.area_version = consultation.area_version or in_force()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def state(self, now: datetime | None = None) -> str:
        return "open"

    told_state = state


def in_force() -> AreaVersion | None:
    """The outline that the opening would freeze."""
    found = area_version_in_force()
    return db.session.get(AreaVersion, (here(), found)) if found else None


def look_ahead(consultation: Consultation) -> Consultation | None:
    """From here on this request previews it; None where it has been opened, since then everyone sees it itself."""
    if consultation.opening:
        return None
    g.previewing = cast(Consultation, AsOpened(consultation))
    return previewed()


def previewed() -> Consultation | None:
    """What this request previews, if it does."""
    found: Consultation | None = g.get("previewing")
    return found
