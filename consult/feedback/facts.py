"""The facts of a consultation, in columns: who responded and what they ticked. No words, no names, no pins.

Two people who take the same facts get the same bytes, on any machine and database, so a hash names them.
"""

import hashlib
import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

import numpy as np
import numpy.typing as npt

from consult.consultations.questions.kinds import MEASURED
from consult.web.languages import alike

FORMAT = b"consult facts 1\n"
STATUSES = ("counted", "duplicate", "late", "withdrawn", "excluded")
HOMES = ("inside", "outside", "unknown")
CONNECTIONS = ("live", "work", "business")  # a response may have several, so each is a bit
STANCES = ("support", "support_with_changes", "object", "comment")
NUMBERED = {stance: number for number, stance in enumerate(STANCES)}
OF_PEOPLE = ("individual", "landowner")  # and those who sign with them; any other kind speaks with one voice
NONE = -1

Column = npt.NDArray[Any]


@dataclass(frozen=True)
class Asked:
    """A question as it was put; `options` are (key, label)."""

    reference: str
    kind: str
    title: str
    options: tuple[tuple[str, str], ...] = ()

    def option(self, key: str | None) -> int:
        return index([k for k, _ in self.options], key)


@dataclass(frozen=True)
class Proposed:
    """A policy as it was put."""

    reference: str
    title: str

    @property
    def name(self) -> str:
        """“H1 New homes”, in the language of its title."""
        return alike(f"{self.reference} {self.title}", self.title)


class ResponseFact(NamedTuple):
    id: UUID
    reference: str
    received: datetime
    status: str
    kind: str
    channel: str
    people: int
    connection: Sequence[str]
    home: str
    campaign: str = ""  # the confirmed campaign or petition that it is of
    signatures: int | None = None  # of a petition: how many people it counts as


class AnswerFact(NamedTuple):
    response: UUID
    question: str
    policy: str | None
    option: str | None
    stance: str | None
    text: bool
    value: float | None = None  # a number, or the ordinal of a day


class PlaceFact(NamedTuple):
    response: UUID
    question: str
    mapped: bool


def people_in(kind: str, people: int, signatures: int | None = None) -> int:
    """Individuals and those who signed with them. An organisation is one, however many members it claims; a petition is
    as many as somebody has confirmed."""
    if signatures is not None:
        return signatures
    return max(people, 1) if kind in OF_PEOPLE else 1


@dataclass(frozen=True, eq=False)
class Facts:
    """`columns` has one entry a response (`status`, `people` …), an answer (`answer_…`) and a place (`place_…`)."""

    consultation: str
    questions: tuple[Asked, ...]
    policies: tuple[Proposed, ...]
    references: tuple[str, ...]
    received: tuple[str, ...]
    kinds: tuple[str, ...]
    channels: tuple[str, ...]
    columns: dict[str, Column]
    campaigns: tuple[str, ...] = ()

    def __getitem__(self, column: str) -> Column:
        return self.columns[column]

    def __len__(self) -> int:
        return len(self.references)

    def ids(self, where: Column) -> list[UUID]:
        """The responses at these places of the columns (a mask or indices)."""
        return [UUID(bytes=row.tobytes()) for row in self["id"][where]]

    @cached_property
    def places(self) -> dict[UUID, int]:
        """Where in the columns each response stands."""
        return {id_: place for place, id_ in enumerate(self.ids(np.arange(len(self))))}

    @cached_property
    def in_order(self) -> tuple[Column, Column]:
        """The references from the first letter to the last, and where each response's stands among them."""
        order = np.array(sorted(range(len(self)), key=self.references.__getitem__), "i8")
        rank = np.empty(len(self), "i8")
        rank[order] = np.arange(len(self))
        return np.array(self.references, object)[order], rank

    @cached_property
    def kept(self) -> dict[Any, Any]:
        """What was worked out of these facts and can be used again, since they never change."""
        return {}

    def to_bytes(self) -> bytes:
        shapes = {name: [column.dtype.str, *column.shape] for name, column in self.columns.items()}
        head = {name: getattr(self, name) for name in WORDS} | {
            "questions": [asdict(question) for question in self.questions],
            "policies": [asdict(policy) for policy in self.policies],
            "columns": shapes,
        }
        if self.campaigns:  # facts of consultations without any stay as they were
            head["campaigns"] = self.campaigns
        words = json.dumps(head, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        return b"".join([FORMAT, words, b"\n", *(self.columns[name].tobytes() for name in sorted(shapes))])

    @classmethod
    def from_bytes(cls, content: bytes) -> "Facts":
        if not content.startswith(FORMAT):
            raise ValueError("These are not the facts of a consultation.")
        end = content.index(b"\n", len(FORMAT))
        head = json.loads(content[len(FORMAT) : end])
        return cls(
            questions=tuple(asked(**question) for question in head["questions"]),
            policies=tuple(Proposed(**policy) for policy in head["policies"]),
            columns=read_columns(head["columns"], content[end + 1 :]),
            consultation=head["consultation"],
            campaigns=tuple(head.get("campaigns", ())),
            **{name: tuple(head[name]) for name in WORDS if name != "consultation"},
        )

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.to_bytes()).hexdigest()


WORDS = ("consultation", "references", "received", "kinds", "channels")


