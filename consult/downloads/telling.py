"""What every download says of itself: the selection, when and by whom it was made, and where each response is."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from consult.clearing.erasing import number_erased
from consult.consultations.stages import STAGES
from consult.consultations.words import moment
from consult.downloads.choosing import Chosen
from consult.downloads.filters import Filter, body_of
from consult.downloads.forms import ROWS
from consult.feedback import tallies
from consult.feedback.tallies import Reconciliation
from consult.feedback.words import CHANNELS, GROUPS, KINDS, STANCES
from consult.reports.statement import line_of
from consult.spaces.models import standing

FULL = "It holds what people wrote, word for word. Please do not publish it."
METHOD = (
    "Numbers are counted once, from frozen snapshots, by the rules of every report. People are individuals and those "
    "who sign with them; an organisation is one. Policies, stances and themes are those of one and the same point, as "
    "it was given or as whoever coded it read it; the figures of a report count stances as they were given."
)
LIMITS = "Whoever wished to respond did: this is not a survey, and no figure is a vote."
ANEW = (
    "This file was made anew on {when} UK time, after words in it had been erased at somebody’s request: “[erased]” "
    "stands where they stood. Every number is as it was."
)
Told = list[tuple[str, str]]


def in_words(chosen: Filter, policies: dict[str, str] | None = None) -> Told:
    """The selection as people read it; one line where everything is selected."""
    named: dict[str, tuple[str, Any]] = {
        "stage": ("Stage", {key: stage.words for key, stage in STAGES.items()}),
        "body": ("Body", {}),
        "policy": ("Policy", policies or {}),
        "stance": ("Stance", STANCES),
        "theme": ("Theme", {}),
        "kind": ("Who they are", KINDS),
        "home": ("Where they live", GROUPS["home"]),
        "connection": ("Connection with the area", GROUPS["connection"]),
        "channel": ("How the response came", CHANNELS),
        "received_from": ("Received on or after", {}),
        "received_to": ("Received on or before", {}),
    }
    kept = chosen.kept()
    return [
        (words, str(says.get(kept[name], kept[name])))
        for name, (words, says) in named.items()
        if name in kept
    ]


def counts_of(each: Chosen) -> dict[str, int]:
    """As a download keeps them. `responses`, `people` and `points` are of counted responses; `raised` has the points of
    the others too, as the log lists them."""
    found = each.counts
    responses, people = found.counted.responses or 0, found.counted.people or 0
    points = found.points.value or 0 if found.points else 0
    numbers = {"responses": responses, "people": people, "points": points, "raised": len(each.raised_by)}
    return asdict(found.line) | numbers


def rows_of(counts: dict[str, int], rows: str) -> int:
    return counts["raised" if rows == "points" else "received"]


@dataclass(frozen=True)
class Statement:
    """What one file says of itself."""

    title: str
    by: str
    at: datetime
    rows: str
    filter: Told
    chosen: list[Chosen]
    made_anew: datetime | None = None

    def told(self) -> Told:
        return list(self.lines())

    def lines(self) -> Iterator[tuple[str, str]]:
        yield "What this is", self.title
        yield "Body", standing().name
        yield "Made", f"{moment(self.at)} UK time, by {self.by}"
        yield "Selection", sentence_of(self.filter)
        yield "Rows", ROWS[self.rows]
        for each in self.chosen:
            yield from of_one(each, self.rows)
        if self.made_anew:
            yield "Erased since", ANEW.format(when=moment(self.made_anew))
        yield "Method", METHOD
        yield "Limits", f"{LIMITS} {FULL}"


def of_one(each: Chosen, rows: str) -> Iterator[tuple[str, str]]:
    consultation, counts = each.consultation, counts_of(each)
    _, body = body_of(consultation)
    yield "Consultation", f"{consultation.title} ({consultation.reference}{f', {body}' if body else ''})"
    yield "All of its responses", line_of(tallies.reconciliation(each.facts))
    yield "Selected of them", line_of(each.counts.line)
    yield "Counted and selected", numbers_of(counts)
    yield "Rows of it here", f"{rows_of(counts, rows):,}"
    if each.snapshot is not None:
        yield "Snapshot (SHA-256)", each.snapshot.sha256
        if each.snapshot.audit_head:
            yield "Head of the audit log (SHA-256)", each.snapshot.audit_head
    if erased := number_erased(consultation):
        yield (
            "Erased",
            f"The words of {erased:,} of its responses were erased; “[erased]” stands where they stood.",
        )


def sentence_of(told: Iterable[Iterable[str]]) -> str:
    return "; ".join(": ".join(pair) for pair in told) or "Everything"


def numbers_of(counts: dict[str, int]) -> str:
    responses, people, points = (counts[name] for name in ("responses", "people", "points"))
    return (
        f"{responses:,} {'response' if responses == 1 else 'responses'} of {people:,} "
        f"{'person' if people == 1 else 'people'}; {points:,} {'point' if points == 1 else 'points'} selected"
    )


def line_of_counts(counts: dict[str, int]) -> str:
    return line_of(Reconciliation(**{field.name: counts[field.name] for field in fields(Reconciliation)}))
