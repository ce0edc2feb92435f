"""How the flags of a consultation stand, now or at an earlier moment: a report tells them as at its snapshot."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from consult import clock
from consult.consultations.models import Consultation
from consult.database import db
from consult.flags.models import EXCLUDED, GONE, NOTHING, Flag, FlagReview
from consult.flags.rules import Rule, rules


@dataclass(frozen=True)
class Standing:
    """A flag, the responses in it, and what was decided (None: nobody has looked at it yet)."""

    id: UUID
    rule: Rule
    evidence: dict[str, Any]
    at: datetime
    responses: frozenset[UUID]
    review: FlagReview | None

    @property
    def waits(self) -> bool:
        return self.review is None

    @property
    def doubted(self) -> bool:
        """Whether the figures are also shown without what is in it: a person was to decide, and has not found that
        nothing is wrong. What they set aside is in no figure any more."""
        return self.rule.looked_at and (self.review is None or self.review.decision != NOTHING)

    @property
    def excluded(self) -> bool:
        return self.review is not None and self.review.decision == EXCLUDED


def flags_of(consultation: Consultation, at: datetime | None = None) -> list[Standing]:
    """Those that stood at that moment, rule by rule, the earliest first."""
    at = at or clock.now()
    mine = (
        sa.select(Flag)
        .where(Flag.consultation_id == consultation.id, Flag.at <= at)
        .options(selectinload(Flag.members), selectinload(Flag.reviews))
        .order_by(Flag.at, Flag.id)
    )
    order = list(rules())
    found = [standing(flag, at) for flag in db.session.scalars(mine) if flag.rule in rules()]
    stand = [flag for flag in found if flag.review is None or flag.review.decision != GONE]
    return sorted(stand, key=lambda flag: order.index(flag.rule.key))


def standing(flag: Flag, at: datetime | None = None) -> Standing:
    at = at or clock.now()
    review = next((each for each in reversed(flag.reviews) if each.stood(at)), None)
    responses = frozenset(each.response_id for each in flag.members)
    return Standing(flag.id, rules()[flag.rule], flag.evidence, flag.at, responses, review)


def doubted(flags: list[Standing]) -> set[UUID]:
    """The responses without which the headline is shown a second time."""
    return {response for flag in flags if flag.doubted for response in flag.responses}
