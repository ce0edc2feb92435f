"""Which passage comes next, and how far the reading has come."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult.consultations.models import Consultation
from consult.database import db
from consult.points.passages import UNCODED, Wanted, chosen, listed, order


@dataclass(frozen=True)
class Progress:
    """Of the passages that are to be read."""

    passages: int
    coded: int

    @property
    def left(self) -> int:
        return self.passages - self.coded

    @property
    def percent(self) -> int:
        """Rounded down: it says 100 only when nothing is left."""
        return 100 * self.coded // self.passages if self.passages else 100


@dataclass(frozen=True)
class Row:
    """A passage in the list."""

    id: UUID
    response: str
    question: str
    policy: str
    stance: str
    coded: bool


def progress(consultation: Consultation) -> Progress:
    return progress_by(consultation, "")[""]


def progress_by(consultation: Consultation, name: str) -> dict[str, Progress]:
    """By question or by policy; "" for all together."""
    rows = listed(consultation)
    group = rows.c[name] if name else sa.literal("")
    counted = sa.select(group, sa.func.count(), sa.func.sum(sa.case((rows.c.coded, 1), else_=0))).group_by(
        group
    )
    found = {key or "": Progress(every, coded or 0) for key, every, coded in db.session.execute(counted)}
    return found or {"": Progress(0, 0)}


def together(parts: Iterable[Progress]) -> Progress:
    """Of all parts of something whose passages are each in one of them."""
    counted = list(parts)
    return Progress(sum(part.passages for part in counted), sum(part.coded for part in counted))


def first(consultation: Consultation, wanted: Wanted) -> UUID | None:
    rows = listed(consultation)
    statement = sa.select(rows.c.id).where(*chosen(rows, wanted)).order_by(*order(rows)).limit(1)
    return db.session.scalar(statement)


def beside(consultation: Consultation, wanted: Wanted, id_: UUID, after: bool = True) -> UUID | None:
    """The next passage that is wanted after this one, or the one before it."""
    rows = listed(consultation)
    here = db.session.execute(sa.select(*order(rows)).where(rows.c.id == id_)).one_or_none()
    if here is None:
        return first(consultation, wanted)
    place, this = sa.tuple_(*order(rows)), sa.tuple_(*bound(rows, here))
    way = [column if after else column.desc() for column in order(rows)]
    on = place > this if after else place < this
    return db.session.scalar(sa.select(rows.c.id).where(on, *chosen(rows, wanted)).order_by(*way).limit(1))


def bound(rows: sa.Subquery, values: Any) -> list[Any]:
    return [sa.literal(value, type_=column.type) for column, value in zip(order(rows), values, strict=True)]


def waiting(consultation: Consultation, wanted: Wanted, most: int, but: UUID | None = None) -> list[UUID]:
    """The first that are wanted and not coded yet, in the order in which they came."""
    rows = listed(consultation)
    mine = chosen(rows, replace(wanted, state=UNCODED))
    if but is not None:
        mine.append(rows.c.id != but)
    return list(db.session.scalars(sa.select(rows.c.id).where(*mine).order_by(*order(rows)).limit(most)))


def page_of(consultation: Consultation, wanted: Wanted, page: int, each: int) -> tuple[list[Row], int]:
    """One page of the list, and how many there are in all."""
    rows = listed(consultation)
    every = db.session.scalar(sa.select(sa.func.count()).select_from(rows).where(*chosen(rows, wanted))) or 0
    columns = [rows.c[name] for name in ("id", "response", "question", "policy", "stance", "coded")]
    statement = sa.select(*columns).where(*chosen(rows, wanted)).order_by(*order(rows))
    found = db.session.execute(statement.limit(each).offset((page - 1) * each))
    return [Row(i, r, q, p or "", s or "", bool(c)) for i, r, q, p, s, c in found], every
