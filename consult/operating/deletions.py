"""The deletion of a space: asked for by its chair or by the operator, carried out after a time in which it can be taken
back. A record of who, when and why; `emptying.py` does it.

While a deletion has begun and is not `done`, which no commit leaves it, the database lets all rows of its space go
(`catalogue.py`). What is left of the space is its name and its address, which is never given again.
"""

from contextlib import nullcontext
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult import audit, clock, jobs, mail, tenancy
from consult.database import Base, alone, db, new_id
from consult.spaces.founding import leaders
from consult.spaces.models import Space
from consult.web.errors import Refused

KIND: Final = "delete a space"
WAITS: Final = timedelta(
    days=30
)  # in which it can be taken back; each deletion keeps the day that follows from it
CHAIR, OPERATOR = "chair", "operator"


class Deletion(Base):
    """One, asked for. It is a record about a space, which outlives it, and stands in none."""

    __tablename__ = "deletion"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    space_id: Mapped[UUID] = mapped_column(sa.ForeignKey("space.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    asked_by: Mapped[str]  # chair, operator
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    why: Mapped[str]
    on: Mapped[date]  # the UK day on which it is carried out
    withdrawn: Mapped[datetime | None]
    withdrawn_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    begun: Mapped[datetime | None]
    done: Mapped[datetime | None]
    space: Mapped[Space] = relationship()

    @property
    def day(self) -> str:
        return f"{self.on:%-d %B %Y}"


def deletion_of(space: Space) -> Deletion | None:
    """The one that waits to be carried out."""
    waits = sa.select(Deletion).where(
        Deletion.space_id == space.id, Deletion.withdrawn.is_(None), Deletion.done.is_(None)
    )
    return db.session.scalar(waits)


def why_not(space: Space) -> str:
    """Why it cannot be deleted, in one sentence; empty when it can. Bodies that were deleted count: what they handed
    over is with their authority."""
    bodies = sa.select(sa.func.count()).select_from(Space).where(Space.authority_id == space.id)
    if number := db.session.scalar(bodies) or 0:
        has = "a body of its district has" if number == 1 else f"{number:,} bodies of its district have"
        keeps = f"since {has} a place here, and it keeps their register"
        return f"{space.name} cannot be deleted, {keeps}: suspend it instead."
    return ""


def ask(space: Space, why: str, by: Any, asked_by: str) -> Deletion:
    """Has it deleted once the time has passed. Raises Refused where that is asked already, and for an authority that
    has bodies."""
    alone(f"deletion of {space.id}")
    if space.deleted is not None or deletion_of(space) is not None:
        raise Refused(f"The deletion of {space.name} has been asked for already.")
    if trouble := why_not(space):
        raise Refused(trouble)
    on = clock.today() + WAITS
    deletion = Deletion(id=new_id(), space_id=space.id, asked_by=asked_by, by_id=by.id, why=why, on=on)
    db.session.add(deletion)
    jobs.post_nowhere(KIND, {"deletion": deletion.id.hex}, due=clock.start_of(on))
    about = {"slug": space.slug, "asked_by": asked_by, "on": on.isoformat(), "why": why}
    audit.record_operator("space.deletion_asked", by=by.display_name, **about)
    note(deletion, space, by)
    return deletion


def take_back(deletion: Deletion, by: Any) -> None:
    """The space stays. Safe to do again; raises Refused once it has been carried out."""
    alone(f"deletion of {deletion.space_id}")
    if deletion.done is not None:
        raise Refused("It has been carried out.")
    if deletion.withdrawn is None:
        deletion.withdrawn, deletion.withdrawn_by_id = clock.now(), by.id if by else None
        who = by.display_name if by else "the service"
        audit.record_operator("space.deletion_taken_back", by=who, slug=deletion.space.slug)
        note(deletion, deletion.space, by)


def note(deletion: Deletion, space: Space, by: Any) -> None:
    """In the space's own record, and to its chairs or officers by mail."""
    db.session.flush()
    act = "space.deletion_taken_back" if deletion.withdrawn else "space.deletion_asked"
    subject, words = told(deletion, space)
    stands_there = tenancy.scope().space_id == space.id
    with nullcontext() if stands_there else tenancy.inside(space.id, by.id if by else None):
        audit.record(act, space.name, by=by, on=deletion.on.isoformat(), asked_by=deletion.asked_by)
        for person in leaders(space):
            mail.send(person.email, subject, words)
        db.session.flush()


def told(deletion: Deletion, space: Space) -> tuple[str, str]:
    if deletion.withdrawn:
        return f"{space.name} stays", f"{space.name} is not going to be deleted: that was taken back.\n"
    stops = (
        f"Until then any chair can take this back:\n    {mail.link('operating.delete', space=space)}"
        if deletion.asked_by == CHAIR
        else "If this is a mistake, write to whoever runs the service before that day."
    )
    words = [
        f"{space.name} is deleted from Consult on {deletion.day}, with everything in it.",
        f"The reason: {deletion.why}" if deletion.why else "",
        "Export what you want to keep before then, under “Settings” and then “The record of what was done”.",
        stops,
    ]
    return f"{space.name} is deleted on {deletion.day}", "\n\n".join(filter(None, words)) + "\n"
