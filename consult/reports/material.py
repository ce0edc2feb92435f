"""All that the files of a report are made from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from shapely.geometry.base import BaseGeometry

from consult.clearing.public import Said
from consult.consultations.models import Consultation
from consult.feedback.amounts import middles
from consult.feedback.board import Board, by_name, nowhere, rows_of
from consult.feedback.coded import Coded
from consult.feedback.facts import Facts
from consult.feedback.tallies import Figure, Reconciliation
from consult.feedback.words import STATUSES
from consult.reports.document import Words
from consult.reports.points import Point, Voice
from consult.reports.replying import Answered

LAYERS = {
    True: "Public version: figures only. Nothing that a resident wrote or pinned is in it.",
    False: "Full version, for the authority: it holds what people wrote, word for word. Please do not publish it.",
}
WITH_COMMENTS = (
    "Public version: figures, and comments that a person has read and cleared, without personal details. "
    "Nothing else that a resident wrote or pinned is in it."
)


@dataclass(frozen=True)
class Material:
    consultation: Consultation
    facts: Facts
    figures: list[Figure]
    line: Reconciliation
    voices: list[Voice]
    points: list[Point]  # as they were given: an answer is one
    coded: Coded
    logged: list[Point]  # as they were coded, with what was replied
    answered: list[Answered]  # the issues whose reply was agreed by then
    said: list[Said]  # what a person has cleared for everyone; only in the public layer
    outline: BaseGeometry | None
    at: datetime
    snapshot: str
    audit_head: str  # empty for snapshots of before it was kept
    public: bool
    own: dict[str, str] = field(default_factory=dict)  # the body's own words, by the part of the statement

    @property
    def layer(self) -> str:
        return WITH_COMMENTS if self.said else LAYERS[self.public]

    @property
    def board(self) -> Board:
        line = {name: getattr(self.line, name) for name in STATUSES}
        amounts = () if self.public else (rows_of(self.facts), middles(self.facts))
        return Board(
            self.facts.questions, self.facts.policies, by_name(self.figures), line, "", nowhere, *amounts
        )


def own(given: Material, part: str) -> Iterator[Words]:
    """What the body itself wrote for a part, paragraph by paragraph."""
    yield from (Words(each) for each in given.own.get(part, "").split("\n\n") if each.strip())
