"""The words of points, many at once: for lists in which somebody looks through them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from consult.consultations.models import Consultation
from consult.database import db
from consult.issues.gathered import Raised
from consult.points.models import Point
from consult.points.passages import FIELDS
from consult.points.standing import bearings_of
from consult.responses.models import Answer, Place, Response

AT_ONCE: Final = 500


@dataclass(frozen=True)
class Read:
    """One point with its words, and where they stand."""

    id: UUID
    response: str
    letter: str
    passage_id: UUID
    words: str
    policy: str
    stance: str
    themes: tuple[str, ...]


def in_order(points: Collection[UUID]) -> list[UUID]:
    """As they were received, then as they were cut."""
    found: list[Any] = []
    ids = sorted(points)
    for start in range(0, len(ids), AT_ONCE):
        some = sa.select(Point.id, Response.received, Response.reference, Point.letter).join(
            Response, sa.and_(Response.id == Point.response_id, Response.space_id == Point.space_id)
        )
        found += db.session.execute(some.where(Point.id.in_(ids[start : start + AT_ONCE]))).all()
    return [row[0] for row in sorted(found, key=lambda row: (row[1], row[2], row[3], row[0]))]


def read(consultation: Consultation, ids: Sequence[UUID], raised: Raised) -> list[Read]:
    """In the order that is asked for; as many statements for one as for all."""
    points = {row.id: row for row in db.session.scalars(sa.select(Point).where(Point.id.in_(ids)))}
    rows = said_in(points.values())
    references = names_of({point.response_id for point in points.values()})
    policies: dict[Any, str] = {policy.id: policy.name for policy in consultation.policies}
    bearings = bearings_of(list(points.values()))
    found = []
    for id_ in ids:
        point = points[id_]
        row, bearing = rows[point.passage_id], bearings.get(id_)
        of = FIELDS["answer" if point.answer_id else "place"]
        written = {name: getattr(row, name) for name in of if getattr(row, name)}
        about = bearing or row
        found.append(
            Read(
                id=id_,
                response=references[point.response_id],
                letter=point.letter,
                passage_id=point.passage_id,
                words=words_of(point, written),
                policy=policies.get(getattr(about, "policy_id", None), ""),
                stance=getattr(about, "stance", None) or "",
                themes=tuple(entry.label for entry in raised.themes_of.get(id_, ())),
            )
        )
    return found


def words_of(point: Point, written: dict[str, str]) -> str:
    """Nothing where they were erased since."""
    return point.span.of(written) if point.span.is_whole or point.field in written else ""


def said_in(points: Collection[Point]) -> dict[UUID, Any]:
    answers = [point.answer_id for point in points if point.answer_id]
    places = [point.place_id for point in points if point.place_id]
    return {row.id: row for row in db.session.scalars(sa.select(Answer).where(Answer.id.in_(answers)))} | {
        row.id: row for row in db.session.scalars(sa.select(Place).where(Place.id.in_(places)))
    }


def names_of(responses: Collection[UUID]) -> dict[UUID, str]:
    rows = db.session.execute(sa.select(Response.id, Response.reference).where(Response.id.in_(responses)))
    return {id_: reference for id_, reference in rows}
