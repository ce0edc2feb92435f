"""Takes the coding of a consultation from the database, all of it as it stands in one transaction."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult.consultations.models import Consultation
from consult.database import db
from consult.feedback.coded import Coded, Piece, Theme
from consult.plans.models import Policy
from consult.points.frame import Entry, Frame, frame_of
from consult.points.models import Bearing, Coding, Move, Point, in_force, standing_codings, standing_points
from consult.points.models import Theme as Row
from consult.responses.models import Answer, Place

FIRST = "first"  # what was coded a second time, unseen, measures agreement and is counted nowhere


def take(consultation: Consultation) -> Coded:
    frame, numbers = frame_of(consultation.id), numbers_of(consultation.id)
    themes = tuple(distinct([theme_of(entry, numbers) for entry in frame.entries]))
    pieces = sorted(
        pieces_of(consultation.id, frame, numbers), key=lambda p: (p.passage, p.field, p.start, p.id)
    )
    return Coded(themes, tuple(pieces))


def numbers_of(consultation_id: UUID) -> dict[UUID, int]:
    """In the order in which they were made, those that are gone among them: no number is ever given twice."""
    made = (
        sa.select(Row.id)
        .join(Move, sa.and_(Move.id == Row.move_id, Move.space_id == Row.space_id))
        .where(Row.consultation_id == consultation_id)
        .order_by(Move.number, Row.id)
    )
    return {id_: number for number, id_ in enumerate(db.session.scalars(made), 1)}


def theme_of(entry: Entry, numbers: dict[UUID, int]) -> Theme:
    about = (entry.kind, entry.definition, entry.includes, entry.excludes)
    under = numbers.get(entry.parent, 0) if entry.parent else 0
    return Theme(numbers[entry.id], entry.label, *about, under)


def distinct(themes: list[Theme]) -> Iterator[Theme]:
    """Each label once, as lists write it: a theme whose label another has, has its number beside it."""
    seen: set[str] = set()
    for theme in themes:
        label = " ".join(theme.label.replace(";", ",").split())
        label = f"{label} ({theme.number})" if label.casefold() in seen else label
        seen.add(label.casefold())
        yield Theme(
            theme.number, label, theme.kind, theme.definition, theme.includes, theme.excludes, theme.under
        )


def pieces_of(consultation_id: UUID, frame: Frame, numbers: dict[UUID, int]) -> Iterator[Piece]:
    themes, bearings = codings_of(consultation_id), bearings_of(consultation_id)
    length = sa.case(
        (Point.field == "text", sa.func.length(Answer.text)),
        (Point.field == "suggested_change", sa.func.length(Answer.suggested_change)),
        (Point.field == "words", sa.func.length(Place.words)),
        else_=0,
    )
    statement = (
        sa.select(Point, length)
        .outerjoin(Answer, sa.and_(Answer.id == Point.answer_id, Answer.space_id == Point.space_id))
        .outerjoin(Place, sa.and_(Place.id == Point.place_id, Place.space_id == Point.space_id))
        .where(Point.consultation_id == consultation_id, standing_points())
    )
    for point, long in db.session.execute(statement):
        raised = {frame.stands_for(theme) for theme in themes.get(point.id, ())} & set(frame.by_id)
        yield Piece(
            point.id,
            point.response_id,
            point.passage_id,
            point.letter,
            point.field,
            point.start,
            point.end,
            long or 0,
            bearings.get(point.id),
            tuple(sorted(numbers[theme] for theme in raised)),
        )


def codings_of(consultation_id: UUID) -> dict[UUID, set[UUID]]:
    statement = (
        sa.select(Coding.point_id, Coding.theme_id)
        .join(Point, sa.and_(Point.id == Coding.point_id, Point.space_id == Coding.space_id))
        .where(Point.consultation_id == consultation_id, Coding.round == FIRST, standing_codings())
    )
    found: dict[UUID, set[UUID]] = {}
    for point, theme in db.session.execute(statement):
        found.setdefault(point, set()).add(theme)
    return found


def bearings_of(consultation_id: UUID) -> dict[UUID, tuple[str, str]]:
    """The last one of each point holds."""
    statement: Any = (
        sa.select(Bearing.point_id, Policy.reference, Bearing.stance)
        .join(Point, sa.and_(Point.id == Bearing.point_id, Point.space_id == Bearing.space_id))
        .join(Move, sa.and_(Move.id == Bearing.move_id, Move.space_id == Bearing.space_id))
        .outerjoin(Policy, sa.and_(Policy.id == Bearing.policy_id, Policy.space_id == Bearing.space_id))
        .where(Point.consultation_id == consultation_id, in_force(Bearing))
        .order_by(Move.number)
    )
    return {point: (policy or "", stance or "") for point, policy, stance in db.session.execute(statement)}
