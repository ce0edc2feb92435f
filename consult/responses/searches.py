"""Looking through everything that came to a consultation, by a job: who asked, how far it is, what came of it.

A floor above says what is looked for: it marks what performs it with `@searching("letters")`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock, jobs
from consult.accounts.models import Person
from consult.consultations.models import Consultation
from consult.database import Base, InsertOnly, alone, db, new_id
from consult.jobs import Job
from consult.tenancy import Owned, here, link_to, linked

Searcher = Callable[[Consultation, Person | None], dict[str, Any]]
JOB = "search"
UNDER_WAY = ("waiting", "working")
_searchers: dict[str, Searcher] = {}


class Search(Owned, InsertOnly, Base):
    __tablename__ = "search"
    consultation_id: Mapped[UUID] = link_to("consultation")
    what: Mapped[str]  # letters, flags
    job_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("job.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    consultation: Mapped[Consultation] = linked("Search.consultation_id", "Consultation")

    @property
    def job(self) -> Job | None:
        return db.session.get(Job, self.job_id) if self.job_id else None


def searching(what: str) -> Callable[[Searcher], Searcher]:
    """Registers what looks for it. It must bear being run twice, and its answer is what came of it."""

    def add(function: Searcher) -> Searcher:
        _searchers[what] = function
        return function

    return add


def ask(consultation: Consultation, what: str, by: Person | None) -> Search:
    """One at a time: while one is under way, that one is the answer."""
    db.session.flush()
    alone(f"search for {what} in {consultation.id}")
    known = last_of(consultation, what)
    if known is not None and state_of(known) in UNDER_WAY:
        return known
    id_ = new_id()
    job = jobs.post(JOB, {"search": id_.hex})
    db.session.flush()
    about = {"consultation_id": consultation.id, "by_id": by.id if by is not None else None}
    made = Search(id=id_, what=what, job_id=job.id, **about)
    db.session.add(made)
    db.session.flush()
    return made


def last_of(consultation: Consultation, what: str) -> Search | None:
    mine = sa.select(Search).where(Search.consultation_id == consultation.id, Search.what == what)
    return db.session.scalar(mine.order_by(Search.at.desc(), Search.id).limit(1))


@jobs.handler(JOB)
def perform(job: Job) -> dict[str, Any] | None:
    search = db.session.get(Search, (here(), UUID(hex=job.payload["search"])))
    if search is None:
        return None
    job.progress("Reading what came in")
    by = db.session.get(Person, search.by_id) if search.by_id else None
    return _searchers[search.what](search.consultation, by)


def state_of(search: Search | None) -> str:
    """none, waiting, working, failed or done."""
    if search is None:
        return "none"
    job = search.job
    return job.state if job is not None else "failed"


def progress_of(search: Search | None) -> tuple[str, str]:
    """The same, and in words while it lasts or where it has failed."""
    state, job = state_of(search), search.job if search else None
    if state == "failed":
        return state, "The search could not be finished. Nothing is lost: search again."
    if job is None or state == "done":
        return state, ""
    if job.error:
        return state, "Something went wrong in the search. We are trying again."
    return state, f"{job.steps or 'Searching'} …"


def told(search: Search | None) -> dict[str, Any]:
    """For the page to ask, every two seconds."""
    state, words = progress_of(search)
    return {"state": state, "words": words, "done": state not in UNDER_WAY, "next": ""}
