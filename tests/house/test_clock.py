from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from consult import clock

days = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))


def test_six_weeks_over_the_spring_change_are_an_hour_short():
    first, last = date(2027, 3, 1), date(2027, 3, 1) + timedelta(days=42)
    assert clock.start_of(last) - clock.start_of(first) == timedelta(hours=42 * 24 - 1)


def test_six_weeks_over_the_autumn_change_are_an_hour_long():
    first, last = date(2027, 10, 1), date(2027, 10, 1) + timedelta(days=42)
    assert clock.start_of(last) - clock.start_of(first) == timedelta(hours=42 * 24 + 1)


def test_a_summer_day_ends_at_eleven_in_utc():
    assert clock.end_of(date(2027, 7, 1)) == datetime(2027, 7, 1, 23, tzinfo=UTC)


@given(days)
def test_a_day_ends_where_the_next_begins(day):
    assert clock.end_of(day) == clock.start_of(day + timedelta(days=1))


@given(days)
def test_the_last_instant_of_a_day_is_on_it_and_the_next_is_not(day):
    end = clock.end_of(day)
    assert clock.uk(end - timedelta(microseconds=1)).date() == day
    assert clock.uk(end).date() == day + timedelta(days=1)


@given(days)
def test_people_are_told_the_day_at_whose_end_it_closes(day):
    assert clock.last_day(clock.end_of(day)) == day
