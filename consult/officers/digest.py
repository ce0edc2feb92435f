"""The weekly letter to officers: what is due, and what happened in the district in the week before. It is made of what
was handed over, announced and recorded; nothing of what residents wrote, and nobody’s name, is in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from consult import clock, jobs, mail
from consult.access import Act
from consult.areas.models import Application
from consult.database import db
from consult.forums.models import ForumApplication
from consult.officers import known, running
from consult.officers.clocks import Clock
from consult.officers.models import Digest, DigestSubscription
from consult.reports.models import Release
from consult.spaces.models import Space, people_who_may, standing
from consult.submitting.models import Submission
from consult.tenancy import here, inside

A_WEEK = timedelta(days=7)
HOUR = 7  # of a UK Monday


@dataclass(frozen=True)
class Happened:
    """One thing of the week, in words; the body is an organisation."""

    on: date
    words: str


@dataclass(frozen=True)
class Week:
    """What the letter says. `happened` is of the seven days before its Monday; `due` is as it stands then."""

    monday: date
    overdue: list[Clock]
    soon: list[Clock]
    asap: list[Clock]
    closing: list[known.Announced]
    happened: list[Happened]

    @property
    def is_quiet(self) -> bool:
        """Whether nothing happened and nothing is due; what was due before is due still, and no news."""
        return not (self.happened or self.closing or self.overdue or self.soon)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of(monday: date) -> Week:
    """The letter of the district that we stand in, for the week that begins on that UK Monday."""
    now = clock.now()
    district = known.district(now)
    clocks = running.running(district, monday)
    by_state: dict[str, list[Clock]] = {"overdue": [], "soon": [], "asap": [], "running": []}
    for each in clocks:
        by_state[each.state(monday)].append(each)
    every = [each for body in district for each in body.announced]
    closing = [each for each in every if each.state == "open" and each.last_day < monday + A_WEEK]
    happened = sorted(
        (each for each in happenings(every) if monday - A_WEEK <= each.on < monday),
        key=lambda each: (each.on, each.words),
    )
    return Week(monday, by_state["overdue"], by_state["soon"], by_state["asap"], closing, happened)


def happenings(every: list[known.Announced]) -> Iterator[Happened]:
    for each in every:
        title = f"“{each.row.title}” of {each.of.name}"
        if each.row.opened and each.state != "announced":
            yield Happened(clock.uk(each.row.opened).date(), f"{title} opened.")
        if each.state == "closed":
            yield Happened(each.last_day, f"{title} closed, with {each.row.received:,} received.")
    for kind, title, words in HANDED:
        rows = sa.select(kind.at, title, Space.name).join(Space, Space.id == kind.space_id)
        for at, named, body in db.session.execute(rows.where(kind.authority_id == here())):
            yield Happened(clock.uk(at).date(), words.format(title=named, body=body))


HANDED: tuple[tuple[Any, Any, str], ...] = (
    (Application, Application.name, "{body} applied for the area “{title}”."),
    (ForumApplication, ForumApplication.name, "{body} applied to be a neighbourhood forum, as “{title}”."),
    (Submission, Submission.title, "{body} submitted “{title}”."),
    (Release, Release.title, "{body} released its report on “{title}”."),
)


# Sent.


@jobs.every_round
def post_digests() -> None:
    """On Monday morning, and later where the worker was away, each authority with a subscription gets its job: once a
    week, since a letter that was written has a record."""
    monday = monday_of(clock.today())
    if clock.now() < clock.start_of(monday) + timedelta(hours=HOUR):
        return
    for space_id in authorities():
        with inside(space_id):
            if any(waiting(monday)) and not posted(space_id, monday):
                jobs.post("digest", {"week": monday.isoformat()})


def authorities() -> list[UUID]:
    return list(db.session.scalars(sa.select(Space.id).where(Space.kind == "authority").order_by(Space.slug)))


def posted(space_id: UUID, monday: date) -> bool:
    """Whether this week's job waits already."""
    same = sa.select(jobs.Job).where(
        jobs.Job.kind == "digest", jobs.Job.space_id == space_id, jobs.Job.done.is_(None)
    )
    return any(job.payload["week"] == monday.isoformat() for job in db.session.scalars(same))


def waiting(monday: date) -> list[DigestSubscription]:
    """Subscriptions of the authority that we stand in that stood when the week began and have no letter of it."""
    written = sa.select(Digest.subscription_id).where(Digest.week == monday, Digest.space_id == here())
    standing_ones = sa.select(DigestSubscription).where(
        DigestSubscription.space_id == here(),
        DigestSubscription.ended.is_(None),
        DigestSubscription.at < began(monday),
        DigestSubscription.id.not_in(written),
    )
    return list(db.session.scalars(standing_ones.order_by(DigestSubscription.at)))


def began(monday: date) -> datetime:
    return clock.start_of(monday) + timedelta(hours=HOUR)


@jobs.handler("digest")
def write(job: jobs.Job) -> dict[str, int]:
    """Writes the letter to each who waits for it and may still oversee the district; mail and record are one commit."""
    monday = date.fromisoformat(job.payload["week"])
    may = {person.id for person in people_who_may(Act.OVERSEE)}
    subscribed = [each for each in waiting(monday) if each.person_id in may]
    week, sent = week_of(monday), 0
    for each in subscribed:
        wanted = each.quiet_too or not week.is_quiet
        db.session.add(Digest(subscription_id=each.id, week=monday, sent=wanted))
        if wanted:
            letter(each, week)
            sent += 1
    return {"sent": sent}


def letter(subscription: DigestSubscription, week: Week) -> None:
    space = standing()
    mail.write(
        subscription.person.email,
        "digest",
        f"{space.name}: what is due, and what happened, week of {week.monday:%-d %B %Y}",
        person=subscription.person,
        space=space,
        week=week,
        link=mail.link("spaces.show", space=space),
        unsubscribe=mail.link("digest.unsubscribing", space=space, signed=signed(subscription)),
    )


# The link in the letter ends the subscription without signing in.


def signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="digest")


def signed(subscription: DigestSubscription) -> str:
    return str(signer().dumps(subscription.id.hex))


def subscription_signed(text: str) -> DigestSubscription | None:
    """The subscription of the authority that we stand in that a letter's link names; None where it names none."""
    try:
        key: Any = UUID(hex=signer().loads(text))
    except (BadSignature, ValueError, TypeError):
        return None
    mine = sa.select(DigestSubscription).where(
        DigestSubscription.id == key, DigestSubscription.space_id == here()
    )
    return db.session.scalar(mine)
