"""The gate's rules, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from consult import clock
from consult.consultations.opening.case import GDPR, HOUSE
from consult.consultations.opening.gate import Case, earliest, judged, publicity
from consult.consultations.stages import CALL_FOR_SITES, EARLY, REGULATION_14, STAGES

READY = Case(
    stage=REGULATION_14,
    opens_on=date(2026, 9, 14),
    policies=3,
    questions=2,
    where_to_see="The library, weekdays.",
    how_to_respond="On this page.",
    email="us@example.org",
    phone="01632 960001",
    address="The Hall, Ash Hill",
    controller="The forum",
    lawful_basis="public_task",
    kept_until="the plan is made",
    publication="redacted",
    data_contact="data@example.org",
    privacy_notice="We keep it safe.",
    last_day=date(2026, 10, 26),
)
days = st.dates(date(2020, 1, 1), date(2060, 1, 1))
SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)  # the clocks change in these nights


def test_a_complete_regulation_14_consultation_may_open():
    assert judged(READY) == []


@pytest.mark.parametrize(
    ("change", "regulation", "words"),
    [
        ({"policies": 0}, "regulation 14(a)(i)", "complete draft plan"),
        ({"where_to_see": ""}, "regulation 14(a)(ii)", "where and when"),
        ({"how_to_respond": ""}, "regulation 14(a)(iii)", "how people can respond"),
        ({"last_day": None}, "regulation 14(a)(iv)", "26 October 2026 or later"),
        ({"last_day": date(2026, 10, 25)}, "regulation 14(a)(iv)", "not 25 October 2026"),
        ({"designated": False}, "regulation 14", "must be designated first"),
        ({"not_qualifying": "Its designation ended."}, "regulation 14", "Its designation ended."),
        ({"admitted": False}, HOUSE, "must admit you"),
        ({"questions": 0}, HOUSE, "at least one question"),
        ({"choices_without_options": ("q2",)}, HOUSE, "Question q2"),
        ({"email": ""}, HOUSE, "Give an email address,"),
        ({"phone": ""}, HOUSE, "Give a telephone number,"),
        ({"address": ""}, HOUSE, "Give a postal address,"),
        ({"phone": "", "address": ""}, HOUSE, "Give a telephone number and a postal address,"),
        ({"controller": ""}, f"{GDPR}(1)(a)", "data controller"),
        ({"lawful_basis": ""}, f"{GDPR}(1)(c)", "lawful basis"),
        ({"publication": ""}, f"{GDPR}(1)(e)", "how comments are published"),
        ({"kept_until": ""}, f"{GDPR}(2)(a)", "until when"),
        ({"data_contact": ""}, f"{GDPR}(1)(b)", "whom people ask"),
        ({"privacy_notice": ""}, GDPR, "privacy notice"),
        ({"modification": True}, "regulation 14(a)(v)", "change the nature"),
        ({"modification": True, "changes_nature": "no"}, "regulation 14(a)(v)", "reasons"),
        ({"to_confirm": 2}, "regulation 14(b)", "2 decisions are not confirmed"),
    ],
)
def test_each_lack_names_its_regulation_and_what_is_missing(change, regulation, words):
    (lack,) = judged(replace(READY, **change))
    assert lack.regulation == regulation
    assert words in lack.sentence


@pytest.mark.parametrize("stage", [EARLY, CALL_FOR_SITES])
def test_what_comes_before_the_plan_needs_no_area_no_plan_and_no_designated_body(stage):
    case = replace(
        READY, stage=stage, designated=False, not_qualifying="It is no forum.", policies=0, where_to_see=""
    )
    assert judged(case) == []


def test_a_question_about_each_policy_needs_policies_at_every_stage():
    (lack,) = judged(replace(READY, stage=EARLY, policies=0, asks_about_policies=True))
    assert "no policies yet" in lack.sentence


def test_everything_that_is_missing_is_named_at_once():
    bare = Case(stage=REGULATION_14, opens_on=date(2026, 9, 14), admitted=False, designated=False)
    assert len(judged(bare)) == 14


@given(days, st.integers(0, 400))
@example(date(2027, 2, 20), 0)
@example(date(2026, 10, 1), 7)
def test_regulation_14_lasts_to_the_end_of_the_42nd_day_after_first_publicity(publicised, later):
    """Counted here in another way than in the gate: by walking from midnight to midnight."""
    opens_on = publicised + timedelta(days=later)
    first = earliest(REGULATION_14, publicised, opens_on)
    ends = clock.end_of(first)
    midnights = [publicised + timedelta(days=n) for n in range(1, 44)]
    assert first >= midnights[41]
    assert clock.uk(ends).time().isoformat() == "00:00:00"
    assert clock.uk(ends).date() == first + timedelta(days=1)
    assert ends >= clock.start_of(midnights[42])


@given(days, days)
def test_the_last_second_of_the_last_lawful_day_is_inside_and_the_next_is_not(publicised, opens_on):
    opens_on = max(publicised, opens_on)
    ends = clock.end_of(earliest(REGULATION_14, publicised, opens_on))
    last = clock.uk(ends - timedelta(seconds=1))
    assert (last.hour, last.minute, last.second) == (23, 59, 59)
    assert clock.last_day(ends) == last.date()


@given(days, st.integers(-60, 60), st.integers(0, 120))
def test_the_gate_refuses_a_day_too_few_and_takes_the_earliest_day(opens_on, ahead, longer):
    first = opens_on + timedelta(days=ahead)
    case = replace(READY, opens_on=opens_on, first_publicised=first)
    lawful = case.earliest_last_day
    assert judged(replace(case, last_day=lawful + timedelta(days=longer))) == []
    assert [x.task for x in judged(replace(case, last_day=lawful - timedelta(days=1 + longer)))] == ["dates"]


@given(days, st.one_of(st.none(), days))
def test_opening_is_itself_publicity_so_it_never_comes_first(opens_on, first_publicised):
    assert publicity(first_publicised, opens_on) <= opens_on
    assert publicity(None, opens_on) == opens_on


@given(st.sampled_from([s for s in STAGES.values() if not s.statutory]), days, st.times())
def test_where_no_regulation_governs_it_still_lasts_a_whole_day(stage, day, at):
    opened = datetime.combine(day, at, clock.UK).astimezone(UTC)
    opens_on = clock.uk(opened).date()
    lasts = clock.end_of(earliest(stage, opens_on, opens_on)) - opened
    assert lasts >= timedelta(hours=23)  # a day of the UK calendar; one in the year has 23 hours
    assert (
        lasts > timedelta(hours=24)
        or opens_on + timedelta(days=1) == clock.uk(opened + timedelta(days=1)).date()
    )


@pytest.mark.parametrize(
    ("publicised", "hours"), [(SPRING, 42 * 24 - 1), (AUTUMN, 42 * 24 + 1), (date(2026, 6, 1), 42 * 24)]
)
def test_six_weeks_over_a_clock_change_are_an_hour_shorter_or_longer(publicised, hours):
    ends = clock.end_of(earliest(REGULATION_14, publicised, publicised))
    begins = clock.start_of(publicised)
    assert ends - begins == timedelta(hours=hours + 24)


def test_regulation_14_waits_until_each_body_of_the_schedule_is_decided():
    names = tuple(f"Body {n}" for n in range(8))
    (lack,) = judged(replace(READY, undecided=names))
    assert (lack.regulation, lack.task) == ("regulation 14(b)", "consultees")
    assert "Body 0; Body 1; Body 2; Body 3; Body 4; and 3 more." in lack.sentence
    (lack,) = judged(replace(READY, undecided=names[:1]))
    assert lack.sentence.endswith("Undecided: Body 0.")


@pytest.mark.parametrize("stage", [s for s in STAGES.values() if s is not REGULATION_14])
def test_no_other_stage_asks_about_the_bodies_of_the_schedule(stage):
    undecided = [
        lack for lack in judged(replace(READY, stage=stage, undecided=("Body",))) if "Body" in lack.sentence
    ]
    assert undecided == []


def test_an_earlier_day_of_publicity_needs_evidence():
    begun = date(2026, 9, 10)
    early = replace(READY, begun=begun, first_publicised=begun - timedelta(days=1))
    (lack,) = judged(early)
    assert lack.task == "dates"
    assert judged(replace(early, publicity_shown=True)) == []
