"""Who did what, when: written with the act, in its transaction, and never edited (the database refuses)."""

import logging
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.database import Base, InsertOnly, db, unit_of_work
from consult.tenancy import Owned, here

logger = logging.getLogger("consult")


class Deed(Owned, InsertOnly, Base):
    """One act in one space."""

    __tablename__ = "deed"
    at: Mapped[datetime] = mapped_column(default=clock.now)
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    by: Mapped[str]
    act: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


class OperatorDeed(InsertOnly, Base):
    """One act of the operator or of the service itself, in no space."""

    __tablename__ = "operator_deed"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by: Mapped[str]
    act: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Access(Owned, InsertOnly, Base):
    """One download: who fetched what."""

    __tablename__ = "access"
    at: Mapped[datetime] = mapped_column(default=clock.now)
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    what: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


def record(act: str, subject: str, *, by: Any = None, **detail: Any) -> None:
    """Notes an act of `by` (a person, or None for the service itself) on `subject`, in words."""
    who = by.display_name if by is not None else "the service"
    db.session.add(
        Deed(
            space_id=here(),
            person_id=by.id if by is not None else None,
            by=who,
            act=act,
            subject=subject,
            detail=detail,
        )
    )


def record_operator(act: str, by: str = "the operator", **detail: Any) -> None:
    db.session.add(OperatorDeed(act=act, by=by, detail=detail))


def note_download(what: str, person: Any = None, **detail: Any) -> None:
    """The one write that a GET causes: it runs after the file is made, as a unit of work of its own."""
    with unit_of_work():
        db.session.add(Access(what=what, person_id=person.id if person is not None else None, detail=detail))
