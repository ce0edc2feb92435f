"""One representation as the examiner reads it: everything that was given, and nothing taken out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from consult.clearing.erasing import erasures_of
from consult.clearing.models import EVERYTHING
from consult.consultations.words import day, moment
from consult.entering.scans import scans_of
from consult.responses.file_pages import files_of
from consult.responses.form import telling
from consult.responses.models import Response
from consult.responses.words import CHANNELS, CONNECTIONS, HOMES, KINDS

STATUSES: Final = {
    "counted": "",
    "late": "Received after the close",
    "duplicate": "Set aside as a duplicate",
    "excluded": "Set aside",
    "withdrawn": "Withdrawn by whoever sent it",
}
TOLD: Final = {  # as the form says it to whoever writes
    "What you think": "Stance",
    "Your reasons": "Reasons",
    "What you would change": "Modification sought",
}


@dataclass(frozen=True)
class Representation:
    """`said` is (about, [(label, words)]); `files` are the names in the bundle with their bytes."""

    reference: str
    facts: list[tuple[str, str]]
    said: list[tuple[str, list[tuple[str, str]]]]
    notes: list[str]
    who: str
    late: bool
    hearing: bool
    files: list[tuple[str, str, str, bytes]] = field(default_factory=list)  # name, title, media type, content


def of(response: Response, status: str, at: datetime) -> Representation:
    """As it was when the bundle was asked for; words that were erased since are gone."""
    notes = list(notes_of(response, status))
    return Representation(
        reference=response.reference,
        facts=[(name, words) for name, words in facts_of(response) if words],
        said=said_of(response),
        notes=notes,
        who=", ".join(part for part in (response.name, response.organisation) if part) or "Name not given",
        late=response.late,
        hearing=response.wants_hearing,
        files=list(files_with(response, at)),
    )


def notes_of(response: Response, status: str) -> Iterator[str]:
    if response.late and status != "late":
        yield f"{STATUSES['late']}."
    if STATUSES[status]:
        aside = response.set_aside
        reason = f": {aside.reason}" if aside and aside.reason else ""
        yield f"{STATUSES[status]}{reason}."
    for erasure in erasures_of(response):
        what = "All words" if erasure.extent == EVERYTHING else "Personal details"
        yield f"{what} of it were erased on {day(erasure.at.date())}, as data protection law asks."


def facts_of(response: Response) -> Iterator[tuple[str, str]]:
    """Everything that the sender gave of themselves, since the examiner may have to write to them."""
    yield (
        "Received",
        f"{moment(response.received)} ({str(CHANNELS.get(response.channel, response.channel)).lower()})",
    )
    yield "Name", response.name
    yield "Organisation", response.organisation
    yield "On behalf of", response.client
    yield "Speaks as", str(KINDS.get(response.kind, response.kind))
    yield "Email", response.email
    yield "Address", response.address
    yield "Postcode", response.postcode
    yield "People", str(response.people) if response.people > 1 else ""
    yield "Connection", ", ".join(str(CONNECTIONS.get(each, each)) for each in response.connection)
    yield "Home", str(HOMES.get(response.home, ""))
    yield "Wishes to speak at a hearing", "Yes" if response.wants_hearing else "No"
    yield "Why", response.why_hearing
    yield "Asked to be told of the decision", "Yes" if response.tell_decision else "No"


def said_of(response: Response) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (str(each.about), [(TOLD.get(str(label), str(label)), str(words)) for label, words in each.lines])
        for each in telling.told(response.consultation, response)
    ]


def files_with(response: Response, at: datetime) -> Iterator[tuple[str, str, str, bytes]]:
    """What came with it, and the pictures of its sheets that were there when the bundle was asked for."""
    kept: list[tuple[str, Any]] = [("A file that came with it", each) for each in files_of(response)]
    kept += [("The sheet as it came", scan) for scan in scans_of(response) if scan.at <= at]
    for number, (title, file) in enumerate(kept, 1):
        yield f"{number}-{file.name}", title, file.media_type, file.content
