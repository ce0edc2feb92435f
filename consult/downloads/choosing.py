"""What a selection holds in one consultation: its responses, and its points as the response log lists them. They are
read some at a time, so that a large consultation takes no more memory than a small one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

import numpy as np

from consult.consultations.models import Consultation
from consult.downloads.filters import Filter
from consult.feedback import coding_taken, tallies
from consult.feedback.coded import Coded, Piece
from consult.feedback.facts import Column, Facts
from consult.feedback.models import Snapshot
from consult.feedback.selecting import Selected, selected
from consult.feedback.snapshots import coded_of, facts_of
from consult.reports import points, replying
from consult.reports.pieces import by_passage, cut, labels_of
from consult.reports.points import NO_REPLY, Point, Reply, Voice

AT_ONCE = points.BY_NAME


@dataclass(frozen=True, eq=False)
class Chosen:
    """`snapshot`: as the responses stood then; without one, as they stand now, and without replies."""

    filter: Filter
    consultation: Consultation
    facts: Facts
    coded: Coded
    snapshot: Snapshot | None = None

    @classmethod
    def now(cls, filter_: Filter, consultation: Consultation) -> "Chosen":
        return cls(filter_, consultation, tallies.take(consultation), coding_taken.take(consultation))

    @classmethod
    def then(cls, filter_: Filter, snapshot: Snapshot) -> "Chosen":
        return cls(filter_, snapshot.consultation, facts_of(snapshot), coded_of(snapshot), snapshot)

    @cached_property
    def group(self) -> Column:
        return self.filter.group.among(self.facts)

    @cached_property
    def pieces(self) -> dict[UUID, list[Piece]]:
        return by_passage(self.coded)

    @cached_property
    def labels(self) -> dict[int, str]:
        return labels_of(self.coded)

    @cached_property
    def replies(self) -> dict[UUID, Reply]:
        return dict(replying.replies_of(replying.agreed(self.snapshot))) if self.snapshot else {}

    @cached_property
    def raised_by(self) -> list[UUID]:
        """Whose each point is, in the order of the log."""
        return [point.voice.id for point in self.points_by(self.group, words=False)]

    @cached_property
    def among(self) -> Column:
        """A mask of the responses that are selected."""
        if not self.filter.is_of_points:
            return self.group
        inside = np.zeros(len(self.facts), bool)
        inside[[self.facts.places[id_] for id_ in self.raised_by]] = True
        return inside

    @cached_property
    def counts(self) -> Selected:
        return selected(self.facts, self.among, self.raised_by)

    def voices(self, among: Column) -> Iterator[list[Voice]]:
        places = np.flatnonzero(among)
        ids = self.facts.ids(places)
        for first in range(0, len(ids), AT_ONCE):
            some = slice(first, first + AT_ONCE)
            yield [
                points.voice(self.facts, int(at), id_)
                for at, id_ in zip(places[some], ids[some], strict=True)
            ]

    def points_by(self, among: Column, *, words: bool = True) -> Iterator[Point]:
        for heard in self.voices(among):
            given = points.points_of(self.consultation, self.facts, heard, words=words)
            yield from (point for point in self.as_logged(given) if self.filter.takes(point))

    def as_logged(self, given: Sequence[Point]) -> Iterator[Point]:
        for point in given:
            for each in cut(point, self.pieces, self.labels):
                yield replace(each, reply=self.replies.get(each.id, NO_REPLY)) if each.id else each

    def points(self) -> Iterator[Point]:
        return self.points_by(self.among)

    def responses(self) -> Iterator[tuple[list[Voice], list[Point]]]:
        """Some responses at a time, with all that they said as they gave it."""
        for heard in self.voices(self.among):
            yield heard, points.points_of(self.consultation, self.facts, heard)
