"""The issues of a consultation as they stand: which themes and points each gathers, and so whose."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult.consultations.models import Consultation
from consult.database import db
from consult.issues.models import (
    Gathering,
    Issue,
    IssueWording,
    Step,
    standing_gatherings,
    standing_issues,
)
from consult.points.frame import Entry, Frame, frame_of
from consult.points.models import Coding, Point, standing_codings, standing_points
from consult.points.passages import READ
from consult.responses.models import SettingAside


@dataclass(frozen=True)
class Gathered:
    """An issue as it stands. `points` are all that it answers, each with the response that raised it; `alone` are those
    of them that it gathers one by one."""

    id: UUID
    number: int
    title: str
    summary: str
    themes: tuple[Entry, ...]
    points: dict[UUID, UUID]
    alone: frozenset[UUID]

    @property
    def name(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def reference(self) -> str:
        return f"I{self.number}"


@dataclass(frozen=True)
class Raised:
    """Every point of a consultation that raises a matter, with its response; and which points raise each theme now."""

    frame: Frame
    owners: dict[UUID, UUID] = field(default_factory=dict)
    by_theme: dict[UUID, set[UUID]] = field(default_factory=dict)

    def under(self, theme: UUID) -> set[UUID]:
        """The points of a theme and of those that stand under it."""
        own = self.by_theme.get(theme, set())
        return own.union(*(self.by_theme.get(e.id, set()) for e in self.frame.matters if e.parent == theme))

    @cached_property
    def themes_of(self) -> dict[UUID, list[Entry]]:
        found: dict[UUID, list[Entry]] = {}
        for entry in self.frame.matters:
            for point in self.by_theme.get(entry.id, ()):
                found.setdefault(point, []).append(entry)
        return found


def raised(consultation: Consultation, response_id: UUID | None = None) -> Raised:
    """What was put aside as a second copy, or taken back by its sender, raises nothing. `response_id`: of this response
    alone."""
    frame = frame_of(consultation.id)
    aside = sa.select(SettingAside.response_id).where(SettingAside.kind.in_(READ))
    statement = (
        sa.select(Coding.theme_id, Point.id, Point.response_id)
        .join(Point, sa.and_(Point.id == Coding.point_id, Point.space_id == Coding.space_id))
        .where(Point.consultation_id == consultation.id, standing_points(), standing_codings())
        .where(Point.response_id.not_in(aside))
    )
    if response_id is not None:
        statement = statement.where(Point.response_id == response_id)
    matters = {entry.id for entry in frame.matters}
    found = Raised(frame)
    for theme, point, response in db.session.execute(statement):
        stands = frame.stands_for(theme)
        if stands in matters:
            found.owners[point] = response
            found.by_theme.setdefault(stands, set()).add(point)
    return found


def issues_of(consultation: Consultation, points: Raised | None = None) -> list[Gathered]:
    """In the order of their numbers; a handful of statements, however many there are."""
    points = points or raised(consultation)
    words = wordings(consultation.id)
    themes, alone = gatherings(consultation.id)
    rows = sa.select(Issue.id, Issue.number).where(
        Issue.consultation_id == consultation.id, standing_issues()
    )
    return [
        gathered(id_, number, words[id_], themes.get(id_, []), alone.get(id_, set()), points)
        for id_, number in db.session.execute(rows.order_by(Issue.number))
    ]


def gathered(
    id_: UUID, number: int, words: tuple[str, str], themes: list[UUID], alone: set[UUID], points: Raised
) -> Gathered:
    standing = {points.frame.stands_for(theme) for theme in themes}
    entries = tuple(entry for entry in points.frame.matters if entry.id in standing)
    every = alone.union(*(points.under(entry.id) for entry in entries))
    return Gathered(
        id=id_,
        number=number,
        title=words[0],
        summary=words[1],
        themes=entries,
        points={point: points.owners[point] for point in every if point in points.owners},
        alone=frozenset(alone & set(points.owners)),
    )


def wordings(consultation_id: UUID, by_then: datetime | None = None) -> dict[UUID, tuple[str, str]]:
    """The title and the summary of each issue, as it is worded now; or as it was by a moment."""
    statement = (
        sa.select(IssueWording.issue_id, IssueWording.title, IssueWording.summary)
        .join(Step, sa.and_(Step.id == IssueWording.step_id, Step.space_id == IssueWording.space_id))
        .where(Step.consultation_id == consultation_id, Step.id.not_in(Step.undone(by_then)))
        .order_by(Step.number)
    )
    if by_then is not None:
        statement = statement.where(Step.at <= by_then)
    return {issue: (title, summary) for issue, title, summary in db.session.execute(statement)}


def gatherings(consultation_id: UUID) -> tuple[dict[UUID, list[UUID]], dict[UUID, set[UUID]]]:
    """The themes that each issue gathers, and the points that it gathers one by one."""
    themes: dict[UUID, list[UUID]] = {}
    alone: dict[UUID, set[UUID]] = {}
    for row in db.session.scalars(standing_rows(consultation_id)):
        if row.theme_id:
            themes.setdefault(row.issue_id, []).append(row.theme_id)
        else:
            alone.setdefault(row.issue_id, set()).add(row.point_id)
    return themes, alone


def standing_rows(consultation_id: UUID) -> sa.Select[Any]:
    mine = sa.select(Issue.id).where(Issue.consultation_id == consultation_id)
    return sa.select(Gathering).where(Gathering.issue_id.in_(mine), standing_gatherings())


def issue_at(consultation: Consultation, issue_id: UUID, points: Raised | None = None) -> Gathered | None:
    return next((each for each in issues_of(consultation, points) if each.id == issue_id), None)
