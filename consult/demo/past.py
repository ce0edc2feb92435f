"""The demo's past: its acts are done by the same code as everybody's, under a clock that stands where we put it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from consult import clock, tenancy
from consult.accounts.models import Person
from consult.database import db
from consult.spaces.models import Space


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside, it is that moment."""
    token = clock.standing_at.set(moment)
    try:
        yield
    finally:
        clock.standing_at.reset(token)


@contextmanager
def working(space: Space, person: Person, moment: datetime) -> Iterator[None]:
    """Inside, it is that moment and `person` works in `space`; what they did is kept."""
    with at(moment), tenancy.inside(space.id, person.id):
        yield
        db.session.flush()


def day(days_ago: int) -> date:
    """Days are counted from the true today, so that what is open is open whenever the demo is made."""
    return clock.uk(datetime.now(UTC)).date() - timedelta(days=days_ago)


def on(when: date, hour: float = 10) -> datetime:
    """An hour of a UK day."""
    return clock.start_of(when) + timedelta(hours=hour)
