"""What the officers of an authority know of each body of their district: read from the registers, and from what came
through the walls, in as many statements whatever the number of bodies."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from consult import clock
from consult.areas.models import Application, AreaDecision, RegisterEntry
from consult.consultations.models import Announcement
from consult.consultations.records import AnnouncementDay
from consult.database import db
from consult.forums.models import ForumApplication, ForumDecision, ForumWithdrawal
from consult.officers.days import Days
from consult.officers.district import stage_words
from consult.reports.models import Release
from consult.spaces.milestones import Milestone
from consult.spaces.models import ForumDesignation, Space, standing
from consult.submitting.models import Submission, SubmissionReply, SubmissionWithdrawal


@dataclass(frozen=True)
class Submitted:
    """The plan that a body has submitted last and not taken back; `outcome` is what the authority answered."""

    space_id: UUID
    id: UUID
    title: str
    at: datetime
    outcome: str  # complete, incomplete, or nothing yet


@dataclass(frozen=True)
class Announced:
    """A consultation as announced to everyone; `of` is the body that holds it, or that the authority holds it about."""

    row: Announcement
    of: Space
    holder: Space
    state: str  # announced, open, closed
    days: Days

    @property
    def space_id(self) -> UUID:
        return self.of.id

    @property
    def stage(self) -> str:
        return stage_words(self.row.stage)

    @property
    def last_day(self) -> date:
        return clock.last_day(self.row.closed or self.row.closes)


@dataclass
class Known:
    """One body."""

    space: Space
    designated: date | None  # as a forum, the last time
    released: int
    milestones: dict[str, date] = field(default_factory=dict)
    entry: RegisterEntry | None = None
    applications: list[Application] = field(default_factory=list)  # that wait for a decision
    forum_applications: list[ForumApplication] = field(default_factory=list)  # likewise
    submission: Submitted | None = None
    announced: list[Announced] = field(default_factory=list)

    @property
    def boundary(self) -> str:
        """contested, designated, applied, or none: a draft is the body's own and nobody else's to see."""
        if any(self.entry is None or each.id != self.entry.application_id for each in self.applications):
            return "contested"
        if self.entry is None:
            return "none"
        return "designated" if self.entry.designated_on else "applied"


def district(now: datetime | None = None) -> list[Known]:
    """Every body of the district that we stand in, by name."""
    now, known = now or clock.now(), bodies()

    def those(rows: Iterable[Any]) -> Iterator[tuple[Known, Any]]:
        return ((known[row.space_id], row) for row in rows if row.space_id in known)

    for one, entry in those(on_the_register()):
        one.entry = entry
    for one, application in those(undecided(Application, AreaDecision)):
        one.applications.append(application)
    for one, application in those(undecided(ForumApplication, ForumDecision, ForumWithdrawal)):
        one.forum_applications.append(application)
    for one, submission in those(submitted()):
        one.submission = submission
    for one, each in those(announced({key: body.space for key, body in known.items()}, now)):
        one.announced.append(each)
    return list(known.values())


def bodies() -> dict[UUID, Known]:
    """Bodies with their designation, what is on record of their road and how much they have released."""
    latest = sa.select(sa.func.max(ForumDesignation.on)).where(ForumDesignation.space_id == Space.id)
    released = sa.select(sa.func.count()).select_from(Release).where(Release.space_id == Space.id)
    recorded = sa.and_(Milestone.space_id == Space.id, Milestone.withdrawn.is_(None))
    rows = (
        sa.select(Space, latest.scalar_subquery(), released.scalar_subquery(), Milestone.key, Milestone.on)
        .outerjoin(Milestone, recorded)
        .where(Space.authority_id == standing().id)
        .order_by(Space.name, Milestone.on)
    )
    found: dict[UUID, Known] = {}
    for space, designated, number, key, on in db.session.execute(rows):
        one = found.setdefault(space.id, Known(space, designated, number))
        if key:
            one.milestones[key] = on
    return found


def on_the_register() -> list[RegisterEntry]:
    here = sa.select(RegisterEntry).where(
        RegisterEntry.authority_id == standing().id, RegisterEntry.left.is_(None)
    )
    return list(db.session.scalars(here.order_by(RegisterEntry.number)))


def undecided(kind: Any, *ended_by: Any) -> list[Any]:
    """Applications of a kind on which neither the authority nor the body has put an end, oldest first."""
    waiting = sa.select(kind).where(kind.authority_id == standing().id)
    for ending in ended_by:
        same = sa.and_(ending.application_id == kind.id, ending.space_id == kind.space_id)
        waiting = waiting.outerjoin(ending, same).where(ending.id.is_(None))
    if hasattr(kind, "withdrawn"):
        waiting = waiting.where(kind.withdrawn.is_(None))
    return list(db.session.scalars(waiting.order_by(kind.at)))


def submitted() -> Iterator[Submitted]:
    """The last submission of each body, with the last answer to it; a later one of the same body follows."""
    answered = sa.and_(
        SubmissionReply.submission_id == Submission.id, SubmissionReply.space_id == Submission.space_id
    )
    taken_back = sa.and_(
        SubmissionWithdrawal.submission_id == Submission.id,
        SubmissionWithdrawal.space_id == Submission.space_id,
    )
    rows = (
        sa.select(
            Submission.space_id, Submission.id, Submission.title, Submission.at, SubmissionReply.outcome
        )
        .outerjoin(SubmissionReply, answered)
        .outerjoin(SubmissionWithdrawal, taken_back)
        .where(Submission.authority_id == standing().id, SubmissionWithdrawal.id.is_(None))
        .order_by(Submission.at, SubmissionReply.at)
    )
    for space_id, key, title, at, outcome in db.session.execute(rows):
        yield Submitted(space_id, key, title, at, outcome or "")


def announced(spaces: dict[UUID, Space], now: datetime) -> list[Announced]:
    """Each consultation announced in the district, the first to close first; with responses a day while it is open."""
    over = sa.func.coalesce(Announcement.closed, Announcement.closes)
    counted = sa.and_(
        AnnouncementDay.announcement_id == Announcement.id,
        AnnouncementDay.space_id == Announcement.space_id,
        over > now,
    )
    rows = (
        sa.select(Announcement, AnnouncementDay.day, AnnouncementDay.received)
        .outerjoin(AnnouncementDay, counted)
        .where(Announcement.authority_id == standing().id)
        .order_by(over, Announcement.title, AnnouncementDay.day)
    )
    found: dict[UUID, Announcement] = {}
    counts: dict[UUID, dict[date, int]] = defaultdict(dict)
    for row, day, received in db.session.execute(rows):
        found[row.id] = row
        if day is not None:
            counts[row.id][day] = received
    return [taken(row, spaces, counts[row.id], now) for row in found.values()]


def taken(row: Announcement, spaces: dict[UUID, Space], counted: dict[date, int], now: datetime) -> Announced:
    here = standing()
    holder = spaces.get(row.space_id, here)
    about = spaces.get(row.about_id, holder) if row.about_id else holder
    opened = clock.uk(row.opened).date() if row.opened else None
    last = min(clock.last_day(row.closed or row.closes), clock.uk(now).date())
    return Announced(row, about, holder, row.state(now), Days(opened, last, counted))
