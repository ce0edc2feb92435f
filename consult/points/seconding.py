"""A part of what was read is read again by somebody else, who sees neither the first reader's themes nor suggestions:
how far the two agree says how far the themes can be relied on."""

from collections.abc import Set
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

import sqlalchemy as sa

from consult.consultations.models import Consultation
from consult.database import db
from consult.points.frame import Frame
from consult.points.models import (
    FIRST,
    SECOND,
    Coding,
    Move,
    Point,
    Uncoding,
    standing_codings,
    standing_points,
)
from consult.points.moving import Moves
from consult.points.passages import Passage, listed
from consult.points.standing import points_of
from consult.web.errors import Refused

ONE_IN, AT_LEAST = 10, 50  # combining.md §4

Found = dict[UUID, set[UUID]]  # the themes of each point


@dataclass(frozen=True)
class Both:
    """A point that two people read, and what each found."""

    point: Point
    first: Set[UUID]
    second: Set[UUID]


class Seconds(Moves):
    """The second reader at work on one consultation."""

    def read_again(self, passage: Passage, letter: str, themes: set[UUID]) -> None:
        """What the second reader finds in a point. Raises Refused where it cannot be read again, above all by whoever
        read it first, or where a theme is gone."""
        if not themes or not themes <= set(self.frame.by_id):
            raise Refused("Choose one of the themes, or say that it raises nothing to answer.")
        point = next((each for each in points_of(passage) if each.letter == letter), None)
        if point is None or passage.id not in sample(self.consultation):
            raise Refused("This is not one of those that are read again.")
        if self.by.id in readers_of([point]):
            raise Refused("You read this first: somebody else has to read it again.")
        move = self.move("coded")
        mine = sa.select(Coding).where(Coding.point_id == point.id, standing_codings(SECOND))
        for before in db.session.scalars(mine):
            db.session.add(Uncoding(coding_id=before.id, move_id=move.id))
        for theme in sorted(themes):
            db.session.add(Coding(point_id=point.id, theme_id=theme, round=SECOND, move_id=move.id))
        db.session.flush()


def sample(consultation: Consultation) -> list[UUID]:
    """One passage in ten of those that are to be read, and 50 at least, in an order that nobody chooses."""
    every = db.session.scalars(sa.select(listed(consultation).c.id)).all()
    many = max(AT_LEAST, -(-len(every) // ONE_IN))
    return sorted(every, key=lambda id_: sha256(consultation.id.bytes + id_.bytes).digest())[:many]


def readers_of(points: list[Point]) -> set[UUID]:
    """Who read them first."""
    statement = (
        sa.select(Move.by_id)
        .join(Coding, sa.and_(Coding.move_id == Move.id, Coding.space_id == Move.space_id))
        .where(Coding.point_id.in_([point.id for point in points]), Coding.round == FIRST)
    )
    return set(db.session.scalars(statement))


def waiting_for(consultation: Consultation, person: UUID) -> tuple[UUID, str] | None:
    """The passage and the point that this person may read again next."""
    chosen = sample(consultation)
    again, read = of_round(consultation, SECOND), of_round(consultation, FIRST)
    rows = db.session.scalars(sa.select(Point).where(Point.id.in_(set(read) - set(again)), standing_points()))
    theirs: dict[UUID, list[Point]] = {}
    for point in rows:
        theirs.setdefault(point.passage_id, []).append(point)
    for id_ in chosen:
        for point in sorted(theirs.get(id_, []), key=lambda each: each.letter):
            if person not in readers_of([point]):
                return id_, point.letter
    return None


def of_round(consultation: Consultation, round_: str) -> Found:
    """What was found, under the themes that were chosen."""
    statement = (
        sa.select(Coding.point_id, Coding.theme_id)
        .join(Point, sa.and_(Point.id == Coding.point_id, Point.space_id == Coding.space_id))
        .where(Point.consultation_id == consultation.id, standing_points(), standing_codings(round_))
    )
    found: Found = {}
    for point, theme in db.session.execute(statement):
        found.setdefault(point, set()).add(theme)
    return found


def both(consultation: Consultation, frame: Frame) -> list[Both]:
    """What was read twice: the first reader's themes as they were before the second read it, so that putting right what
    differs does not make the two agree."""
    again = of_round(consultation, SECOND)
    points = db.session.scalars(sa.select(Point).where(Point.id.in_(set(again))).order_by(Point.id))
    return [Both(point, under(first_before(point), frame), under(again[point.id], frame)) for point in points]


def under(themes: Set[UUID], frame: Frame) -> frozenset[UUID]:
    return frozenset(frame.stands_for(theme) for theme in themes)


def first_before(point: Point) -> set[UUID]:
    """What stood when the second reader began."""
    moved = sa.select(Move.number).where(Move.id == Coding.move_id).scalar_subquery()
    began = db.session.scalar(
        sa.select(sa.func.min(moved)).where(Coding.point_id == point.id, standing_codings(SECOND))
    )
    earlier = sa.select(Move.id).where(Move.consultation_id == point.consultation_id, Move.number < began)
    undone = sa.select(Move.undoes_id).where(Move.undoes_id.is_not(None), Move.id.in_(earlier))
    off = sa.select(Uncoding.coding_id).where(Uncoding.move_id.in_(earlier), Uncoding.move_id.not_in(undone))
    mine = sa.select(Coding.theme_id).where(Coding.point_id == point.id, Coding.round == FIRST)
    stood = mine.where(Coding.move_id.in_(earlier), Coding.move_id.not_in(undone), Coding.id.not_in(off))
    return set(db.session.scalars(stood))
