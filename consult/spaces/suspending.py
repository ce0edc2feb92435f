"""A space suspended by the operator: residents are told so, its members read on and may take its data away, and nobody
changes anything until it is lifted. A record of who, when, why and until when."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from flask import g, render_template, request
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult import audit, clock, jobs, mail, tenancy
from consult.database import SAFE_METHODS, Base, alone, db, new_id
from consult.spaces.founding import leaders
from consult.spaces.models import Space
from consult.web import errors
from consult.web.errors import Refused

LEFT_TO_MEMBERS: Final = ("operating", "security", "accounts")  # subjects whose forms they may still send


class Suspension(Base):
    """One, from here to its end. It is the operator's record about a space, and stands in none."""

    __tablename__ = "suspension"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    space_id: Mapped[UUID] = mapped_column(sa.ForeignKey("space.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    why: Mapped[str]
    until: Mapped[date | None]  # the first UK day on which it is over
    ended: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    space: Mapped[Space] = relationship()


def suspension_of(space: Space) -> Suspension | None:
    """The one that lasts."""
    lasting = sa.select(Suspension).where(Suspension.space_id == space.id, Suspension.ended.is_(None))
    return db.session.scalar(lasting)


def suspend(space: Space, why: str, until: date | None, by: Any) -> Suspension:
    """Suspends it from now on. Raises Refused where it is, and for a day that has begun."""
    alone(f"suspension of {space.id}")
    if suspension_of(space) is not None:
        raise Refused(f"{space.name} is suspended already.")
    if until is not None and until <= clock.today():
        raise Refused("Enter tomorrow or a later day, or leave it open.")
    suspension = Suspension(id=new_id(), space_id=space.id, why=why, until=until, by_id=by.id)
    db.session.add(suspension)
    space.suspended = clock.now()
    about = {"why": why, "until": until.isoformat() if until else ""}
    audit.record_operator("space.suspended", by=by.display_name, slug=space.slug, **about)
    note(space, "space.suspended", by, **about)
    return suspension


def lift(suspension: Suspension, by: Any = None) -> None:
    """Ends it; `by` is nobody where its day has come. Safe to do again."""
    alone(f"suspension of {suspension.space_id}")
    if suspension.ended is not None:
        return
    suspension.ended, suspension.ended_by_id = clock.now(), by.id if by else None
    space = suspension.space
    space.suspended = None
    audit.record_operator(
        "space.suspension_lifted", by=by.display_name if by else "the service", slug=space.slug
    )
    note(space, "space.suspension_lifted", by)


def note(space: Space, act: str, by: Any, **about: str) -> None:
    """In the space's own record, and to its chairs or officers by mail."""
    db.session.flush()
    lifted = act == "space.suspension_lifted"
    what = "is open again" if lifted else "is suspended"
    words = [f"{space.name} {what} in Consult."]
    if not lifted:
        words += [
            f"The reason: {about['why']}",
            "Residents cannot read or answer anything there until this is lifted. You can still sign in, read all of "
            "it, and export it whole, under “Settings” and then “The record of what was done”.",
        ]
    with tenancy.inside(space.id, by.id if by else None):
        audit.record(act, space.name, by=by, **about)
        for person in leaders(space):
            mail.send(person.email, f"{space.name} {what}", "\n\n".join(words) + "\n")
        db.session.flush()


@jobs.every_round
def lift_what_is_over() -> None:
    over = sa.select(Suspension).where(Suspension.ended.is_(None), Suspension.until <= clock.today())
    for suspension in list(db.session.scalars(over)):
        lift(suspension)


def turned_away() -> Any:
    """The answer to whoever may not pass while the space that is entered is suspended; None for everybody else."""
    if g.space.suspended is None:
        return None
    looks = request.method in SAFE_METHODS or request.blueprint in LEFT_TO_MEMBERS
    if g.membership is not None and looks:
        return None
    if errors.for_a_program():
        return errors.page(403, f"{g.space.name} is closed for now.")
    return render_template("spaces/suspended.html"), 403
