"""Who reads what: responses are given to members to read, whole, so that one person knows all that somebody said.

Nothing is kept from anybody: whoever may read may read everything, and these are lists to work through. What somebody
had who no longer works here, or may no longer read, is nobody's again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult import audit, clock
from consult.accounts.models import Person
from consult.consultations.models import Consultation
from consult.database import alone, db
from consult.points.models import Assignment
from consult.points.passages import listed, reading_here
from consult.points.queue import Progress
from consult.web.errors import Refused

MOST_AT_ONCE = 5_000  # responses that one person is given in one go


@dataclass(frozen=True)
class Answering:
    """Of the points that raise a matter, by the response that they are of: how many, answered, agreed."""

    points: int = 0
    answered: int = 0
    agreed: int = 0


Answered = Callable[[Consultation], dict[UUID, Answering]]
_answered: list[Answered] = []


def answering(function: Answered) -> Answered:
    """Registers what a floor above knows of how far the points of each response are answered."""
    _answered.append(function)
    return function


@dataclass(frozen=True)
class Reader:
    """`person` is None for what nobody has."""

    person: Person | None
    responses: int
    progress: Progress
    answering: Answering


class Readers:
    """One person who hands out what is to be read, to the end of the transaction."""

    def __init__(self, consultation: Consultation, by: Any) -> None:
        db.session.flush()
        alone(f"readers of {consultation.id}")
        self.consultation, self.by = consultation, by

    def give(self, person: Person, number: int) -> int:
        """The first so many responses that nobody has and that are not read yet. Raises Refused where there is none, or
        where this person does not read here."""
        if not 1 <= number <= MOST_AT_ONCE:
            raise Refused(f"Enter a number of responses from 1 to {MOST_AT_ONCE:,}.")
        waiting = list(self.waiting())[:number]
        self.hand({person: waiting})
        return len(waiting)

    def share(self, people: Iterable[Person]) -> int:
        """What nobody has and is not read yet, evenly, by how much there is to read. Raises Refused where there is
        nothing, or nobody to share it among."""
        among = sorted(people, key=lambda person: (person.display_name.casefold(), person.id))
        if not among:
            raise Refused("Choose at least one person to share it among.")
        waiting, load = self.waiting(), dict.fromkeys(among, 0)
        shares: dict[Person, list[UUID]] = {person: [] for person in among}
        for response, passages in waiting.items():
            least = min(among, key=lambda person: load[person])
            load[least] += passages
            shares[least].append(response)
        self.hand(shares)
        return len(waiting)

    def hand(self, shares: dict[Person, list[UUID]]) -> None:
        if not any(shares.values()):
            raise Refused("Somebody has everything that is left to read.")
        members = {person.id for person in readers_here()}
        if any(person.id not in members for person in shares):
            raise Refused("Choose somebody who works here and may read.")
        self.end(Assignment.response_id.in_([each for some in shares.values() for each in some]))
        about = {"consultation_id": self.consultation.id, "by_id": self.by.id}
        for person, responses in shares.items():
            for response in responses:
                db.session.add(Assignment(response_id=response, person_id=person.id, **about))
            if responses:
                self.record("reading.given", to=person.display_name, responses=len(responses))
        db.session.flush()

    def take_back(self, person: Person) -> int:
        """All that this person has is nobody's again; what they have read stays read."""
        number = self.end(Assignment.person_id == person.id)
        if number:
            self.record("reading.taken_back", of=person.display_name, responses=number)
        return number

    def end(self, which: sa.ColumnElement[bool]) -> int:
        mine = sa.select(Assignment).where(Assignment.consultation_id == self.consultation.id)
        rows = list(db.session.scalars(mine.where(Assignment.ended.is_(None), which)))
        for row in rows:
            row.ended, row.ended_by_id = clock.now(), self.by.id
        db.session.flush()
        return len(rows)

    def waiting(self) -> dict[UUID, int]:
        """The responses that nobody has, in the order in which they came, with how many passages are to be read."""
        rows = listed(self.consultation)
        unread = (
            sa.select(rows.c.response_id, sa.func.count())
            .where(rows.c.reader.is_(None), sa.not_(rows.c.coded))
            .group_by(rows.c.response_id, rows.c.received, rows.c.response)
            .order_by(rows.c.received, rows.c.response)
        )
        return {response: number for response, number in db.session.execute(unread)}

    def record(self, act: str, **about: Any) -> None:
        audit.record(act, self.consultation.reference, by=self.by, **about)


def readers_here() -> list[Person]:
    """Who works in this space and may read and code, by name."""
    mine = sa.select(Person).where(Person.id.in_(reading_here()))
    return sorted(db.session.scalars(mine), key=lambda person: person.display_name.casefold())


def readers_of(consultation: Consultation) -> list[Reader]:
    """Everybody who may read here, with what they have; what nobody has comes last."""
    rows = listed(consultation)
    coded = sa.func.sum(sa.case((rows.c.coded, 1), else_=0))
    counted = sa.select(rows.c.response_id, rows.c.reader, sa.func.count(), coded).group_by(
        rows.c.response_id, rows.c.reader
    )
    answered: dict[UUID, Answering] = {}
    for function in _answered:
        answered |= function(consultation)
    found: dict[UUID | None, list[tuple[UUID, int, int]]] = {}
    for response, reader, passages, read in db.session.execute(counted):
        found.setdefault(reader, []).append((response, passages, read or 0))
    people: list[Person | None] = [*readers_here(), None]
    return [row_of(person, found.get(person.id if person else None, []), answered) for person in people]


def row_of(
    person: Person | None, rows: list[tuple[UUID, int, int]], answered: dict[UUID, Answering]
) -> Reader:
    theirs = [answered.get(response, Answering()) for response, _, _ in rows]
    return Reader(
        person,
        responses=len(rows),
        progress=Progress(sum(row[1] for row in rows), sum(row[2] for row in rows)),
        answering=together(theirs),
    )


def together(parts: Iterable[Answering]) -> Answering:
    rows = list(parts)
    names = ("points", "answered", "agreed")
    return Answering(*(sum(getattr(row, name) for row in rows) for name in names))


def person_here(id_: UUID | None) -> Person:
    """Raises Refused where this is nobody who reads here."""
    found = next((person for person in readers_here() if person.id == id_), None)
    if found is None:
        raise Refused("Choose somebody who works here and may read.")
    return found
