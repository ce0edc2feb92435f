"""The register of neighbourhood areas, on which no two overlap.

Whatever enters it goes through `claim`: one lock, one check, one write, in one transaction. An application that
clashes is received all the same; it is contested, and kept off the register until the clash is gone
(`contested.py`).
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
import shapely
import sqlalchemy as sa
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from consult import audit, clock, jobs
from consult.areas import index
from consult.areas.models import Application, AreaVersion, Contest, RegisterEntry
from consult.areas.outline import surroundings
from consult.database import alone, db, new_id
from consult.spaces.models import admission, standing
from consult.web.errors import Refused
from geodata import boundary
from geodata import register as geometry


@dataclass(frozen=True)
class Neighbour:
    """An area on the register, and what a shape shares with it: an overlap (more than 1 m wide) or a sliver."""

    space_id: UUID
    entry_id: UUID
    number: int
    name: str
    body: str
    kind: geometry.Kind
    area_m2: float
    width_m: float
    shared: MultiPolygon


# Reading it.


def shared_with(shape: BaseGeometry, apart_from: RegisterEntry | None = None) -> list[Neighbour]:
    """What a shape shares with areas on the register, its edges aside."""
    near = [row for row in index.near(shape) if apart_from is None or row.number != apart_from.number]
    if not near:
        return []
    outlines = shapely.from_wkb(np.array([row.outline for row in near], dtype=np.object_))
    clashes = geometry.clashes(shape, outlines)
    whose = words_of([near[clash.index].number for clash in clashes]) if clashes else {}
    return [
        Neighbour(*whose[near[clash.index].number], clash.kind, clash.area_m2, clash.width_m, clash.geometry)
        for clash in clashes
    ]


def words_of(numbers: list[int]) -> dict[int, tuple[UUID, UUID, int, str, str]]:
    """Whose the entries of these numbers are and what they are called, without their outlines."""
    entry = RegisterEntry
    found = sa.select(entry.space_id, entry.id, entry.number, entry.name, entry.body).where(
        entry.number.in_(numbers)
    )
    return {
        row.number: (row.space_id, row.id, row.number, row.name, row.body)
        for row in db.session.execute(found)
    }


def overlapping(shape: BaseGeometry, apart_from: RegisterEntry | None = None) -> list[Neighbour]:
    return [neighbour for neighbour in shared_with(shape, apart_from) if neighbour.kind == "overlap"]


def entry_of(space_id: UUID) -> RegisterEntry | None:
    """The space's entry that is on the register now."""
    return db.session.scalar(
        sa.select(RegisterEntry)
        .where(RegisterEntry.space_id == space_id, RegisterEntry.left.is_(None))
        .order_by(RegisterEntry.number.desc())
        .limit(1)
    )


def around(shape: BaseGeometry, apart_from: UUID | None = None) -> list[RegisterEntry]:
    """The entries that lie near a shape, those of the space `apart_from` left out."""
    numbers = [row.number for row in index.near(shape)]
    near = sa.select(RegisterEntry).where(RegisterEntry.number.in_(numbers)).order_by(RegisterEntry.number)
    return [entry for entry in db.session.scalars(near) if entry.space_id != apart_from]


def entry_numbered(number: int) -> RegisterEntry:
    return db.session.scalars(sa.select(RegisterEntry).where(RegisterEntry.number == number)).one()


def is_designated(space_id: UUID) -> bool:
    entry = entry_of(space_id)
    return entry is not None and entry.designated_on is not None


def entries() -> list[RegisterEntry]:
    """Everything on the register, in the order in which it was entered."""
    on_it = sa.select(RegisterEntry).where(RegisterEntry.left.is_(None)).order_by(RegisterEntry.number)
    return list(db.session.scalars(on_it))


def application_now() -> Application | None:
    """The latest application of the space we stand in."""
    space_id = standing().id
    latest = (
        sa.select(Application)
        .where(Application.space_id == space_id)
        .order_by(Application.at.desc())
        .limit(1)
    )
    return db.session.scalar(latest)


# Writing it. Nothing else does.


def hold() -> None:
    """From here to the end of the transaction nobody else writes the register."""
    db.session.flush()  # `alone` has everything read again, and would drop what is not written yet
    alone("register")


