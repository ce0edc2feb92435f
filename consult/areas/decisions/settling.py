"""The authority settles an application: it designates the area or a smaller one, or refuses it. (`modifying.py`: or it
makes room first.) Each is one transaction in which nobody else writes the register."""

from datetime import date
from typing import Any
from uuid import UUID

import shapely
from shapely.geometry.base import BaseGeometry

from consult import audit, jobs
from consult.areas import register
from consult.areas.decisions.proposing import without_scraps
from consult.areas.models import Application, AreaDecision, RegisterEntry
from consult.areas.outline import surroundings
from consult.areas.register import Neighbour
from consult.database import db
from consult.spaces import handed
from consult.web.errors import Refused
from geodata import boundary

AS_APPLIED, SNAPPED, SMALLER = "as applied", "snapped", "smaller"


class SliversLeft(Refused):
    """Slivers are shared with a neighbour, and the officer has not said why they are left."""


def designate(
    application: Application,
    *,
    on: date,
    by: Any,
    reasons: str = "",
    slivers: str = "",
    outline: bytes | None = None,
) -> RegisterEntry:
    """Designates the area as applied for or, with an `outline`, some of it or with its edge drawn to its neighbours'.
    `slivers` says why those that it shares with others are left. Raises Refused."""
    register.hold()
    undecided(application)
    kept = outline or application.outline
    shape = boundary.from_wkb(kept)
    if outline is not None:
        within(shape, application)
    surroundings.refuse_unlawful(application.space, shape)
    entry = application.entry
    shared = register.shared_with(shape, apart_from=entry)
    refuse_overlaps(shared)
    if shared and not slivers:
        raise SliversLeft(
            f"This area shares a strip less than 1 metre wide with {names_of(shared)}: say why that is left."
        )
    how = how_of(shape, application)
    entry = enter(application, entry, kept)
    entry.designated_on = on
    decide(
        application,
        "designated",
        on=on,
        by=by,
        reasons=reasons,
        slivers=slivers if shared else "",
        how=how,
        outline=kept,
        hectares=entry.hectares,
    )
    return entry


def enter(application: Application, entry: RegisterEntry | None, outline: bytes) -> RegisterEntry:
    if entry is None:
        register.claim(outline, **register.entry_words(application))
        db.session.expire(application)
    else:
        register.redraw(entry, outline)
    assert application.entry is not None, "the register was not held"
    return application.entry


def within(shape: BaseGeometry, application: Application) -> None:
    """An authority designates some or all of what was applied for, nothing beyond it (s61G(5)). What drawing an edge to
    a neighbour's adds is less than 1 m wide."""
    if shape.is_empty or not boundary.is_valid(shape):
        raise Refused("Nothing is left of the area: refuse the application instead.")
    beyond = without_scraps(shapely.difference(shape, application.geometry))
    if not beyond.is_empty:
        raise Refused(
            f"The outline reaches {beyond.area:,.0f} m² beyond what was applied for. An authority can designate some "
            "or all of that area and nothing else: cut the outline back to it."
        )


def how_of(shape: BaseGeometry, application: Application) -> str:
    if boundary.canonical(shape) == application.outline:
        return AS_APPLIED
    return SMALLER if not without_scraps(application.geometry.difference(shape)).is_empty else SNAPPED


def refuse(application: Application, *, reasons: str, on: date, by: Any) -> None:
    """Refuses the application and says why; the area leaves the register."""
    register.hold()
    undecided(application)
    register.take_off(application.entry)
    decide(application, "refused", on=on, by=by, reasons=reasons)


def undecided(application: Application) -> None:
    if not application.is_live:
        raise Refused(
            f"This application is {application.state} already: reload the page to see it as it is now."
        )


def refuse_overlaps(shared: list[Neighbour]) -> None:
    overlaps = [neighbour for neighbour in shared if neighbour.kind == "overlap"]
    if overlaps:
        raise Refused(
            f"This area overlaps {names_of(overlaps)} on the register: settle that first, by designating a smaller "
            "area, by modifying the other, or by refusing one of the two."
        )


def names_of(neighbours: list[Neighbour]) -> str:
    return " and ".join(f"“{neighbour.name}”" for neighbour in neighbours)


def decide(application: Application, outcome: str, *, on: date, by: Any, **words: Any) -> None:
    handed.refuse_early("area", application, on)
    decision = AreaDecision(
        space_id=application.space_id,
        authority_id=application.authority_id,
        application_id=application.id,
        outcome=outcome,
        on=on,
        by_id=by.id if by is not None else None,
        **words,
    )
    db.session.add(decision)
    audit.record(f"area.{outcome}", application.name, by=by, body=application.space.name, on=on.isoformat())
    db.session.flush()
    tell(application.space_id, decision=str(decision.id))
    db.session.expire(application)


def tell(space_id: UUID, **what: str) -> None:
    """The body learns of it where it stands (`telling.py`): the authority cannot look into its space."""
    jobs.post("area.settled", what).space_id = space_id
