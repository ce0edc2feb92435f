"""Importing responses received elsewhere. A row goes in whole or not at all; what is there already stays as it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from consult import audit, tenancy
from consult.areas import postcodes
from consult.areas.models import Postcode
from consult.consultations.models import Consultation, find
from consult.database import db, unit_of_work
from consult.responses import sheet
from consult.responses.models import Response
from consult.responses.reading import Refused, submission_of
from consult.responses.receiving import Submission, composed, receive

AT_A_TIME = 250  # rows of one transaction: residents' responses wait for it no longer than a blink


class NotImported(ValueError):
    """Nothing was imported; `str()` is one plain sentence."""


@dataclass
class Outcome:
    accepted: int = 0
    already_there: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def import_file(space_id: UUID, reference: str, path: Path) -> Outcome:
    """Raises NotImported, or sheet.Unreadable; either way before anything is stored."""
    outcome = Outcome()
    with tenancy.inside(space_id):
        rows = iter(list(sheet.rows(path, taking(reference))))
    while batch := list(islice(rows, AT_A_TIME)):
        with unit_of_work(), tenancy.inside(space_id):
            import_batch(taking(reference), batch, outcome)
            db.session.flush()
    if outcome.accepted:
        with unit_of_work(), tenancy.inside(space_id):
            note(reference, path, outcome)
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


def import_batch(consultation: Consultation, batch: Iterable[sheet.Row], outcome: Outcome) -> None:
    batch = list(batch)
    held = postcodes_of(batch)  # the session keeps what somebody holds, so that no row asks for its own
    submissions = list(fresh(consultation, batch, outcome))
    # Composed first and added together: a look-up between two of them would flush one response at a time.
    rows = [
        row
        for response, parts in map(partial(composed, consultation), submissions)
        for row in (response, *parts)
    ]
    try:
        with db.session.begin_nested():
            db.session.add_all(rows)
        outcome.accepted += len(submissions)
        del held
    except IntegrityError:  # another import at the same moment, or a reference that was taken: one by one
        for submission in submissions:
            _, already_there = receive(consultation, submission)
            outcome.already_there += already_there
            outcome.accepted += not already_there


def fresh(consultation: Consultation, batch: Iterable[sheet.Row], outcome: Outcome) -> Iterator[Submission]:
    """The rows that can go in and are not there."""
    rows = list(batch)
    known = keys_there(consultation, [f"import:{row['external_id']}" for row in rows])
    for row in rows:
        try:
            submission = submission_of(row, consultation)
        except Refused as problem:
            outcome.refused.append((row.number, str(problem)))
            continue
        if submission.key in known:
            outcome.already_there += 1
            continue
        known.add(submission.key)
        yield submission


def postcodes_of(rows: Iterable[sheet.Row]) -> list[Postcode]:
    codes = {postcodes.normalised(row["postcode"]) for row in rows}
    return list(db.session.scalars(sa.select(Postcode).where(Postcode.code.in_(codes - {None}))))


def keys_there(consultation: Consultation, keys: list[str]) -> set[str]:
    there = sa.select(Response.key).where(Response.consultation_id == consultation.id, Response.key.in_(keys))
    return set(db.session.scalars(there))


def note(reference: str, path: Path, outcome: Outcome) -> None:
    counts = {
        "accepted": outcome.accepted,
        "already_there": outcome.already_there,
        "refused": len(outcome.refused),
    }
    audit.record("responses.imported", f"{path.name} into {reference}", **counts)
    db.session.flush()
