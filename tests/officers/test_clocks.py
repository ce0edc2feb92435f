"""The statutory clocks, by hand: last days over both clock changes, before and after a rule took effect."""

from datetime import UTC, date, datetime, timedelta

import pytest

from consult import clock
from consult.officers import clocks
from consult.spaces.models import ForumDesignation

NEW, OLD = date(2026, 2, 1), date(2015, 3, 2)
BODY = object()


def due(key, begun, of=None, **kind):
    found = clocks.begin(key, begun, BODY, of=of, **kind)
    return found[0].due if found else "none"


@pytest.mark.parametrize(
    ("key", "begun", "kind", "last"),
    [
        ("area_decision", date(2026, 2, 10), {}, date(2026, 5, 12)),  # over 29 March 2026
        ("area_decision", date(2026, 9, 1), {}, date(2026, 12, 1)),  # over 25 October 2026
        ("area_decision", date(2026, 2, 10), {"several": True}, date(2026, 6, 30)),
        ("area_decision", date(2026, 2, 10), {"parish": True}, date(2026, 5, 12)),
        ("forum_decision", date(2026, 3, 1), {}, date(2026, 5, 31)),
        ("forum_decision", date(2026, 10, 1), {"several": True}, date(2027, 2, 18)),
        ("area_views", date(2026, 3, 1), {}, date(2026, 4, 12)),
        ("forum_views", date(2026, 10, 1), {}, date(2026, 11, 12)),
        ("submission_views", date(2026, 3, 28), {}, date(2026, 5, 9)),
        ("report_decision", date(2026, 3, 27), {}, date(2026, 5, 1)),
        ("report_decision", date(2026, 10, 23), {}, date(2026, 11, 27)),
        ("departure_views", date(2026, 10, 1), {}, date(2026, 11, 12)),
        ("departure_decision", date(2026, 11, 12), {}, date(2026, 12, 17)),
        ("making", date(2026, 5, 7), {}, date(2026, 7, 2)),
        ("forum_designation", date(2025, 1, 6), {}, date(2030, 1, 5)),
        ("forum_designation", date(2024, 2, 29), {}, date(2029, 2, 28)),
        ("whole_parish", date(2026, 5, 7), {}, None),
    ],
)
def test_the_last_day(key, begun, kind, last):
    assert due(key, begun, **kind) == last


@pytest.mark.parametrize(
    ("day", "whole", "other", "several"),
    [
        (date(2015, 2, 8), "none", "none", "none"),  # regulation 6A did not exist
        (date(2015, 2, 9), 8, 13, 20),
        (date(2016, 9, 30), 8, 13, 20),
        (date(2016, 10, 1), 13, 13, 20),  # regulation 5A took the place of the eight weeks
    ],
)
def test_regulation_6a_before_and_after_it_took_effect(day, whole, other, several):
    for kind, weeks in (({"parish": True}, whole), ({}, other), ({"several": True}, several)):
        expected = "none" if weeks == "none" else day + timedelta(weeks=weeks)
        assert due("area_decision", day, **kind) == expected


@pytest.mark.parametrize("key", ["forum_decision", "report_decision", "making", "whole_parish"])
def test_what_came_in_2016_binds_nothing_that_was_before(key):
    assert due(key, date(2016, 9, 30)) == "none"
    assert due(key, date(2016, 10, 1)) != "none"


def test_an_application_keeps_the_rule_under_which_it_was_made():
    made, publicised = date(2016, 9, 20), date(2016, 10, 3)
    assert due("area_decision", publicised, of=made, parish=True) == publicised + timedelta(weeks=8)
    assert due("area_decision", publicised, parish=True) == publicised + timedelta(weeks=13)


def test_a_day_is_due_until_its_own_midnight_in_the_uk():
    running = clocks.begin("report_decision", date(2026, 9, 19), BODY)[0]
    assert running.due == date(2026, 10, 24)
    before = datetime(2026, 10, 24, 22, 59, tzinfo=UTC)  # 23:59 in summer time
    after = datetime(2026, 10, 24, 23, 1, tzinfo=UTC)  # past midnight, the clocks go back an hour later
    for moment, state in ((before, "soon"), (after, "overdue")):
        token = clock.standing_at.set(moment)
        try:
            assert running.state(clock.today()) == state
        finally:
            clock.standing_at.reset(token)


def test_soon_begins_four_weeks_before_and_for_a_forum_half_a_year():
    decision = clocks.begin("area_decision", NEW, BODY)[0]
    assert decision.state(decision.due - timedelta(days=29)) == "running"
    assert decision.state(decision.due - timedelta(days=28)) == "soon"
    assert decision.left(decision.due) == 0
    forum = clocks.begin("forum_designation", NEW, BODY)[0]
    assert forum.state(forum.due - timedelta(days=184)) == "running"
    assert forum.state(forum.due - timedelta(days=183)) == "soon"
    assert clocks.begin("whole_parish", NEW, BODY)[0].state(NEW) == "asap"


def test_five_years_end_as_the_designation_itself_says():
    for on in (date(2025, 1, 6), date(2024, 2, 29), date(2025, 12, 31)):
        last = clocks.begin("forum_designation", on, BODY)[0].due
        assert last + timedelta(days=1) == ForumDesignation(on=on).expires


def test_every_rule_names_its_law_its_source_and_a_beginning():
    for each in clocks.rules():
        assert each.where.startswith(("regulation", "section"))
        assert each.source.startswith("https://www.legislation.gov.uk/")
        assert each.begins
        assert bool(each.weeks or each.years) != bool(each.says)
    with pytest.raises(LookupError):
        clocks.rule("nonsense", NEW)
