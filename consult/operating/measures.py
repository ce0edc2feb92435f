"""What the operator may know of every space: counts and sizes, never what is in them. One statement a measure."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import current_app

from consult import clock, tenancy
from consult.audit import OperatorDeed
from consult.consultations.models import Consultation
from consult.database import db, on_postgresql
from consult.jobs import Job
from consult.operating.backing_up import MADE
from consult.reports.models import Report
from consult.responses.models import Response
from consult.spaces.models import Membership
from consult.spaces.quotas import file_columns

Counts = dict[UUID, int]


@dataclass(frozen=True)
class Usage:
    """What one space uses; bytes of files, mails of this month."""

    people: int
    consultations: int
    responses: int
    bytes: int
    reports: int
    mails: int


NOTHING = Usage(0, 0, 0, 0, 0, 0)


@contextmanager
def of_every_space(why: str, person_id: UUID | None) -> Iterator[None]:
    """Reads all spaces, for the operator `person_id` or, without one, for a command or a machine that watches."""
    with tenancy.everywhere(why, person_id):
        yield


def usage(person_id: UUID | None = None) -> dict[UUID, Usage]:
    """Of every space that uses anything; `person_id` is the operator who looks."""
    with of_every_space("what each space uses", person_id):
        measured = [
            by_space(Membership, Membership.ended.is_(None)),
            by_space(Consultation),
            by_space(Response),
            bytes_by_space(),
            by_space(Report),
            mails_by_space(),
        ]
    spaces = {space_id for counts in measured for space_id in counts}
    return {space_id: Usage(*(counts.get(space_id, 0) for counts in measured)) for space_id in spaces}


def by_space(kind: Any, *conditions: sa.ColumnElement[bool]) -> Counts:
    asked = sa.select(kind.space_id, sa.func.count()).where(*conditions).group_by(kind.space_id)
    return {space_id: number for space_id, number in db.session.execute(asked)}


def bytes_by_space() -> Counts:
    """Everything that somebody uploaded or that was made for keeping, in whichever table."""
    sizes = [
        sa.select(kind.space_id.label("space_id"), sa.func.length(column).label("size"))
        for kind, column in file_columns()
    ]
    sized = sa.union_all(*sizes).subquery()
    asked = sa.select(sized.c.space_id, sa.func.sum(sized.c.size)).group_by(sized.c.space_id)
    return {space_id: int(size or 0) for space_id, size in db.session.execute(asked)}


def mails_by_space() -> Counts:
    month = clock.start_of(clock.today().replace(day=1))
    asked = sa.select(Job.space_id, sa.func.count()).where(
        Job.kind == "mail", Job.posted >= month, Job.space_id.is_not(None)
    )
    found = db.session.execute(asked.group_by(Job.space_id))
    return {space_id: number for space_id, number in found if space_id is not None}


@dataclass(frozen=True)
class Service:
    """How the service itself does. Seconds and bytes."""

    waiting: int  # jobs that are due
    oldest: float  # how long the first of them has waited
    failed: int  # jobs that were given up
    mails_waiting: int
    mails_failed: int
    database: int
    disk_free: int
    since_backup: float | None
    responses: int


def service(person_id: UUID | None = None) -> Service:
    now = clock.now()
    due = (Job.done.is_(None), Job.given_up.is_(None), Job.due <= now)
    waiting, oldest = db.session.execute(sa.select(sa.func.count(), sa.func.min(Job.due)).where(*due)).one()
    with of_every_space("how many responses there are", person_id):
        responses = db.session.scalar(sa.select(sa.func.count()).select_from(Response)) or 0
    backup = last_backup()
    return Service(
        waiting=waiting,
        oldest=(now - oldest).total_seconds() if oldest else 0.0,
        failed=jobs_that(Job.given_up.is_not(None)),
        mails_waiting=jobs_that(Job.kind == "mail", Job.done.is_(None), Job.given_up.is_(None)),
        mails_failed=jobs_that(Job.kind == "mail", Job.given_up.is_not(None)),
        database=database_bytes(),
        disk_free=shutil.disk_usage(current_app.config["SETTINGS"].data_dir).free,
        since_backup=(now - backup).total_seconds() if backup else None,
        responses=responses,
    )


def jobs_that(*conditions: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count(Job.id)).where(*conditions)) or 0


def last_backup() -> datetime | None:
    asked = sa.select(OperatorDeed.at).where(OperatorDeed.act == MADE).order_by(OperatorDeed.id.desc())
    return db.session.scalar(asked.limit(1))


def database_bytes() -> int:
    if on_postgresql():
        with db.engine.connect() as connection:
            return int(
                connection.scalar(sa.select(sa.func.pg_database_size(sa.func.current_database()))) or 0
            )
    return Path(str(db.engine.url.database)).stat().st_size