def asked(reference: str, kind: str, title: str, options: Iterable[Sequence[str]]) -> Asked:
    return Asked(reference, kind, title, tuple((key, label) for key, label in options))


def read_columns(shapes: dict[str, list[Any]], content: bytes) -> dict[str, Column]:
    columns, at = {}, 0
    for name in sorted(shapes):
        kind, *shape = shapes[name]
        size = int(np.prod(shape))
        columns[name] = np.frombuffer(content, kind, size, at).reshape(shape)
        at += size * np.dtype(kind).itemsize
    return columns


def index(words: Sequence[str], word: str | None) -> int:
    return words.index(word) if word in words else NONE


def gather(
    consultation: str,
    questions: Sequence[Asked],
    policies: Sequence[Proposed],
    responses: Iterable[ResponseFact],
    answers: Iterable[AnswerFact],
    places: Iterable[PlaceFact],
) -> Facts:
    """Facts from plain rows, in whatever order they come."""
    rows = sorted(responses, key=lambda row: (row.received, row.reference, row.id))
    kinds, channels = (tuple(sorted({getattr(row, of) for row in rows})) for of in ("kind", "channel"))
    campaigns = tuple(sorted({row.campaign for row in rows} - {""}, key=lambda name: (len(name), name)))
    return Facts(
        consultation=consultation,
        questions=tuple(questions),
        policies=tuple(policies),
        references=tuple(row.reference for row in rows),
        received=tuple(row.received.astimezone(UTC).isoformat() for row in rows),
        kinds=kinds,
        channels=channels,
        campaigns=campaigns,
        columns=response_columns(rows, kinds, channels)
        | campaign_column(rows, campaigns)
        | answer_columns(rows, questions, policies, answers)
        | place_columns(rows, questions, places),
    )


def response_columns(
    rows: list[ResponseFact], kinds: Sequence[str], channels: Sequence[str]
) -> dict[str, Column]:
    ids = np.frombuffer(b"".join(row.id.bytes for row in rows), "u1").reshape(len(rows), 16)
    homes = [row.home if row.home in HOMES else "unknown" for row in rows]
    return {
        "id": ids,
        "status": np.array([STATUSES.index(row.status) for row in rows], "i1"),
        "kind": np.array([kinds.index(row.kind) for row in rows], "i1"),
        "channel": np.array([channels.index(row.channel) for row in rows], "i1"),
        "people": np.array([people_in(row.kind, row.people, row.signatures) for row in rows], "<i4"),
        "connection": np.array([bits(row.connection) for row in rows], "u1"),
        "home": np.array([HOMES.index(home) for home in homes], "i1"),
    }


def campaign_column(rows: list[ResponseFact], campaigns: Sequence[str]) -> dict[str, Column]:
    return (
        {"campaign": np.array([index(campaigns, row.campaign) for row in rows], "<i4")} if campaigns else {}
    )


def bits(connection: Sequence[str]) -> int:
    return sum(1 << place for place, word in enumerate(CONNECTIONS) if word in connection)


def answer_columns(
    rows: list[ResponseFact],
    questions: Sequence[Asked],
    policies: Sequence[Proposed],
    answers: Iterable[AnswerFact],
) -> dict[str, Column]:
    place = {row.id: number for number, row in enumerate(rows)}
    question = {q.reference: number for number, q in enumerate(questions)}
    policy = {p.reference: number for number, p in enumerate(policies)}
    options = [{key: q.option(key) for key, _ in q.options} for q in questions]
    values = array("d")

    def told() -> Iterator[int]:
        """One after the other: there may be a million, and a list of tuples of them is large and slow to sort."""
        for a in answers:
            asked = question[a.question]
            values.append(-np.inf if a.value is None else a.value)
            yield place[a.response]
            yield asked
            yield policy.get(a.policy or "", NONE)
            yield options[asked].get(a.option or "", NONE)
            yield NUMBERED.get(a.stance or "", NONE)
            yield int(a.text)

    names = ("response", "question", "policy", "option", "stance", "text")
    table = np.fromiter(told(), "<i4").reshape(-1, len(names))
    given = np.frombuffer(values, "<f8") if values else np.array([], "<f8")
    order = np.lexsort((given, *table.T[::-1]))
    columns = {f"answer_{name}": np.ascontiguousarray(table[order, at]) for at, name in enumerate(names)}
    if any(
        q.kind in MEASURED for q in questions
    ):  # facts of consultations without such a question stay as they were
        columns["answer_value"] = given[order]
    return columns


def place_columns(
    rows: list[ResponseFact], questions: Sequence[Asked], places: Iterable[PlaceFact]
) -> dict[str, Column]:
    place = {row.id: number for number, row in enumerate(rows)}
    question = {q.reference: number for number, q in enumerate(questions)}
    table = sorted((place[p.response], question[p.question], int(p.mapped)) for p in places)
    return columns_of("place", ("response", "question", "mapped"), table)


def columns_of(prefix: str, names: Sequence[str], table: Sequence[Sequence[int]]) -> dict[str, Column]:
    values = np.array(table, "<i4").reshape(len(table), len(names))
    return {f"{prefix}_{name}": np.ascontiguousarray(values[:, at]) for at, name in enumerate(names)}
