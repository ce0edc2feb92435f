"""What became of an entry of the register, for the officers: applied for, designated, modified, followed, left."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import abort, g, render_template
from sqlalchemy.orm import joinedload

from consult import clock
from consult.access import Act, needs
from consult.areas import maps
from consult.areas.decisions.deciding import authority_only
from consult.areas.decisions.modifying import AreaModification
from consult.areas.maps import Seen
from consult.areas.models import Application, RegisterEntry
from consult.areas.pages import pages
from consult.database import db


@dataclass(frozen=True)
class Event:
    on: date
    title: str
    words: str
    reference: str = ""  # of another entry that it leads to


def on_the_register(on: date, authority_id: UUID | None = None) -> list[RegisterEntry]:
    """What stood on the register at the end of that UK day, by name; readable by everyone. An entry stands from the
    moment in which it was entered to that in which it left."""
    over = clock.end_of(on)
    stood = (
        sa.select(RegisterEntry)
        .where(RegisterEntry.entered < over, sa.or_(RegisterEntry.left.is_(None), RegisterEntry.left >= over))
        .options(joinedload(RegisterEntry.space), joinedload(RegisterEntry.authority))
        .order_by(RegisterEntry.name, RegisterEntry.number)
    )
    if authority_id is not None:
        stood = stood.where(RegisterEntry.authority_id == authority_id)
    return list(db.session.scalars(stood))


def status_on(entry: RegisterEntry, on: date) -> str:
    """`designated` from the day of its designation, `applied` before."""
    return "designated" if entry.designated_on and entry.designated_on <= on else "applied"


@pages.get("/<space:space>/register/<reference>")
@needs(Act.LOOK)
def history(reference: str) -> str:
    """An entry of this district, whether it is on the register now or has left it."""
    authority_only()
    found = sa.select(RegisterEntry).where(
        RegisterEntry.reference == reference, RegisterEntry.authority_id == g.space.id
    )
    entry = db.session.scalar(found)
    if entry is None:
        abort(404)
    application = application_of(entry)
    return render_template(
        "areas/history.html",
        entry=entry,
        application=application,
        events=events(entry, application),
        map=the_map(entry, application),
    )


def application_of(entry: RegisterEntry) -> Application | None:
    mine = sa.select(Application).where(
        Application.id == entry.application_id, Application.space_id == entry.space_id
    )
    return db.session.scalar(mine) if entry.application_id else None


def events(entry: RegisterEntry, application: Application | None) -> list[Event]:
    """In the order in which they happened."""
    made, ended = followed(entry)
    happened: list[Event] = []
    if made is not None:
        words = f"What was left of it when {size(made.taken_m2)} went to “{made.favour_name}”."
        happened.append(Event(made.on, "Follows", words, made.entry.reference))
    else:
        words = f"{entry.body} applied." if application else "Entered by the operator."
        happened.append(Event(clock.uk(entry.entered).date(), "Entered on the register", words))
        if entry.designated_on:
            happened.append(Event(entry.designated_on, "Designated", reasons_of(application)))
    if ended is not None:
        to_whom = f"“{ended.favour_name}” of {ended.favour_body}"
        words = f"{size(ended.taken_m2)} of it went to {to_whom}. {ended.reasons}"
        happened.append(Event(ended.on, "Modified", words, ended.successor.reference))
    elif entry.left is not None:
        left = application.state if application else "left"
        words = reasons_of(application) if left == "refused" else f"{entry.body} took its application back."
        happened.append(Event(clock.uk(entry.left).date(), left.capitalize(), words))
    return happened


def followed(entry: RegisterEntry) -> tuple[AreaModification | None, AreaModification | None]:
    """The modification that made this entry, and the one that ended it."""
    made, ended = (
        db.session.scalar(
            sa.select(AreaModification).where(AreaModification.space_id == entry.space_id, column == entry.id)
        )
        for column in (AreaModification.successor_id, AreaModification.entry_id)
    )
    return made, ended


def reasons_of(application: Application | None) -> str:
    return application.decision.reasons if application and application.decision else ""


def size(m2: float) -> str:
    return f"{m2:,.0f} m²"


def the_map(entry: RegisterEntry, application: Application | None) -> dict[str, Any]:
    seen = [Seen(entry.geometry, "area", "This entry", entry.name)]
    if application is not None and application.outline != entry.outline:
        seen.insert(0, Seen(application.geometry, "draft", "As applied for"))
    extent = maps.extent_of([thing.geometry for thing in seen], None)
    caption = f"{entry.reference}, {entry.name}"
    return maps.on_map(extent, seen, caption=caption, ground=g.space)


def modifications_here() -> list[AreaModification]:
    """What was taken from the area of the body that we stand in, for its page; the newest first."""
    mine = sa.select(AreaModification).where(AreaModification.space_id == g.space.id)
    return list(db.session.scalars(mine.order_by(AreaModification.at.desc())))
