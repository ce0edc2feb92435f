"""The only code that counts. Every page, chart, report and download shows its numbers and none of its own.

One response has one status (`responses/standing.py`), and so
    received = counted + duplicates + late + withdrawn + excluded.
A late response is kept and marked and has its own place in that line; it is not in the figures. Each figure counts
responses and people, and names its responses by a hash, so that anybody can open and recompute it.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import numpy as np
import sqlalchemy as sa

from consult import clock
from consult.consultations.models import Consultation
from consult.database import db
from consult.feedback.crossing import cross
from consult.feedback.disclosure import SMALLEST, kept_back
from consult.feedback.facts import CONNECTIONS, HOMES, STANCES, STATUSES, Column, Facts
from consult.feedback.measures import amounts_given, blocks, measured
from consult.feedback.taking import take
from consult.responses.models import Response

__all__ = [
    "SMALLEST",
    "Facts",
    "Figure",
    "Reconciliation",
    "behind",
    "cross",
    "figures",
    "of_points",
    "received",
    "reconciliation",
    "take",
    "without",
]
SPLITS = ("home", "connection", "kind")
DISJOINT = ("home", "kind")  # somebody may both live and work here, so connections overlap


@dataclass(frozen=True)
class Figure:
    """`value` is what is counted: responses, or places where the key ends in `.places`. None where kept back."""

    key: str
    filter: str
    responses: int | None
    people: int | None
    value: int | None
    suppressed: bool
    ids_sha256: str


@dataclass(frozen=True)
class Reconciliation:
    received: int
    counted: int
    duplicates: int
    late: int
    withdrawn: int
    excluded: int

    @property
    def adds_up(self) -> bool:
        return self.received == self.counted + self.duplicates + self.late + self.withdrawn + self.excluded


LINE = {
    "counted": "counted",
    "duplicates": "duplicate",
    "late": "late",
    "withdrawn": "withdrawn",
    "excluded": "excluded",
}


def received(consultation: Consultation) -> int:
    """Everything that has come in, whatever became of it."""
    here = Response.consultation_id == consultation.id
    return db.session.scalar(sa.select(sa.func.count()).select_from(Response).where(here)) or 0


def reconciliation(facts: Facts, among: Column | None = None) -> Reconciliation:
    """Of every response, or of those `among` which this mask has."""
    statuses = facts["status"] if among is None else facts["status"][among]
    counts = np.bincount(statuses, minlength=len(STATUSES))
    line = {name: int(counts[STATUSES.index(status)]) for name, status in LINE.items()}
    return Reconciliation(received=len(statuses), **line)


def figures(facts: Facts, *, public: bool = False, splits: tuple[str, ...] = SPLITS) -> list[Figure]:
    """Every figure: the headline (filter "") and the groups of each split. `public` keeps small groups back."""
    measures = [*measured(facts), *(() if public else amounts_given(facts))]
    found = [
        figure(facts, key, weights, name, group)
        for key, weights in measures
        for name, group in groups(facts, splits)
    ]
    return cleared(facts, found, splits) if public else found


def behind(facts: Facts, key: str, filter_: str = "") -> list[UUID]:
    """The responses behind a figure, or behind a number of the reconciliation line, in the order of arrival."""
    if key == "received" or key in LINE:
        weights = facts["status"] == STATUSES.index(LINE[key]) if key in LINE else np.ones(len(facts), bool)
        group = dict(groups(facts, (*SPLITS, "day"), counted=False)).get(filter_)
    else:
        weights = dict([*measured(facts), *amounts_given(facts)]).get(key)
        group = dict(groups(facts, SPLITS)).get(filter_)
    return [] if weights is None or group is None else facts.ids((weights > 0) & group)


def of_points(facts: Facts, key: str, owners: Iterable[UUID]) -> Figure:
    """Points that were raised, each given by the response that raised it: `value` is how many there are."""
    rows = [facts.places[owner] for owner in owners if owner in facts.places]
    weights = np.bincount(np.array(rows, "i8"), minlength=len(facts)).astype("<i4")
    return figure(facts, key, weights, "", facts["status"] == STATUSES.index("counted"))


def without(facts: Facts, left_out: Iterable[UUID]) -> list[tuple[Figure, Figure]]:
    """The headline and every stance on a policy: as it is, and as it would be without these responses."""
    counted = facts["status"] == STATUSES.index("counted")
    others = counted.copy()
    others[[facts.places[id_] for id_ in left_out if id_ in facts.places]] = False
    policies = {policy.reference for policy in facts.policies}
    told = [
        (key, weights)
        for key, weights in measured(facts)
        if key == "counted" or (key.rpartition(".")[2] in STANCES and key.split(".")[1] in policies)
    ]
    return [tuple(figure(facts, key, weights, "", of) for of in (counted, others)) for key, weights in told]  # type: ignore[misc]


def by_day(facts: Facts) -> list[tuple[date, int]]:
    """How many were received on each UK day, from the first day to the last."""
    numbers = np.array([day.toordinal() for day in days_of(facts)], "i8")
    if not len(numbers):
        return []
    counts = np.bincount(numbers - numbers.min())
    return [(date.fromordinal(int(numbers.min()) + place), int(count)) for place, count in enumerate(counts)]


def days_of(facts: Facts) -> list[date]:
    return [clock.uk(datetime.fromisoformat(moment)).date() for moment in facts.received]


def figure(facts: Facts, key: str, weights: Column, filter_: str, group: Column) -> Figure:
    members = np.flatnonzero((weights > 0) & group)
    return Figure(
        key=key,
        filter=filter_,
        responses=len(members),
        people=int(facts["people"][members].sum()),
        value=int(weights[members].sum()),
        suppressed=False,
        ids_sha256=fingerprint_of(facts, members),
    )


def fingerprint_of(facts: Facts, members: Column) -> str:
    """`fingerprint` of these, whose references were put in order once for all figures of the same facts."""
    in_order, rank = facts.in_order
    return hashlib.sha256("\n".join(in_order[np.sort(rank[members])]).encode()).hexdigest()


def fingerprint(references: Any) -> str:
    """A response is named by its reference, which every list in a report shows."""
    return hashlib.sha256("\n".join(sorted(references)).encode()).hexdigest()


def groups(facts: Facts, splits: tuple[str, ...], counted: bool = True) -> Iterator[tuple[str, Column]]:
    base = facts["status"] == STATUSES.index("counted") if counted else np.ones(len(facts), bool)
    yield "", base
    for split in splits:
        for name, group in split_by(facts, split):
            yield f"{split}={name}", base & group


def split_by(facts: Facts, split: str) -> Iterator[tuple[str, Column]]:
    if split == "home":
        yield from ((name, facts["home"] == code) for code, name in enumerate(HOMES))
    elif split == "day":
        days = np.array([day.isoformat() for day in days_of(facts)])
        yield from ((str(name), days == name) for name in np.unique(days))
    elif split == "kind":
        yield from ((name, facts["kind"] == code) for code, name in enumerate(facts.kinds))
    else:
        yield from ((name, facts["connection"] >> bit & 1 == 1) for bit, name in enumerate(CONNECTIONS))
        yield "none", facts["connection"] == 0


# What of it may be shown to everyone.


def cleared(facts: Facts, found: list[Figure], splits: tuple[str, ...]) -> list[Figure]:
    """Headline totals as they are; of the groups, those that tell nothing about fewer than `SMALLEST` responses.

    Groups carry no fingerprint: from a short list, one could be guessed.
    """
    numbers = {(f.key, f.filter): f for f in found}
    lines = {split: with_lines(facts, numbers, split) for split in splits}
    keep = {"", *(name for names in lines.values() for name in names)}
    back = {at for split, names in lines.items() for at in withheld(facts, numbers, split, names)}
    return [
        f if not f.filter else kept(f) if (f.key, f.filter) in back else replace(f, ids_sha256="")
        for f in found
        if f.filter in keep
    ]


def kept(figure: Figure) -> Figure:
    return replace(figure, responses=None, people=None, value=None, suppressed=True, ids_sha256="")


def with_lines(facts: Facts, numbers: dict[tuple[str, str], Figure], split: str) -> list[str]:
    """The groups that are told of: each, whether anybody is in it or not, so that a line that is not there tells
    nothing. Those that nobody is in are left out only where nothing is kept back of how many are in which, and not
    where one group is everybody: its small numbers would be the headline's."""
    every = [f"{split}={name}" for name, _ in split_by(facts, split)]
    some = [name for name in every if numbers["counted", name].responses]
    cells = [[numbers["counted", name].responses or 0 for name in some]]
    several = split in DISJOINT and len(some) > 1
    told = several and not kept_back(cells, set(), rows_add_up=True, columns_add_up=False)
    return some if told or not some else every


def withheld(
    facts: Facts, numbers: dict[tuple[str, str], Figure], split: str, names: list[str]
) -> Iterator[tuple[str, str]]:
    """The cells that are kept back. Of what nobody said each group has nought, as the headline tells: it is shown."""
    closed: dict[str, set[int]] = {}
    disjoint = split in DISJOINT
    for total, every in blocks(facts):
        keys = [key for key in every if numbers[key, ""].responses]
        cells = [[numbers[key, name].responses or 0 for name in names] for key in keys]
        everybody = [] if disjoint else [numbers[key, ""].responses or 0 for key in keys]
        hidden = kept_back(
            cells,
            closed.get(total, set()),
            rows_add_up=disjoint,
            columns_add_up=len(every) > 1,
            everybody=everybody,
        )
        for row, key in enumerate(keys):
            closed[key] = {column for r, column in hidden if r == row}
            yield from ((key, names[column]) for column in closed[key])
