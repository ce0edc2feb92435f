"""What looks unusual in the way responses came: at the very thresholds, over a clock change, and never at a stall."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from consult.flags.finding import Arrival, findings
from consult.flags.rules import rules

USUAL = {key: rule.usual for key, rule in rules().items()}
NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def arrivals(number, *, apart, begin=0, at=NOON, **about):
    return [
        Arrival(UUID(int=begin + n), at + n * apart, **{"own_device": True} | about) for n in range(number)
    ]


def found(every, takes=600.0, **more):
    return [(one.rule, len(one.responses)) for one in findings(every, takes, USUAL, **more)]


def test_as_many_as_the_threshold_within_exactly_the_minutes_are_a_burst():
    apart = timedelta(minutes=10) // 19
    assert found(arrivals(20, apart=apart)) == [("burst", 20)]
    assert found(arrivals(19, apart=apart)) == []
    assert found(arrivals(20, apart=apart + timedelta(seconds=1))) == []


def test_eight_from_one_network_are_a_burst_of_it_and_noted_as_sharing_it():
    apart = timedelta(minutes=10) // 7
    assert found(arrivals(8, apart=apart, network="a")) == [("network_burst", 8), ("network", 8)]
    assert found(arrivals(7, apart=apart, network="a")) == [("network", 7)]


def test_many_from_one_network_over_days_are_noted_and_no_more():
    assert found(arrivals(40, apart=timedelta(hours=3), network="library")) == [("network", 40)]
    assert not rules()["network"].looked_at
    assert found(arrivals(4, apart=timedelta(hours=3), network="a household")) == []


def test_what_is_a_burst_of_a_network_is_not_told_a_second_time():
    apart = timedelta(seconds=5)
    every = arrivals(25, apart=apart, network="a") + arrivals(19, apart=apart, begin=100, network="")
    assert found(every) == [("network_burst", 25), ("network", 25)]


def test_stretches_that_overlap_are_one_and_others_two():
    apart = timedelta(seconds=20)
    long = arrivals(60, apart=apart)
    assert found(long) == [("burst", 60)]
    later = arrivals(20, apart=apart, begin=100, at=NOON + timedelta(hours=2))
    assert found(long + later) == [("burst", 60), ("burst", 20)]


def test_a_device_at_an_event_an_import_and_a_scan_are_no_burst_and_in_no_haste():
    assert found(arrivals(300, apart=timedelta(0), own_device=False, took_seconds=1.0, network="hall")) == []


def test_less_than_a_tenth_of_the_time_it_takes_is_quick_and_as_much_is_not():
    below, at = (arrivals(1, apart=timedelta(0), took_seconds=seconds) for seconds in (29.9, 30.0))
    assert found(below, takes=300.0) == [("quick", 1)]
    assert found(at, takes=300.0) == []


def test_however_long_the_form_is_a_minute_is_not_quick():
    assert found(arrivals(1, apart=timedelta(0), took_seconds=60.0), takes=6_000.0) == []
    assert found(arrivals(1, apart=timedelta(0), took_seconds=59.0), takes=6_000.0) == [("quick", 1)]
    assert found(arrivals(1, apart=timedelta(0), took_seconds=None), takes=6_000.0) == []


def test_the_hour_that_a_clock_shows_twice_is_two_hours():
    before = datetime(2026, 10, 25, 0, 55, tzinfo=UTC)  # 1.55 am in summer time; then 1.05 am in winter time
    across = arrivals(20, apart=timedelta(seconds=30), at=before)
    assert found(across) == [("burst", 20)]
    an_hour_apart = arrivals(10, apart=timedelta(0), at=before) + arrivals(
        10, apart=timedelta(0), begin=50, at=before + timedelta(hours=1)
    )
    assert found(an_hour_apart) == []
    spring = datetime(2026, 3, 29, 0, 58, tzinfo=UTC)  # 0.58 am; two minutes later it is 2 am
    assert found(arrivals(20, apart=timedelta(seconds=30), at=spring)) == [("burst", 20)]


def test_what_came_late_is_one_finding_whichever_way_it_came():
    every = arrivals(2, apart=timedelta(hours=1), late=True) + arrivals(
        1, apart=timedelta(0), begin=9, own_device=False, late=True
    )
    (one,) = findings(every, 600.0, USUAL, closes=NOON)
    assert (one.rule, one.evidence["number"]) == ("late", 3)


def test_the_same_arrivals_in_another_order_give_the_same():
    every = arrivals(30, apart=timedelta(seconds=9), network="a") + arrivals(
        30, apart=timedelta(seconds=11), begin=60, took_seconds=2.0
    )
    assert findings(every, 600.0, USUAL) == findings(reversed(every), 600.0, USUAL)


def test_every_rule_explains_its_thresholds_and_keeps_to_their_bounds():
    for rule in rules().values():
        assert rule.title and rule.why
        for threshold in rule.thresholds:
            assert threshold.why and threshold.least <= threshold.default <= threshold.most
