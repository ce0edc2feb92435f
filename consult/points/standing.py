"""How a passage stands now: its points, each with the policy it is about, its stance and its themes."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from consult.database import db
from consult.points.frame import Frame
from consult.points.models import Bearing, Coding, Move, Point, in_force, standing_codings, standing_points
from consult.points.passages import Passage
from consult.points.spans import EVERYTHING, Span


@dataclass(frozen=True)
class Standing:
    """A point as it stands now."""

    span: Span
    letter: str
    policy_id: UUID | None
    stance: str
    themes: frozenset[UUID]
    id: UUID | None = None  # none as long as nobody has touched the passage


def of(passage: Passage) -> sa.ColumnElement[bool]:
    return Point.answer_id == passage.id if passage.of == "answer" else Point.place_id == passage.id


def every_point_of(passage: Passage) -> list[Point]:
    return list(db.session.scalars(sa.select(Point).where(of(passage))))


def points_of(passage: Passage) -> list[Point]:
    """Those that stand, in the order of the words."""
    fields = list(passage.written)
    found = db.session.scalars(sa.select(Point).where(of(passage), standing_points()))
    return sorted(found, key=lambda p: (fields.index(p.field) if p.field in fields else -1, p.start))


def codings_of(points: list[Point]) -> list[Coding]:
    ids = [point.id for point in points]
    return list(db.session.scalars(sa.select(Coding).where(Coding.point_id.in_(ids), standing_codings())))


def bearings_of(points: list[Point]) -> dict[UUID, Bearing]:
    statement = (
        sa.select(Bearing)
        .join(Move, sa.and_(Move.id == Bearing.move_id, Move.space_id == Bearing.space_id))
        .where(Bearing.point_id.in_([point.id for point in points]), in_force(Bearing))
        .order_by(Move.number)
    )
    return {bearing.point_id: bearing for bearing in db.session.scalars(statement)}


def standing_in(passage: Passage, frame: Frame) -> list[Standing]:
    """The points of a passage as they stand: one, the whole, where nobody has touched it."""
    points = points_of(passage)
    if not points:
        return [Standing(EVERYTHING, "", passage.policy_id, passage.stance, frozenset())]
    themes: dict[UUID, set[UUID]] = {}
    for coding in codings_of(points):
        themes.setdefault(coding.point_id, set()).add(frame.stands_for(coding.theme_id))
    bearings = bearings_of(points)
    there = set(frame.by_id)
    return [
        Standing(
            p.span,
            p.letter,
            *about(p, bearings, passage),
            frozenset(themes.get(p.id, set()) & there),
            p.id,
        )
        for p in points
    ]


def about(point: Point, bearings: dict[UUID, Bearing], passage: Passage) -> tuple[UUID | None, str]:
    bearing = bearings.get(point.id)
    if bearing is None:
        return passage.policy_id, passage.stance
    return bearing.policy_id, bearing.stance or ""
