"""Who did what, when: written with the act, in its transaction, and never edited (the database refuses).

And sealed: each deed of a space becomes a link of a chain, whose hash covers the deed and the link before it. Whoever
gets round the database's refusal, with the rights of its owner, still cannot change, remove or put in a deed without
`verify` finding it; whoever rewrites the whole chain gets another `head` than the one that is printed in reports.

The details of a deed may hold a person's words, which an erasure removes. The chain covers their hash, salted, so it
holds without them; the salt goes with the words, so that nobody can try out what they were.
"""

import hashlib
import json
import logging
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.database import Base, InsertOnly, db, take_turn, unit_of_work
from consult.tenancy import Owned, here, link_to

logger = logging.getLogger("consult")
ERASED = "[erased]"  # stands where somebody's words were
SLOW = timedelta(hours=1)  # how long an act may take from its moment to its commit: none takes nearly so long


def new_salt() -> str:
    return secrets.token_hex(16)


class Deed(Owned, InsertOnly, Base):
    """One act in one space; `response_id` where its details may hold words of, or about, whoever sent that response."""

    __tablename__ = "deed"
    __erased__ = ("UPDATE", "response_id")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    by: Mapped[str]
    act: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    salt: Mapped[str] = mapped_column(default=new_salt)
    response_id: Mapped[UUID | None] = link_to("response", nullable=True)

    def erase(self) -> None:
        """The words go; who, when and what stay. Only while the erasure of its response is being done."""
        words = {name: ERASED for name, value in self.detail.items() if name in WORDS and value}
        if words:
            self.detail, self.salt = self.detail | words, ""

    @property
    def detail_sha256(self) -> str:
        return hashed([self.salt, self.detail])


WORDS = ("reason",)  # the details that a person writes freely


class Link(Owned, InsertOnly, Base):
    """One deed, sealed: its place in the chain of its space, and the hash of it and of all before it."""

    __tablename__ = "audit_link"
    __table_args__ = (
        sa.UniqueConstraint("space_id", "number"),
        sa.UniqueConstraint("space_id", "deed_id"),
    )
    deed_id: Mapped[UUID] = link_to("deed")
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    detail_sha256: Mapped[str]
    previous: Mapped[str]  # the hash of the link before it; empty in the first
    hash: Mapped[str]

    def seals(self, deed: Deed) -> str:
        """What its hash has to be. An erasure leaves all of this as it was."""
        who = deed.person_id.hex if deed.person_id else ""
        about = deed.response_id.hex if deed.response_id else ""
        told = [deed.id.hex, deed.at.isoformat(), who, deed.by, deed.act, deed.subject, about]
        chained = [self.space_id.hex, self.number, self.at.isoformat(), self.previous, self.detail_sha256]
        return hashed([*chained, *told])


class OperatorDeed(InsertOnly, Base):
    """One act of the operator or of the service itself, in no space."""

    __tablename__ = "operator_deed"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by: Mapped[str]
    act: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Access(Owned, InsertOnly, Base):
    """One download: who fetched what."""

    __tablename__ = "access"
    at: Mapped[datetime] = mapped_column(default=clock.now)
    person_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    what: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


def record(act: str, subject: str, *, by: Any = None, about: Any = None, **detail: Any) -> None:
    """Notes an act of `by` (a person, or None for the service itself) on `subject`, in words; `about` is the response
    that it concerns, where a reason is given: when that is erased, the reason goes with it."""
    who = by.display_name if by is not None else "the service"
    db.session.add(
        Deed(
            space_id=here(),
            person_id=by.id if by is not None else None,
            by=who,
            act=act,
            subject=subject,
            detail=detail,
            response_id=about.id if about is not None else None,
        )
    )


def record_operator(act: str, by: str = "the operator", **detail: Any) -> None:
    db.session.add(OperatorDeed(act=act, by=by, detail=detail))


def note_download(what: str, person: Any = None, **detail: Any) -> None:
    """The one write that a GET causes: it runs after the file is made, as a unit of work of its own."""
    with unit_of_work():
        db.session.add(Access(what=what, person_id=person.id if person is not None else None, detail=detail))