def claim(outline: bytes, *, apart_from: RegisterEntry | None = None, **words: Any) -> list[Neighbour]:
    """Puts an outline on the register unless it overlaps something there; answers what it overlaps.

    `words` are the other columns of its entry. No overlap: the entry is on the register.
    """
    hold()
    shape = boundary.from_wkb(outline)
    overlaps = overlapping(shape, apart_from)
    if not overlaps:
        number = (db.session.scalar(sa.select(sa.func.max(RegisterEntry.number))) or 0) + 1
        hectares = boundary.hectares(shape)
        reference = f"NA-{number:04}"
        db.session.add(
            RegisterEntry(number=number, reference=reference, outline=outline, hectares=hectares, **words)
        )
        index.add(number, shape)
        db.session.flush()
    return overlaps


def redraw(entry: RegisterEntry, outline: bytes) -> list[Neighbour]:
    """Gives an entry that is on the register another outline unless that overlaps something there; answers what it
    overlaps. What was applied for stays as it was with the application."""
    hold()
    shape = boundary.from_wkb(outline)
    overlaps = overlapping(shape, apart_from=entry)
    if not overlaps and outline != entry.outline:
        index.remove(entry.number)
        entry.outline, entry.hectares = outline, boundary.hectares(shape)
        index.add(entry.number, shape)
        db.session.flush()
        jobs.post_nowhere("register.contested", {})  # it may have left ground that others wait for
    return overlaps


def take_off(entry: RegisterEntry | None) -> None:
    if entry is not None and entry.left is None:
        hold()
        entry.left = clock.now()
        index.remove(entry.number)
        jobs.post_nowhere("register.contested", {})


def entry_words(application: Application) -> dict[str, Any]:
    """What the register says of an application."""
    return {
        "space_id": application.space_id,
        "authority_id": application.authority_id,
        "application_id": application.id,
        "name": application.name,
        "body": application.space.name,
    }


def apply_for(
    version: AreaVersion, *, name: str, why_appropriate: str, relevant_body: str, by: Any
) -> Application:
    """Applies for an outline of the space we stand in. Sending the same again changes nothing."""
    hold()
    space, before = standing(), application_now()
    if admission() is None or space.authority_id is None:
        raise Refused(
            f"{space.name} has not been admitted yet: the authority has to do that before it can apply for an area."
        )
    if before is not None and before.state != "withdrawn" and before.area_version_id == version.id:
        return before
    if is_designated(space.id):
        raise Refused("Your area is designated already: ask the authority if it needs to change.")
    if before is not None and before.is_live:
        raise Refused("You have an application already: withdraw it before you apply for another outline.")
    lies = surroundings.refuse_unlawful(space, version.geometry)
    application = Application(
        id=new_id(),
        authority_id=space.authority_id,
        area_version_id=version.id,
        name=name,
        outline=version.outline,
        hectares=version.hectares,
        why_appropriate=why_appropriate,
        relevant_body=relevant_body,
        spans=lies.spans,
        by_id=by.id if by is not None else None,
    )
    db.session.add(application)
    db.session.flush()
    overlaps = claim(application.outline, **entry_words(application))
    contest(application, overlaps)
    audit.record("area.applied", name, by=by, contested_by=[neighbour.name for neighbour in overlaps])
    db.session.flush()
    return application


def contest(application: Application, overlaps: list[Neighbour]) -> None:
    for other in overlaps:
        contest = Contest(
            space_id=application.space_id,
            authority_id=application.authority_id,
            application_id=application.id,
            entry_space_id=other.space_id,
            entry_id=other.entry_id,
            area_m2=other.area_m2,
            width_m=other.width_m,
        )
        db.session.add(contest)


def withdraw(application: Application, *, by: Any) -> None:
    """The body takes its application back, and the area leaves the register with it."""
    hold()
    if application.withdrawn:
        return
    if not application.is_live:
        raise Refused("This application has been decided, so it cannot be withdrawn: ask the authority.")
    application.withdrawn, application.withdrawn_by_id = clock.now(), by.id if by is not None else None
    take_off(application.entry)
    audit.record("area.withdrawn", application.name, by=by)
