"""A person looks at a flag and decides, with a reason; and may take that back."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult import audit, clock
from consult.database import alone, db
from consult.flags.models import DECISIONS, EXCLUDED, Flag, FlagReview
from consult.flags.standing import standing
from consult.responses.instead import refuse_beside_another
from consult.responses.models import Response, SettingAside
from consult.responses.setting_aside import count_again, set_aside
from consult.web.errors import Refused


class Reviewer:
    """One person at work on one flag, to the end of the transaction."""

    def __init__(self, flag: Flag, by: Any) -> None:
        db.session.flush()
        alone(f"flag {flag.id}")
        self.flag, self.by = flag, by

    def decide(self, decision: str, reason: str, chosen: Iterable[UUID] = ()) -> FlagReview:
        """Puts it on record; `chosen` are those that are set aside, where that is the decision. Raises Refused without
        a reason, where somebody has decided already, and where none is chosen that can be set aside."""
        if decision not in DECISIONS or not reason:
            raise Refused("Choose what you found, and give the reason: it goes on record.")
        if standing(self.flag).review is not None:
            raise Refused("Somebody has decided about this meanwhile. Take that back first.")
        review = FlagReview(
            flag_id=self.flag.id, decision=decision, reason=reason, at=clock.now(), by_id=self.by.id
        )
        db.session.add(review)
        if decision == EXCLUDED:
            self.exclude(review, set(chosen))
        self.record("flag.reviewed", decision=decision)
        return review

    def exclude(self, review: FlagReview, chosen: set[UUID]) -> None:
        free = [one for one in self.responses() if one.id in chosen and one.set_aside is None]
        if not free:
            raise Refused("Choose at least one response that is not set aside yet.")
        for response in free:
            set_aside(response, EXCLUDED, review.reason, self.by, review.at)

    def take_back(self) -> None:
        """What was set aside by it is counted again, but for what somebody has set aside anew since. Raises Refused
        where nobody has decided, or where a response would stand beside the one that took its place."""
        review = standing(self.flag).review
        if review is None:
            raise Refused("Nobody has decided about this, so there is nothing to take back.")
        for response in self.responses() if review.decision == EXCLUDED else ():
            if self.is_by(review, response.set_aside):
                refuse_beside_another(response)
                count_again(response, self.by)
        review.ended, review.ended_by_id = clock.now(), self.by.id
        self.record("flag.review_ended", decision=review.decision)

    def is_by(self, review: FlagReview, aside: SettingAside | None) -> bool:
        return aside is not None and (aside.kind, aside.at) == (EXCLUDED, review.at)

    def responses(self) -> list[Response]:
        ids = [each.response_id for each in self.flag.members]
        mine = sa.select(Response).where(Response.id.in_(ids))
        return list(db.session.scalars(mine.order_by(Response.received, Response.reference)))

    def record(self, act: str, **about: Any) -> None:
        """Without the reason, which may name somebody: it is kept with the review, where an erasure reaches it."""
        where = {"rule": self.flag.rule, "responses": len(self.flag.members)}
        audit.record(act, self.flag.consultation.reference, by=self.by, **where, **about)
        db.session.flush()
        db.session.expire(self.flag, ["reviews"])