# The chain.


def hashed(content: list[Any]) -> str:
    said = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def head() -> str:
    """The hash of the last link in the space we stand in, which stands for every deed up to there; empty before any."""
    last = last_link()
    return last.hash if last else ""


def last_link() -> Link | None:
    return db.session.scalar(sa.select(Link).order_by(Link.number.desc()).limit(1))


def unsealed() -> sa.Select[Deed]:
    """The earliest first; deeds of one moment in the order of their ids, so that the order is everywhere the same."""
    sealed = sa.exists().where(Link.space_id == Deed.space_id, Link.deed_id == Deed.id)
    return sa.select(Deed).where(~sealed).order_by(Deed.at, Deed.id)


def seal() -> int:
    """Seals what is not sealed yet in the space we stand in; how many deeds. Safe to do any number of times."""
    db.session.flush()
    if db.session.scalar(unsealed().limit(1)) is None:
        return 0  # nobody waits for a lock where there is nothing to do
    take_turn(f"audit of {here()}")
    last, at = last_link(), clock.now()
    number, previous = (last.number, last.hash) if last else (0, "")
    deeds = list(db.session.scalars(unsealed()))
    for place, deed in enumerate(deeds, number + 1):
        about = {"space_id": here(), "deed_id": deed.id, "detail_sha256": deed.detail_sha256}
        link = Link(number=place, at=at, previous=previous, **about)
        link.hash = previous = link.seals(deed)
        db.session.add(link)
    db.session.flush()
    return len(deeds)


def verify(known: str = "") -> list[str]:
    """What is wrong with the chain of the space we stand in, a sentence each; nothing when it holds. `known` is a head
    that somebody has kept, such as one printed in a report: it has to stand in the chain."""
    links = list(db.session.scalars(sa.select(Link).order_by(Link.number)))
    deeds = {deed.id: deed for deed in db.session.scalars(sa.select(Deed))}
    faults = [
        fault for number, link in enumerate(links, 1) for fault in wrong_with(number, link, links, deeds)
    ]
    faults += put_in_afterwards(links, deeds)
    if known and all(link.hash != known for link in links):
        faults.append(
            f"The head {known} stands nowhere in the chain: what led to it was removed or rewritten."
        )
    return faults


def wrong_with(number: int, link: Link, links: list[Link], deeds: dict[UUID, Deed]) -> Iterator[str]:
    before, deed = links[number - 2] if number > 1 else None, deeds.get(link.deed_id)
    if link.number != number or link.previous != (before.hash if before else ""):
        yield f"Link {link.number} does not follow the one before it: something between them is missing or was put in."
    if deed is None:
        yield f"The deed of link {link.number} is gone."
        return
    if link.hash != link.seals(deed):
        yield f"Link {link.number} does not fit its deed, “{deed.act}”: one of them was changed."
    if link.detail_sha256 != deed.detail_sha256 and not was_erased(deed, deeds):
        yield f"The details of deed {link.number}, “{deed.act}”, were changed, and not by an erasure."
    if before and before.at < link.at and deed.at < before.at - SLOW:
        yield f"Deed {link.number}, “{deed.act}”, is dated before others that had been sealed long since."


def was_erased(deed: Deed, deeds: dict[UUID, Deed]) -> bool:
    """Its words are gone, and that whoever they were of was erased is on record."""
    gone = deed.response_id is not None and not deed.salt and ERASED in deed.detail.values()
    return gone and any(
        each.act == "response.erased" and each.response_id == deed.response_id for each in deeds.values()
    )


def put_in_afterwards(links: list[Link], deeds: dict[UUID, Deed]) -> Iterator[str]:
    sealed = {link.deed_id for link in links}
    for deed in deeds.values():
        if links and deed.id not in sealed and deed.at < links[-1].at - SLOW:
            yield f"“{deed.act}” of {deed.at:%d/%m/%Y %H:%M} is not sealed, and all of its day is: it was put in."
