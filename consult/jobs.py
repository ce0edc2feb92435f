"""The outbox: what is to be done after the act, written with it. `flask work` performs it, at least once.

A job is claimed for a lease, which progress renews; a worker that dies loses its lease and another takes the job up,
so every handler must bear being run twice. Result and `done` are one commit.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock, tenancy
from consult.database import Base, db, new_id, on_postgresql, unit_of_work

LEASE = timedelta(seconds=60)
TRIES = 5
logger = logging.getLogger("consult")
_handlers: dict[str, Callable[["Job"], dict[str, Any] | None]] = {}
_rounds: list[Callable[[], None]] = []


class Job(Base):
    __tablename__ = "job"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    space_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("space.id"))
    posted: Mapped[datetime] = mapped_column(default=clock.now)
    due: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    leased_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    steps: Mapped[str] = mapped_column(default="")
    error: Mapped[str] = mapped_column(default="")
    result: Mapped[dict[str, Any] | None]
    done: Mapped[datetime | None]
    given_up: Mapped[datetime | None]

    def progress(self, step: str) -> None:
        """Says what is being done, in words, and keeps the lease. Commits: a person is watching the page."""
        self.steps = step
        self.leased_until = clock.now() + LEASE
        db.session.commit()

    @property
    def state(self) -> str:
        return "done" if self.done else "failed" if self.given_up else "working" if self.tries else "waiting"


def handler(
    kind: str,
) -> Callable[[Callable[[Job], dict[str, Any] | None]], Callable[[Job], dict[str, Any] | None]]:
    def add(function: Callable[[Job], dict[str, Any] | None]) -> Callable[[Job], dict[str, Any] | None]:
        _handlers[kind] = function
        return function

    return add


def every_round(function: Callable[[], None]) -> Callable[[], None]:
    """Work that nothing posts: done by the worker about once a minute, and safe to do any number of times."""
    _rounds.append(function)
    return function


def post(kind: str, payload: dict[str, Any], *, due: datetime | None = None) -> Job:
    """Puts a job into the outbox, in the transaction of the act that causes it."""
    if kind not in _handlers:
        raise LookupError(f"nothing performs “{kind}”")
    scope = tenancy.scope()
    job = Job(id=new_id(), kind=kind, payload=payload, space_id=scope.space_id, due=due or clock.now())
    db.session.add(job)
    return job


def claim() -> UUID | None:
    now = clock.now()
    waiting = (
        sa.select(Job.id)
        .where(Job.done.is_(None), Job.given_up.is_(None), Job.due <= now)
        .where(sa.or_(Job.leased_until.is_(None), Job.leased_until < now))
        .order_by(Job.due)
        .limit(1)
    )
    if on_postgresql():
        waiting = waiting.with_for_update(skip_locked=True)
    with unit_of_work():
        job = db.session.scalar(waiting)
        if job is None:
            return None
        return db.session.execute(
            sa.update(Job)
            .where(Job.id == job, sa.or_(Job.leased_until.is_(None), Job.leased_until < now))
            .values(leased_until=now + LEASE, tries=Job.tries + 1)
            .returning(Job.id),
            execution_options={"synchronize_session": False},
        ).scalar()


def perform(job_id: UUID) -> None:
    try:
        with unit_of_work():
            job = db.session.get_one(Job, job_id)
            with tenancy.entered(tenancy.Scope(job.space_id)):
                job.result = _handlers[job.kind](job)
                job.done = clock.now()
                db.session.flush()
    except Exception as problem:
        logger.exception("job %s failed", job_id)
        with unit_of_work():
            put_back(db.session.get_one(Job, job_id), f"{type(problem).__name__}: {problem}")


def put_back(job: Job, error: str) -> None:
    job.error, job.leased_until = error, None
    if job.tries >= TRIES:
        job.given_up = clock.now()
    else:
        job.due = clock.now() + timedelta(seconds=2**job.tries)


def run_due() -> int:
    """Performs everything that is due; the number performed."""
    done = 0
    while (job := claim()) is not None:
        perform(job)
        done += 1
    return done


def work(stop: Callable[[], bool], pause: float = 0.5) -> None:
    """The worker: what waits, then the rounds once a minute, until told to stop."""
    next_round = 0.0
    while not stop():
        if time.monotonic() >= next_round:
            run_rounds()
            next_round = time.monotonic() + 60
        if not run_due():
            time.sleep(pause)


def run_rounds() -> None:
    for function in _rounds:
        try:
            with unit_of_work():
                function()
        except Exception:
            logger.exception("round %s failed", function.__name__)
