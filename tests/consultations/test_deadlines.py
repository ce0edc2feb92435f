"""Deadlines to the second, over both changes of the clock in Europe/London."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import example, given
from hypothesis import strategies as st

from consult import clock
from consult.consultations.opening.gate import Case, dates, earliest, publicity
from consult.consultations.stages import STAGES
from consult.database import db
from consult.responses.models import Response
from tests.consultations.setting import consultation, person, regulation_14

SECOND, MICRO, DAY = timedelta(seconds=1), timedelta(microseconds=1), timedelta(days=1)
REGULATION_14 = STAGES["regulation_14"]
SIX_WEEKS = 42
SPRING, AUTUMN = (
    date(2027, 3, 28),
    date(2027, 10, 31),
)  # the last Sundays: 1am becomes 2am, and 2am becomes 1am
days = st.dates(date(2024, 1, 1), date(2040, 12, 31))
near = st.one_of(
    days,
    *(st.dates(change - 50 * DAY, change + 50 * DAY) for change in (SPRING, AUTUMN)),
)


@contextmanager
def at(moment):
    token = clock.standing_at.set(moment)
    try:
        yield
    finally:
        clock.standing_at.reset(token)


def changes(first: date, last: date) -> int:
    """The hours that the clock was set on (+1) or back (-1) between two midnights, told by their offsets."""
    ahead, behind = (clock.uk(clock.start_of(day)).utcoffset() for day in (last, first))
    return round((ahead - behind) / timedelta(hours=1))


@given(near)
@example(SPRING)
@example(AUTUMN)
def test_a_day_ends_where_the_next_begins_and_is_23_24_or_25_hours_long(day):
    begins, ends = clock.start_of(day), clock.end_of(day)
    assert ends == clock.start_of(day + DAY)
    assert clock.uk(begins).date() == day == clock.uk(ends - MICRO).date() == clock.last_day(ends)
    assert clock.uk(ends).date() == day + DAY
    assert (ends - begins) == timedelta(hours=24 - changes(day, day + DAY))
    assert clock.uk(ends - SECOND).strftime("%H:%M:%S") == "23:59:59"


@given(near, st.integers(0, 30))
@example(SPRING - 42 * DAY, 0)
@example(SPRING - 41 * DAY, 0)
@example(AUTUMN - 42 * DAY, 0)
@example(AUTUMN - 41 * DAY, 0)
def test_six_weeks_are_counted_in_days_from_first_publicity_whatever_the_clock_does(heard, before):
    opens = heard + before * DAY
    lawful = earliest(REGULATION_14, publicity(heard, opens), opens)
    assert lawful == max(heard + SIX_WEEKS * DAY, opens + DAY)
    open_for = clock.end_of(lawful) - clock.start_of(heard)
    assert open_for == timedelta(days=(lawful - heard).days + 1, hours=-changes(heard, lawful + DAY))
    assert open_for > timedelta(weeks=6)  # never an hour less than six whole weeks
    assert not list(dates(Case(REGULATION_14, opens, last_day=lawful, first_publicised=heard)))
    assert list(dates(Case(REGULATION_14, opens, last_day=lawful - DAY, first_publicised=heard)))


@pytest.mark.parametrize("last_day", [SPRING - DAY, SPRING, SPRING + DAY, AUTUMN - DAY, AUTUMN, AUTUMN + DAY])
def test_it_is_open_to_the_last_second_and_closed_at_the_next_also_when_extended(working, world, last_day):
    opens = clock.start_of(last_day) - 5 * DAY
    with working("ash"):
        made = consultation(last_day=last_day - 2 * DAY, at=opens - DAY)
        made.open(person(world), now=opens)
        for _ in range(2):
            end = clock.end_of(made.closing_day)
            assert (made.closes, made.announcement.closes) == (end, end)
            assert [made.state(end + by) for by in (-SECOND, -MICRO, 0 * SECOND, SECOND)] == [
                *("open", "open", "closed", "closed")
            ]
            if made.closing_day != last_day:
                made.extend(last_day, "The clocks change.", person(world), now=end - SECOND)
        assert clock.uk(made.closes).date() == last_day + DAY
        assert clock.uk(made.closes).time().isoformat() == "00:00:00"


@pytest.mark.parametrize("heard", [SPRING - 20 * DAY, AUTUMN - 20 * DAY])
def test_nothing_closes_it_before_the_lawful_day_is_over(working, world, heard):
    """Over each change: a second before the end of the forty-second day it is refused, at the end it is not."""
    with working("ash"):
        made = regulation_14(last_day=heard + 60 * DAY, at=clock.start_of(heard))
        made.open(person(world), now=clock.start_of(heard))
        lawful = clock.end_of(heard + SIX_WEEKS * DAY)
        assert made.may_not_close(lawful - SECOND)
        assert not made.may_not_close(lawful)


@pytest.mark.parametrize(
    ("last_day", "midnight"),
    [
        (SPRING - DAY, datetime(2027, 3, 28, 0, tzinfo=UTC)),  # still winter time as it closes
        (SPRING, datetime(2027, 3, 28, 23, tzinfo=UTC)),
        (AUTUMN - DAY, datetime(2027, 10, 30, 23, tzinfo=UTC)),
        (AUTUMN, datetime(2027, 11, 1, 0, tzinfo=UTC)),
    ],
)
def test_a_response_at_the_last_second_counts_and_one_that_comes_a_second_later_is_late(
    working, world, client, last_day, midnight
):
    """By the pages that a resident uses: the form is begun before the close, and sent at the second."""
    with at(midnight - 10 * DAY):
        for slug in ("ash", "beck"):
            with working(slug):
                consultation(last_day=last_day, at=clock.now()).open(person(world, slug))
    statuses = {}
    for second in (-1, 0):
        with at(midnight - 600 * SECOND):
            began = client.page("/f/ash/consultations/first/respond").tree
            form = {e.get("name"): e.get("value") for e in began.iter("input") if e.get("type") == "hidden"}
        with at(midnight + second * SECOND):
            sent = client.post(
                "/f/ash/consultations/first/respond", data=form | {"q1": "The mill", "do": "send"}
            )
            assert sent.status_code == 303, sent.text
        with working("ash"):
            found = db.session.scalars(
                sa.select(Response).where(Response.key == form["idempotency_key"])
            ).one()
            statuses[second] = (found.received, found.late)
    assert statuses == {-1: (midnight - SECOND, False), 0: (midnight, True)}
