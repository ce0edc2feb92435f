"""What a body has taken back while its authority publicises it: the authority sees it in the record that was handed to
it, and says so to everyone."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from consult.areas.models import Application
from consult.consultations.handed.proposals import Proposal
from consult.database import db
from consult.forums.models import ForumApplication

When = Callable[[Proposal], datetime | None]
_told: Final[dict[str, When]] = {}


def of(kind: str) -> Callable[[When], When]:
    """Marks a function as telling when a proposal of that kind was taken back, if it was."""

    def add(function: When) -> When:
        _told[kind] = function
        return function

    return add


def taken_back(proposal: Proposal | None) -> datetime | None:
    return _told[proposal.kind](proposal) if proposal and proposal.kind in _told else None


def handed(model: Any, proposal: Proposal) -> Any:
    """The record in the body's space that it was made from, which was handed to the authority."""
    mine = sa.select(model).where(model.id == proposal.source_id, model.space_id == proposal.body_id)
    return db.session.scalar(mine)


@of("area")
def area(proposal: Proposal) -> datetime | None:
    found = handed(Application, proposal)
    return found.withdrawn if found else None


@of("forum")
def forum(proposal: Proposal) -> datetime | None:
    found = handed(ForumApplication, proposal)
    return found.withdrawal.at if found and found.withdrawal else None
