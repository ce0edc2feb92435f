"""Importing responses received elsewhere. A row goes in whole or not at all; what is there already stays as it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from consult import audit, clock, tenancy
from consult.areas import postcodes
from consult.areas.models import Postcode
from consult.consultations.models import Consultation, find
from consult.database import db, unit_of_work
from consult.responses import sheet
from consult.responses.models import Response
from consult.responses.reading import Refused, submission_of
from consult.responses.receiving import Submission, composed, mark_late, receive, says_the_same

AT_A_TIME = 250  # rows of one transaction: residents' responses wait for it no longer than a blink
Numbered = tuple[int, Submission]  # with the number of its row


class NotImported(ValueError):
    """Nothing was imported; `str()` is one plain sentence."""


@dataclass
class Outcome:
    accepted: int = 0
    already_there: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)

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
    """Raises NotImported, or sheet.Unreadable; either way before anything is stored."""
    outcome = Outcome()
    with tenancy.inside(space_id):
        rows = each_once(list(sheet.rows(path, taking(reference))), outcome)
    while batch := list(islice(rows, AT_A_TIME)):
        with unit_of_work(), tenancy.inside(space_id):
            import_batch(taking(reference), batch, outcome)
            db.session.flush()
    if outcome.accepted:
        with unit_of_work(), tenancy.inside(space_id):
            note(reference, path, outcome)
    outcome.refused.sort()
    return outcome


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
    earlier: dict[str, sheet.Row] = {}
    for row in rows:
        name = row["external_id"]
        if not name or name not in earlier:
            earlier[name] = row
            yield row
            continue
        alike = "the same" if row.cells == earlier[name].cells else "something else"
        sentence = f"external_id {name} stands in row {earlier[name].number} already, and says {alike} here"
        outcome.refused.append((row.number, sentence))


def import_batch(consultation: Consultation, batch: Iterable[sheet.Row], outcome: Outcome) -> None:
    batch = list(batch)
    held = postcodes_of(batch)  # the session keeps what somebody holds, so that no row asks for its own
    taken = list(fresh(consultation, batch, outcome))
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


def fresh(consultation: Consultation, batch: list[sheet.Row], outcome: Outcome) -> Iterator[Numbered]:
    """The rows that can go in and are not there."""
    known = those_there(consultation, [f"import:{row['external_id']}" for row in batch])
    for row in batch:
        try:
            submission = submission_of(row, consultation)
        except Refused as problem:
            outcome.refused.append((row.number, str(problem)))
            continue
        if submission.key in known:
            outcome.meet((row.number, submission), known[submission.key])
        else:
            yield row.number, submission


def is_this(response: Response, submission: Submission) -> bool:
    """Whether it says the same, and came in the same way on the same day (a row without a day says nothing of it)."""
    days = {clock.uk(at).date() for at in (response.received, submission.received or response.received)}
    came_alike = response.channel == submission.channel and len(days) == 1
    return came_alike and says_the_same(response, submission)


def postcodes_of(rows: Iterable[sheet.Row]) -> list[Postcode]:
    codes = {postcodes.normalised(row["postcode"]) for row in rows}
    return list(db.session.scalars(sa.select(Postcode).where(Postcode.code.in_(codes - {None}))))


def those_there(consultation: Consultation, keys: list[str]) -> dict[str, Response]:
    there = (
        sa.select(Response)
        .where(Response.consultation_id == consultation.id, Response.key.in_(keys))
        .options(selectinload(Response.answers), selectinload(Response.places))
    )
    return {response.key: response for response in db.session.scalars(there)}


def note(reference: str, path: Path, outcome: Outcome) -> None:
    counts = {
        "accepted": outcome.accepted,
        "already_there": outcome.already_there,
        "refused": len(outcome.refused),
    }
    audit.record("responses.imported", f"{path.name} into {reference}", **counts)
    db.session.flush()
