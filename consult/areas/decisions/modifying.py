"""The authority modifies designated areas in favour of an application, and designates that: one transaction (s61G(6),
Town and Country Planning Act 1990). Nothing is lost: the entry that leaves keeps its outline, and says what
followed it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import audit, clock
from consult.areas import register
from consult.areas.decisions import proposing
from consult.areas.decisions.proposing import Proposal
from consult.areas.decisions.settling import designate, tell, undecided
from consult.areas.models import Application, RegisterEntry
from consult.database import Base, InsertOnly, db, new_id
from consult.spaces.models import standing
from consult.tenancy import Decided, link_to, linked
from consult.web.errors import Refused


class Changed(Refused):
    """What the officer looked at before deciding is no longer so."""


class AreaModification(Decided, InsertOnly, Base):
    """A designated area is modified in favour of another: its entry leaves the register, and one with what is left of
    it follows."""

    __tablename__ = "area_modification"
    entry_id: Mapped[UUID] = link_to("register_entry")
    successor_id: Mapped[UUID] = link_to("register_entry")
    favour_space_id: Mapped[UUID]
    favour_application_id: Mapped[UUID]
    favour_name: Mapped[str]  # for the body of the modified area, which cannot read that application
    favour_body: Mapped[str]
    taken_m2: Mapped[float]
    reasons: Mapped[str]
    on: Mapped[date]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    entry: Mapped[RegisterEntry] = linked("AreaModification.entry_id", "RegisterEntry", viewonly=True)
    successor: Mapped[RegisterEntry] = linked("AreaModification.successor_id", "RegisterEntry", viewonly=True)
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["favour_space_id", "favour_application_id"], ["application.space_id", "application.id"]
        ),
    )


def why_not_modified(entry: RegisterEntry) -> str:
    """Why the authority that we stand in cannot modify an entry, in one sentence; empty when it can."""
    if entry.authority_id != standing().id:
        return f"“{entry.name}” is in the district of {entry.authority.name}: only it can modify that area."
    if entry.designated_on is None:
        return (
            f"“{entry.name}” is not designated yet, so there is nothing to modify: decide on its application."
        )
    return ""


def modify_others(
    application: Application, *, on: date, by: Any, reasons: str, seen: str = ""
) -> list[AreaModification]:
    """Takes the ground that was applied for from the designated areas that have it, and designates the application
    (s61G(6)). `seen` is the mark of what the officer looked at. Raises Refused."""
    register.hold()
    undecided(application)
    overlaps = register.overlapping(application.geometry, apart_from=application.entry)
    if not overlaps:
        raise Refused("This area overlaps nothing on the register any more: it can be designated as it is.")
    rooms = [
        (entry, room(entry, application))
        for entry in map(register.entry_numbered, sorted(other.number for other in overlaps))
    ]
    if seen and seen != proposing.mark_of(proposal for _, proposal in rooms):
        raise Changed("The register has changed since you looked. Look at the areas again, then decide.")
    words = {"on": on, "by": by, "reasons": reasons}
    made = [modify(entry, proposal, application, **words) for entry, proposal in rooms]
    drawn_to_its_neighbours(application, on=on, by=by, reasons=reasons)
    return made


def room(entry: RegisterEntry, application: Application) -> Proposal:
    if trouble := why_not_modified(entry):
        raise Refused(trouble)
    proposal = proposing.making_room(entry, application)
    if proposal is None:
        raise Refused(
            f"Nothing would be left of “{entry.name}”: an area is modified, not removed, in favour of another."
        )
    return proposal


def modify(
    entry: RegisterEntry, proposal: Proposal, application: Application, *, on: date, by: Any, reasons: str
) -> AreaModification:
    """The entry leaves the register, and one with the rest of its ground follows."""
    register.take_off(entry)
    successor_id = new_id()
    carried = ("space_id", "authority_id", "application_id", "name", "body", "designated_on")
    overlaps = register.claim(
        proposal.outline, id=successor_id, **{name: getattr(entry, name) for name in carried}
    )
    assert not overlaps, "what is left of an area overlaps what it did not overlap before"
    modification = AreaModification(
        space_id=entry.space_id,
        authority_id=entry.authority_id,
        entry_id=entry.id,
        successor_id=successor_id,
        favour_space_id=application.space_id,
        favour_application_id=application.id,
        favour_name=application.name,
        favour_body=application.space.name,
        taken_m2=proposal.lost_m2,
        reasons=reasons,
        on=on,
        by_id=by.id if by is not None else None,
    )
    db.session.add(modification)
    audit.record(
        "area.modified", entry.name, by=by, body=entry.body, on=on.isoformat(), in_favour_of=application.name
    )
    db.session.flush()
    tell(entry.space_id, modification=str(modification.id))
    return modification


def drawn_to_its_neighbours(application: Application, *, on: date, by: Any, reasons: str) -> None:
    """Designates it, and closes the slivers that it shares with others."""
    shared = register.shared_with(application.geometry, apart_from=application.entry)
    drawn = proposing.cut_to(application, shared) if shared else None
    designate(application, on=on, by=by, reasons=reasons, outline=drawn.outline if drawn else None)
