"""One clock. Moments are UTC; people read and set UK time, so days are counted on the UK calendar."""

from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")
standing_at: ContextVar[datetime | None] = ContextVar("standing_at", default=None)  # the demo tells a past


def now() -> datetime:
    return standing_at.get() or datetime.now(UTC)


def today() -> date:
    return now().astimezone(UK).date()


def uk(moment: datetime) -> datetime:
    return moment.astimezone(UK)


def start_of(day: date) -> datetime:
    """The first instant of a UK day."""
    return datetime.combine(day, time(), UK).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The instant at which a UK day is over, which is the first that no longer belongs to it.

    Days are added on the calendar: six weeks over a clock change are 1,007 or 1,009 hours.
    """
    return start_of(day + timedelta(days=1))


def last_day(closes: datetime) -> date:
    """The UK day that people are told: a consultation that closes at midnight closes at the end of the day before."""
    return (uk(closes) - timedelta(microseconds=1)).date()
