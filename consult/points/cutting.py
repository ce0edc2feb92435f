"""Taking a passage apart into points, and putting it together again."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from consult import audit
from consult.database import db
from consult.points import spans
from consult.points.models import Beginning, Ending, Move, Point, in_force
from consult.points.moving import Moves
from consult.points.passages import Passage
from consult.points.spans import EVERYTHING, Span
from consult.points.standing import every_point_of, points_of
from consult.web.errors import Refused

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Cuts(Moves):
    """Part of a coder (`coder.py`)."""

    def cut(self, passage: Passage, before: list[Span]) -> list[Point]:
        """Cuts the passage before each of these places. Raises Refused where nothing would be cut."""
        return self.divide(passage, lambda span: spans.cut(span, before, passage.written))

    def mark(self, passage: Passage, selection: Span) -> list[Point]:
        """Makes the selection a point of its own. Raises Refused where it lies across two, or holds no word."""
        return self.divide(passage, lambda span: spans.marked(span, selection, passage.written))

    def divide(self, passage: Passage, apart: Callable[[Span], list[Span]]) -> list[Point]:
        move = self.move("cut")
        made: list[Point] = []
        for point in self.touched(passage, move):
            pieces = apart(point.span)
            if len(pieces) > 1:
                self.end(point, move)
                made += [self.begin(passage, piece, move) for piece in pieces]
        if not made:
            raise Refused(
                "Mark some of the words of one point, but not all of them: they become a point of their own."
            )
        audit.record("points.cut", passage.response, by=self.by, question=passage.question)
        return made

    def join(self, passage: Passage) -> None:
        """All of it is one point again. Raises Refused where it is one already."""
        points = points_of(passage)
        if not points or points[0].span.is_whole:
            raise Refused("This is one point already.")
        move = self.move("joined")
        for point in points:
            self.end(point, move)
        self.begin(passage, EVERYTHING, move)
        audit.record("points.joined", passage.response, by=self.by, question=passage.question)

    def touched(self, passage: Passage, move: Move) -> list[Point]:
        """The points of the passage that stand; the whole of it is made a point where nobody has cut it."""
        return points_of(passage) or [self.begin(passage, EVERYTHING, move)]

    def point(self, passage: Passage, letter: str, move: Move) -> Point:
        """The point of this letter. Raises Refused where somebody has cut or joined it meanwhile."""
        found = next((p for p in self.touched(passage, move) if p.letter == letter), None)
        if found is None:
            raise Refused("Somebody has cut this into other points meanwhile. Look at it again.")
        return found

    def begin(self, passage: Passage, span: Span, move: Move) -> Point:
        """From this move on this span is a point. One that was there before comes back, with its letter and codings."""
        known = {point.span: point for point in every_point_of(passage)}
        point = known.get(span)
        if point is None:
            letter = "" if span.is_whole else letter_at(sum(not each.is_whole for each in known))
            about: dict[str, Any] = {
                "consultation_id": self.consultation.id,
                "letter": letter,
                **passage.link,
            }
            point = Point(**about, field=span.field, start=span.start, end=span.end)
            db.session.add(point)
            db.session.flush()
        db.session.add(Beginning(point_id=point.id, move_id=move.id))
        db.session.flush()
        return point

    def end(self, point: Point, move: Move) -> None:
        begun = sa.select(Beginning.id).where(Beginning.point_id == point.id, in_force(Beginning))
        ended = sa.select(Ending.beginning_id).where(in_force(Ending))
        for beginning in db.session.scalars(begun.where(Beginning.id.not_in(ended))):
            db.session.add(Ending(beginning_id=beginning, move_id=move.id))


def letter_at(number: int) -> str:
    """a … z, then aa, ab …"""
    head, tail = divmod(number, len(LETTERS))
    return (letter_at(head - 1) if head else "") + LETTERS[tail]
