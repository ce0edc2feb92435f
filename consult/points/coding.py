"""Which themes a point raises, and which policy it is about."""

from typing import Any
from uuid import UUID

from consult.database import db
from consult.points.cutting import Cuts
from consult.points.models import Bearing, Coding, Point, Uncoding
from consult.points.passages import Passage
from consult.points.standing import codings_of
from consult.web.errors import Refused


class Codes(Cuts):
    """Part of a coder (`coder.py`)."""

    def code(
        self,
        passage: Passage,
        letter: str,
        themes: set[UUID],
        origin: str = "read",
        accepted: frozenset[UUID] = frozenset(),
    ) -> Point:
        """The point raises exactly these themes; those `accepted` were suggested. Raises Refused where one is gone."""
        if not themes <= set(self.frame.by_id):
            raise Refused("One of these themes was merged or retired meanwhile. Choose again.")
        move = self.move("coded")
        point = self.point(passage, letter, move)
        codings = codings_of([point])
        for coding in codings:
            if self.frame.stands_for(coding.theme_id) not in themes:
                db.session.add(Uncoding(coding_id=coding.id, move_id=move.id))
        for theme in sorted(themes - {self.frame.stands_for(coding.theme_id) for coding in codings}):
            how = "accepted" if theme in accepted else origin
            db.session.add(Coding(point_id=point.id, theme_id=theme, origin=how, move_id=move.id))
        db.session.flush()
        return point

    def place(self, passage: Passage, letter: str, policy_id: UUID | None, stance: str) -> Point:
        """The point is about this policy, and stands to it so."""
        move = self.move("placed")
        point = self.point(passage, letter, move)
        about: dict[str, Any] = {"policy_id": policy_id, "stance": stance or None}
        db.session.add(Bearing(point_id=point.id, move_id=move.id, **about))
        db.session.flush()
        return point
