"""The code frame of a consultation: themes with what belongs to them and what does not. Labels are written anew rather
than edited, and a merge is an event, so that a report that counted two themes apart can still be recomputed."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult.database import db
from consult.points.models import Coding, Merge, Move, Retirement, Theme, Wording, in_force, standing_codings

MATTER, NOTHING = "matter", "nothing"
NOTHING_LABEL = "Raises nothing to answer"
LONGEST_LABEL = 120


@dataclass(frozen=True)
class Entry:
    """A theme as it stands in the frame now."""

    id: UUID
    label: str
    kind: str = MATTER
    definition: str = ""
    includes: str = ""
    excludes: str = ""
    parent: UUID | None = None
    position: int = 0


@dataclass(frozen=True)
class Frame:
    """The themes of a consultation as they stand after the moves made so far."""

    entries: tuple[Entry, ...] = ()
    merged: dict[UUID, UUID] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[UUID, Entry]:
        return {entry.id: entry for entry in self.entries}

    @property
    def matters(self) -> list[Entry]:
        """What can be chosen, each theme followed by those under it."""
        return [entry for entry in self.entries if entry.kind == MATTER]

    @property
    def nothing(self) -> Entry | None:
        return next((entry for entry in self.entries if entry.kind == NOTHING), None)

    def stands_for(self, theme: UUID) -> UUID:
        """The theme that codings with this one count under now."""
        while theme in self.merged:
            theme = self.merged[theme]
        return theme

    def labelled(self, label: str) -> Entry | None:
        """The theme of this label, however it is written."""
        return next((entry for entry in self.entries if same(entry.label, label)), None)

    def depth(self, entry: Entry) -> int:
        return 1 if entry.parent in self.by_id else 0


def same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def frame_of(consultation_id: UUID) -> Frame:
    """Three statements, however many themes."""
    merged = merges_of(consultation_id)
    gone = set(merged) | retired(consultation_id)
    found = {id_: entry for id_, entry in worded(consultation_id).items() if id_ not in gone}
    return Frame(tuple(in_order(list(found.values()))), merged)


def worded(consultation_id: UUID) -> dict[UUID, Entry]:
    statement = (
        sa.select(Theme.id, Theme.kind, Wording)
        .join(Wording, sa.and_(Wording.theme_id == Theme.id, Wording.space_id == Theme.space_id))
        .join(Move, sa.and_(Move.id == Wording.move_id, Move.space_id == Wording.space_id))
        .where(Theme.consultation_id == consultation_id, in_force(Theme, Wording))
        .order_by(Move.number)
    )
    found: dict[UUID, Entry] = {}
    for id_, kind, words in db.session.execute(statement):
        about = (words.definition, words.includes, words.excludes, words.parent_id, words.position)
        found[id_] = Entry(id_, words.label, kind, *about)
    return found


def merges_of(consultation_id: UUID) -> dict[UUID, UUID]:
    mine = sa.select(Theme.id).where(Theme.consultation_id == consultation_id)
    statement = (
        sa.select(Merge.theme_id, Merge.into_id)
        .join(Move, sa.and_(Move.id == Merge.move_id, Move.space_id == Merge.space_id))
        .where(Merge.theme_id.in_(mine), in_force(Merge))
        .order_by(Move.number)
    )
    return {theme: into for theme, into in db.session.execute(statement)}


def retired(consultation_id: UUID) -> set[UUID]:
    mine = sa.select(Theme.id).where(Theme.consultation_id == consultation_id)
    statement = sa.select(Retirement.theme_id).where(Retirement.theme_id.in_(mine), in_force(Retirement))
    return set(db.session.scalars(statement))


def in_order(entries: list[Entry]) -> list[Entry]:
    """Each theme followed by those under it. One whose parent is gone stands at the top."""
    there = {entry.id for entry in entries}

    def key(entry: Entry) -> tuple[int, str]:
        return entry.position, entry.label.casefold()

    def under(parent: UUID | None) -> list[Entry]:
        mine = [e for e in entries if (e.parent if e.parent in there else None) == parent]
        return [each for entry in sorted(mine, key=key) for each in (entry, *under(entry.id))]

    return under(None)


def uses(consultation_id: UUID) -> Any:
    """How many codings stand with each theme, as they were made (merges not followed)."""
    statement = (
        sa.select(Coding.theme_id, sa.func.count())
        .join(Theme, sa.and_(Theme.id == Coding.theme_id, Theme.space_id == Coding.space_id))
        .where(Theme.consultation_id == consultation_id, standing_codings())
        .group_by(Coding.theme_id)
    )
    return {theme: count for theme, count in db.session.execute(statement)}
