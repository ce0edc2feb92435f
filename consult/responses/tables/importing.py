"""Importing responses received elsewhere. A row goes in whole or not at all; what is there already stays as it is."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from consult import audit, clock, tenancy
from consult.areas.models import Postcode
from consult.consultations.models import Consultation, find
from consult.database import db, unit_of_work
from consult.responses.models import Response
from consult.responses.receiving import Submission, composed, mark_late, receive, says_the_same
from consult.responses.tables import sheet
from consult.responses.tables.pile import Pile
from consult.responses.tables.reading import Refused, submission_of

AT_A_TIME = 250  # rows that are looked for and stored with one statement a table
Numbered = tuple[int, Submission]  # with the number of its row


class NotImported(ValueError):
    """Nothing was imported; `str()` is one plain sentence."""


@dataclass
class Outcome:
    accepted: int = 0
    already_there: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    told: str = ""  # what was taken for granted when the file was read

    def meet(self, numbered: Numbered, response: Response) -> None:
        """A row whose external_id is that of a response: there already, if the response is this one."""
        number, submission = numbered
        if is_this(response, submission):
            self.already_there += 1
            return
        sentence = (
            f"external_id {submission.external_id} was received already, as {response.reference}, which says "
            "something else and stays as it is: a further response needs an external_id of its own"
        )
        self.refused.append((number, sentence))


def import_file(space_id: UUID, reference: str, path: Path) -> Outcome:
    """The rows that can be taken go in together, in one transaction; the others are named. Raises NotImported, or
    sheet.Unreadable, before anything is stored."""
    content = sheet.content_of(path)
    with tenancy.inside(space_id):  # read before the transaction that writes, which others have to wait for
        taken, outcome = looked_over(taking(reference), content)
        outcome.told = sheet.told_of(content)
    with unit_of_work(), tenancy.inside(space_id):
        bring_in(taking(reference), taken, outcome, path.name)
        db.session.flush()
    outcome.refused.sort()
    return outcome


def looked_over(consultation: Consultation, content: bytes) -> tuple[Pile, Outcome]:
    """The rows that could go in, and what is to be said of the others; nothing is stored. Raises sheet.Unreadable."""
    outcome, taken = Outcome(), Pile()
    rows = each_once(sheet.rows(content, consultation), outcome)
    while batch := list(islice(rows, AT_A_TIME)):
        taken.add(fresh(consultation, list(submissions(consultation, batch, outcome)), outcome))
    outcome.refused.sort()
    return taken, outcome


def bring_in(consultation: Consultation, taken: Pile, outcome: Outcome, name: str, by: Any = None) -> None:
    """Stores them in the transaction it is called in; what somebody has stored since they were looked over is met."""
    for portion in taken.portions():
        store(consultation, fresh(consultation, portion, outcome), outcome)
    if outcome.accepted:
        note(consultation, name, outcome, by)


def taking(reference: str) -> Consultation:
    consultation = find(reference)
    if consultation is None:
        raise NotImported(f"There is no consultation {reference} in this space.")
    if consultation.state() not in ("open", "closed"):
        raise NotImported(
            "Responses can be imported once the consultation has opened: its questions may still change."
        )
    return consultation


def each_once(rows: Iterable[sheet.Row], outcome: Outcome) -> Iterator[sheet.Row]:
    """The rows, less each whose external_id an earlier one has: even where both say the same, somebody should look."""
    earlier: dict[str, tuple[int, bytes]] = {}
    for row in rows:
        name, says = row["external_id"], digest(row)
        if not name or name not in earlier:
            earlier[name] = row.number, says
            yield row
            continue
        number, said = earlier[name]
        alike = "the same" if says == said else "something else"
        sentence = f"external_id {name} stands in row {number} already, and says {alike} here"
        outcome.refused.append((row.number, sentence))


def digest(row: sheet.Row) -> bytes:
    return hashlib.blake2b(repr(sorted(row.cells.items())).encode(), digest_size=16).digest()


def store(consultation: Consultation, taken: list[Numbered], outcome: Outcome) -> None:
    held = postcodes_of(taken)  # the session keeps what somebody holds, so that no row asks for its own
    # Composed first and added together: a look-up between two of them would flush one response at a time.
    made = [composed(consultation, submission) for _number, submission in taken]
    try:
        with db.session.begin_nested():
            mark_late(consultation, [response for response, _parts in made])
            db.session.add_all(row for response, parts in made for row in (response, *parts))
        outcome.accepted += len(made)
        del held
    except IntegrityError:  # another import at the same moment, or a reference that was taken: one by one
        for numbered in taken:
            response, already_there = receive(consultation, numbered[1])
            if already_there:
                outcome.meet(numbered, response)
            else:
                outcome.accepted += 1


def submissions(
    consultation: Consultation, rows: Iterable[sheet.Row], outcome: Outcome
) -> Iterator[Numbered]:
    """The rows that say what a response can say."""
    for row in rows:
        try:
            yield row.number, submission_of(row, consultation)
        except Refused as problem:
            outcome.refused.append((row.number, str(problem)))


def fresh(consultation: Consultation, numbered: list[Numbered], outcome: Outcome) -> list[Numbered]:
    """Those that are not there."""
    known = those_there(consultation, [submission.key for _number, submission in numbered])
    for number, submission in numbered:
        if submission.key in known:
            outcome.meet((number, submission), known[submission.key])
    return [each for each in numbered if each[1].key not in known]


def is_this(response: Response, submission: Submission) -> bool:
    """Whether it says the same, and came in the same way on the same day (a row without a day says nothing of it)."""
    days = {clock.uk(at).date() for at in (response.received, submission.received or response.received)}
    came_alike = response.channel == submission.channel and len(days) == 1
    return came_alike and says_the_same(response, submission)


def postcodes_of(taken: Iterable[Numbered]) -> list[Postcode]:
    codes = {submission.postcode for _number, submission in taken if submission.postcode}
    return list(db.session.scalars(sa.select(Postcode).where(Postcode.code.in_(codes))))


def those_there(consultation: Consultation, keys: list[str]) -> dict[str, Response]:
    there = (
        sa.select(Response)
        .where(Response.consultation_id == consultation.id, Response.key.in_(keys))
        .options(selectinload(Response.answers), selectinload(Response.places))
    )
    return {response.key: response for response in db.session.scalars(there)}


def note(consultation: Consultation, name: str, outcome: Outcome, by: Any) -> None:
    counts = {
        "accepted": outcome.accepted,
        "already_there": outcome.already_there,
        "refused": len(outcome.refused),
    }
    audit.record("responses.imported", f"{name} into {consultation.reference}", by=by, **counts)
