"""What regulations 6, 9 and 16 ask of an authority before it publicises, without a database."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from consult import clock
from consult.consultations.opening.gate import Case, judged
from consult.consultations.stages import REGULATION_6, REGULATION_9, REGULATION_14, REGULATION_16, Stage
from consult.spaces import law
from tests.consultations.test_gate import AUTUMN, READY, SPRING, days

HANDED = (REGULATION_6, REGULATION_9, REGULATION_16)


def ready(stage: Stage) -> Case:
    case = replace(READY, stage=stage, proposed=True, mapped=True, policies=0, statement="", consultees=0)
    if stage is REGULATION_6:
        return case
    case = replace(case, statement="No other body.")
    return case if stage is REGULATION_9 else replace(case, policies=2, consultees=3, names_bodies=True)


@pytest.mark.parametrize("stage", HANDED, ids=lambda stage: stage.key)
def test_it_may_open_with_all_that_its_regulation_names(stage):
    assert judged(ready(stage)) == []


LACKS = [
    (REGULATION_6, {"proposed": False, "mapped": False}, "regulation 6(a)", "the area application"),
    (REGULATION_6, {"mapped": False}, "regulation 6(a)", "map"),
    (REGULATION_6, {"where_to_see": ""}, "regulation 6(a)", "where and when"),
    (REGULATION_6, {"how_to_respond": ""}, "regulation 6(b)", "how people can respond"),
    (REGULATION_6, {"last_day": None}, "regulation 6(c)", "26 October 2026 or later"),
    (REGULATION_6, {"last_day": date(2026, 10, 25)}, "regulation 6(c)", "Regulation 6 gives people at least six weeks"),
    (REGULATION_6, {"whole_parish": True}, "regulation 5A", "designate it without publicity"),
    (REGULATION_9, {"proposed": False, "mapped": False}, "regulation 9(a)", "the forum application"),
    (REGULATION_9, {"statement": ""}, "regulation 9(b)", "no other"),
    (REGULATION_9, {"how_to_respond": ""}, "regulation 9(c)", "how people can respond"),
    (REGULATION_9, {"last_day": date(2026, 10, 25)}, "regulation 9(d)", "not 25 October 2026"),
    (REGULATION_16, {"proposed": False, "mapped": False}, "regulation 16(a)(i)", "the plan proposal"),
    (REGULATION_16, {"policies": 0}, "regulation 16(a)(i)", "neither policies nor documents"),
    (REGULATION_16, {"where_to_see": ""}, "regulation 16(a)(ii)", "where and when"),
    (REGULATION_16, {"how_to_respond": ""}, "regulation 16(a)(iii)", "how people can respond"),
    (REGULATION_16, {"statement": ""}, "regulation 16(a)(iv)", "regulation 19"),
    (REGULATION_16, {"last_day": date(2026, 10, 25)}, "regulation 16(a)(v)", "not 25 October 2026"),
    (REGULATION_16, {"consultees": 0}, "regulation 16(b)", "consultation statement"),
    *((stage, {"controller": ""}, "UK GDPR, Article 13(1)(a)", "controller") for stage in HANDED),
    *((stage, {"phone": ""}, "house rule", "telephone") for stage in HANDED),
]  # fmt: skip


@pytest.mark.parametrize(("stage", "change", "regulation", "words"), LACKS)
def test_each_lack_names_its_regulation_and_what_is_missing(stage, change, regulation, words):
    (lack,) = judged(replace(ready(stage), **change))
    assert lack.regulation == regulation
    assert words in lack.sentence


def test_a_plan_that_came_as_files_alone_may_be_publicised_unless_it_asks_about_policies():
    files = replace(ready(REGULATION_16), policies=0, documents=4)
    assert judged(files) == []
    (lack,) = judged(replace(files, asks_about_policies=True))
    assert "no policies" in lack.sentence


def test_nobody_is_notified_where_the_statement_names_no_body():
    assert judged(replace(ready(REGULATION_16), consultees=0, names_bodies=False)) == []


@pytest.mark.parametrize("stage", HANDED, ids=lambda stage: stage.key)
@given(first=days, wait=st.integers(0, 90))
@example(first=SPRING - timedelta(days=20), wait=0)
@example(first=AUTUMN - timedelta(days=42), wait=3)
def test_nothing_closes_before_six_whole_weeks_over_any_change_of_the_clocks(stage, first, wait):
    opens = first + timedelta(days=wait)
    case = replace(
        ready(stage), opens_on=opens, begun=first, first_publicised=first, publicity_shown=True, last_day=None
    )
    lawful = case.earliest_last_day
    assert lawful >= first + timedelta(days=42)
    assert judged(replace(case, last_day=lawful)) == []
    assert judged(replace(case, last_day=lawful - timedelta(days=1))) != []
    whole_days = clock.uk(clock.end_of(lawful)).date() - clock.uk(clock.start_of(first)).date()
    assert whole_days >= timedelta(days=43)  # the day itself, and 42 after it


@pytest.mark.parametrize("stage", HANDED, ids=lambda stage: stage.key)
def test_what_the_law_asks_is_dated_and_says_what_to_check(stage):
    listed = law.in_force(stage.asks, date(2026, 9, 14))
    assert listed.since <= date(2026, 9, 14)
    assert listed.source.endswith(stage.regulation.replace("regulation ", "regulation/"))
    assert listed.check
    assert {"what", "where", "how", "until"} <= {point.key for point in listed.points}


def test_regulation_14_is_judged_as_before():
    assert REGULATION_14.named(date(2026, 9, 14)).until == "regulation 14(a)(iv)"
