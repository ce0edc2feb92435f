"""What officers know of their district: what is on the register, announced, applied for, or was released to them.

They stand in their authority's space and read only what everyone may read there or what was handed to them.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from consult import clock
from consult.areas.models import Application, RegisterEntry
from consult.consultations.models import Announcement
from consult.consultations.stages import STAGES
from consult.database import db
from consult.reports.models import Release
from consult.spaces.models import Space, standing

STATES = {"announced": "Opens soon", "open": "Open", "closed": "Closed"}


@dataclass(frozen=True)
class Body:
    """A body of the district and where it stands."""

    space: Space
    entry: RegisterEntry | None
    announced: int
    released: int


@dataclass(frozen=True)
class Announced:
    announcement: Announcement
    space: Space
    state: str

    @property
    def stage(self) -> str:
        return stage_words(self.announcement.stage)


def stage_words(key: str) -> str:
    return str(STAGES[key].words) if key in STAGES else key


def bodies() -> list[Body]:
    district = sa.select(Space).where(Space.authority_id == standing().id).order_by(Space.name)
    entries = {entry.space_id: entry for entry in register()}
    announced, released = per_space(Announcement), per_space(Release)
    return [
        Body(space, entries.get(space.id), announced.get(space.id, 0), released.get(space.id, 0))
        for space in db.session.scalars(district)
    ]


def per_space(kind: type[Announcement] | type[Release]) -> dict[UUID, int]:
    """How many each body has announced, or released."""
    rows = sa.select(kind.space_id, sa.func.count()).where(kind.authority_id == standing().id)
    return dict(db.session.execute(rows.group_by(kind.space_id)).all())


def register() -> list[RegisterEntry]:
    """The areas of the district that are on the register now."""
    on_it = sa.select(RegisterEntry).where(
        RegisterEntry.authority_id == standing().id, RegisterEntry.left.is_(None)
    )
    return list(db.session.scalars(on_it.order_by(RegisterEntry.name)))


def waiting() -> list[Application]:
    """Applications that the authority has not decided on, oldest first."""
    handed = sa.select(Application).where(Application.authority_id == standing().id).order_by(Application.at)
    return [application for application in db.session.scalars(handed) if application.is_live]


def announced(stage: str = "", state: str = "", now: datetime | None = None) -> list[Announced]:
    """The consultations announced in the district, the last to close first."""
    now = now or clock.now()
    rows = (
        sa.select(Announcement, Space)
        .join(Space, Space.id == Announcement.space_id)
        .where(Announcement.authority_id == standing().id)
        .order_by(Announcement.closes.desc(), Announcement.title)
    )
    found = [Announced(row, space, row.state(now)) for row, space in db.session.execute(rows)]
    return [each for each in found if stage in ("", each.announcement.stage) and state in ("", each.state)]


def releases() -> list[Release]:
    """What bodies have released to this authority, newest first."""
    handed = sa.select(Release).where(Release.authority_id == standing().id)
    return list(db.session.scalars(handed.order_by(Release.at.desc(), Release.title)))
