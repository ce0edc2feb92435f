"""The outbox: what is to be done after the act, written with it. `flask work` performs it, at least once.

A job is claimed for a lease, which progress renews; a worker that dies loses its lease and another takes the job up,
so every handler must bear being run twice. Result and `done` are one commit, and only of the worker whose turn it is:
each claim is a try, and the number of tries says whose.
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
LONGEST_PAUSE = 10.0  # seconds, and so how long a worker may take to stop while the database is away
logger = logging.getLogger("consult")
_handlers: dict[str, Callable[["Job"], dict[str, Any] | None]] = {}
_rounds: list[Callable[[], None]] = []


class LeaseLost(RuntimeError):
    """This worker was slower than its lease, and another has taken the job up: what it did is not kept."""


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
    turn = 0  # no column: the try that this worker is at

    def progress(self, step: str) -> None:
        """Says what is being done, in words, and keeps the lease. Commits: a person is watching the page."""
        self.note(steps=step, leased_until=clock.now() + LEASE)
        db.session.commit()

    def note(self, **values: Any) -> None:
        mine = sa.update(Job).where(Job.id == self.id, Job.tries == self.turn)
        if changed(mine.values(**values)) is None:
            raise LeaseLost(f"Job {self.id} is another worker’s by now.")

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
    job = Job(
        id=new_id(), kind=kind, payload=payload, space_id=tenancy.scope().space_id, due=due or clock.now()
    )
    db.session.add(job)
    return job


def post_nowhere(kind: str, payload: dict[str, Any], *, due: datetime | None = None) -> Job:
    """The same for a job that concerns more than the space we stand in: it is performed in none."""
    job = post(kind, payload, due=due)
    job.space_id = None
    return job


def claim() -> UUID | None:
    """The next job, for a lease. One whose every try ended with its worker is given up: it would end them for ever."""
    while True:
        now = clock.now()
        with unit_of_work():
            found = db.session.execute(first_due(now)).first()
            if found is None:
                return None
            free = sa.update(Job).where(Job.id == found.id, unleased(now))
            if found.tries < TRIES:
                return changed(free.values(leased_until=now + LEASE, tries=Job.tries + 1))
            logger.error("job %s is given up: its worker stopped every time", found.id)
            changed(free.values(given_up=now, error="The worker stopped each time it did this."))


def first_due(now: datetime) -> sa.Select[UUID, int]:
    waiting = (
        sa.select(Job.id, Job.tries)
        .where(Job.done.is_(None), Job.given_up.is_(None), Job.due <= now, unleased(now))
        .order_by(Job.due)
        .limit(1)
    )
    return waiting.with_for_update(skip_locked=True) if on_postgresql() else waiting


def unleased(now: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(Job.leased_until.is_(None), Job.leased_until < now)


def changed(change: sa.Update) -> UUID | None:
    """The job that was changed, if it still is as the statement asks."""
    # Read by the statement itself, which has its turn: a reader's snapshot would not show what others did.
    statement = change.returning(Job.id)
    return db.session.execute(statement, execution_options={"synchronize_session": False}).scalar()


def perform(job_id: UUID) -> None:
    turn = 0
    try:
        with unit_of_work():
            job = db.session.get_one(Job, job_id)
            job.turn = turn = job.tries
            with tenancy.entered(tenancy.Scope(job.space_id)):
                result = _handlers[job.kind](job)
                db.session.flush()
                job.note(result=result, done=clock.now())
    except LeaseLost as problem:
        logger.warning("%s", problem)
    except Exception as problem:
        logger.exception("job %s failed", job_id)
        with unit_of_work():
            job = db.session.get_one(Job, job_id)
            if job.tries == turn:
                put_back(job, f"{type(problem).__name__}: {problem}")


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
    """The worker: what waits, then the rounds once a minute, until told to stop. It outlives a database that is away:
    it waits, longer each time, and goes on."""
    next_round, wait = 0.0, pause
    while not stop():
        try:
            if time.monotonic() >= next_round:
                run_rounds()
                next_round = time.monotonic() + 60
            idle, wait = run_due() == 0, pause
        except Exception:
            logger.exception("the worker could not look for work")
            idle, wait = True, min(wait * 2, LONGEST_PAUSE)
        if idle:
            time.sleep(wait)


def run_rounds() -> None:
    for function in _rounds:
        try:
            with unit_of_work():
                function()
        except Exception:
            logger.exception("round %s failed", function.__name__)
