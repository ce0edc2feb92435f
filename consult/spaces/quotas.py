"""How much room the files of a space may take: a record that the operator sets, the latest of which stands.

Once it is full, nothing is uploaded and no report or download is begun there; what is being made is finished. What
people send, what is handed over and what the law asks to be kept is counted, and never refused.
"""

from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID

import sqlalchemy as sa
from flask import has_request_context
from sqlalchemy import event
from sqlalchemy.orm import Mapped, mapped_column

from consult import audit, clock, tenancy
from consult.database import Base, db, new_id
from consult.spaces.models import Space
from consult.tenancy import Walled
from consult.web.errors import Refused

MB: Final = 1_000_000
OUTLINES: Final = {"outline", "shape"}  # bytes that are no file
REFUSED: Final = {  # tables in which nothing is begun once there is no room
    *("bundle_document", "document", "question_picture", "site_file", "submission_draft_file", "word_upload"),
    *("download", "report"),
}


class Quota(Base):
    """Set for one space, from here on."""

    __tablename__ = "quota"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    space_id: Mapped[UUID] = mapped_column(sa.ForeignKey("space.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    megabytes: Mapped[int | None]  # of a million bytes; none: as much as there is


def quota_of(space_id: UUID) -> int | None:
    """In megabytes; none where no limit is set."""
    latest = sa.select(Quota.megabytes).where(Quota.space_id == space_id)
    return db.session.scalar(latest.order_by(Quota.at.desc(), Quota.id).limit(1))


def by_space() -> dict[UUID, int | None]:
    """Of every space for which one was set."""
    in_order = sa.select(Quota.space_id, Quota.megabytes).order_by(Quota.at)
    return {space_id: megabytes for space_id, megabytes in db.session.execute(in_order)}


def set_quota(space: Space, megabytes: int | None, by: Any) -> None:
    db.session.add(Quota(space_id=space.id, megabytes=megabytes, by_id=by.id))
    audit.record_operator("quota.set", by=by.display_name, slug=space.slug, megabytes=megabytes)


def file_columns() -> list[tuple[Any, Any]]:
    """Where files are kept: each class with the attribute that holds one."""
    return [
        (mapper.class_, getattr(mapper.class_, mapper.get_property_by_column(column).key))
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Walled)
        for column in cast(sa.Table, mapper.local_table).columns
        if isinstance(column.type, sa.LargeBinary) and column.name not in OUTLINES
    ]


def used(space_id: UUID) -> int:
    """Bytes of everything that somebody uploaded there or that was made for keeping."""
    sizes = [
        sa.select(sa.func.coalesce(sa.func.sum(sa.func.length(column)), 0).label("size")).where(
            kind.space_id == space_id
        )
        for kind, column in file_columns()
    ]
    every = sa.union_all(*sizes).subquery()
    return int(db.session.scalar(sa.select(sa.func.sum(every.c.size))) or 0)


@event.listens_for(Walled, "init", propagate=True)
def refuse_full(row: Any, args: Any, given: dict[str, Any]) -> None:
    """Raises Refused where somebody begins what would take more room than there is."""
    if row.__tablename__ not in REFUSED or not has_request_context():
        return
    space_id = tenancy.scope().space_id
    most = quota_of(space_id) if space_id else None
    if most is None or space_id is None:
        return
    adds = sum(len(value) for value in given.values() if isinstance(value, bytes))
    if used(space_id) + adds > most * MB:
        raise Refused(
            f"There is no room for it: the files of this space may take {most:,} MB. Ask whoever runs the service for "
            "more."
        )
