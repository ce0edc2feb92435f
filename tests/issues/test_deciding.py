"""A reply is drafted, agreed, replaced by a later one; it knows which points it answers and where the plan shows it."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from consult import clock
from consult.database import db
from consult.issues.deciding import Answers, agree, answers_of, decide
from consult.issues.gathered import issue_at, issues_of, raised
from consult.issues.gathering import Gatherer
from consult.issues.models import Decision
from consult.issues.plan_changes import plan_change, policies_to_name
from consult.issues.progress import next_step, progress
from consult.plans.models import PlanVersion, Policy
from consult.points.coder import Coder
from consult.points.passages import passage_at
from consult.web.errors import Refused
from tests.issues.conftest import WORDS

DAY = date(2026, 5, 14)
MINUTE = "Committee, minute 6.2"


@pytest.fixture
def decided(issue, at_work):
    """A draft on “Fast cars”."""
    with at_work() as (consultation, person):
        return decide(consultation, issue, person, **WORDS).id


@pytest.fixture
def agreed(decided, at_work):
    with at_work() as (consultation, person):
        agree(consultation, one(decided), person, DAY, MINUTE)
    return decided


def one(id_):
    return db.session.scalar(sa.select(Decision).where(Decision.id == id_))


def said_of(consultation, issue):
    return answers_of(consultation).get(issue, Answers())


def test_a_reply_is_a_draft_until_it_is_agreed(issue, decided, at_work):
    with at_work() as (consultation, person):
        assert said_of(consultation, issue).whole.draft.id == decided
        assert said_of(consultation, issue).whole.agreed is None
        agree(consultation, one(decided), person, DAY, MINUTE)
        row, agreement = said_of(consultation, issue).whole.agreed
        assert (row.id, agreement.day, agreement.minute) == (decided, DAY, MINUTE)
        assert said_of(consultation, issue).whole.draft is None


def test_a_later_reply_supersedes_once_it_is_agreed_and_the_first_stays(issue, agreed, at_work):
    with at_work() as (consultation, person):
        second = decide(consultation, issue, person, **WORDS | {"reply": "On second thoughts."})
        said = said_of(consultation, issue).whole
        assert (said.agreed[0].id, said.draft.id) == (agreed, second.id)
        agree(consultation, second, person, DAY, MINUTE)
        said = said_of(consultation, issue).whole
        assert said.agreed[0].id == second.id
        assert [row.number for row, _ in said.every] == [2, 1]


def test_a_point_that_comes_later_is_told(issue, agreed, coded, said, at_work):
    with at_work() as (consultation, person):
        coder = Coder(consultation, person)
        coder.code(passage_at(consultation, said["R-CCCC-CC", "q4"]), "", {coded["Traffic"]})
        found = issue_at(consultation, issue)
        answers = said_of(consultation, issue)
        (new,) = answers.since(found)
        assert found.points[new] and answers.on(new) is None
        decide(consultation, issue, person, **WORDS)
        assert said_of(consultation, issue).since(found) == set()


def test_one_point_may_be_answered_otherwise(issue, agreed, at_work):
    with at_work() as (consultation, person):
        first, second = sorted(issue_at(consultation, issue).points)
        alone = decide(consultation, issue, person, point=first, **WORDS | {"outcome": "noted", "change": ""})
        assert said_of(consultation, issue).on(first)[0].id == agreed
        agree(consultation, alone, person, DAY, MINUTE)
        said = said_of(consultation, issue)
        assert (said.on(first)[0].id, said.on(second)[0].id) == (alone.id, agreed)
        assert said.whole.latest.id == agreed


@pytest.mark.parametrize("wrong", ["again", "superseded", "ahead"])
def test_what_cannot_have_been_agreed_is_refused(issue, decided, at_work, wrong):
    with at_work() as (consultation, person):
        day = clock.today() + timedelta(days=1) if wrong == "ahead" else DAY
        if wrong == "again":
            agree(consultation, one(decided), person, DAY, MINUTE)
        if wrong == "superseded":
            decide(consultation, issue, person, **WORDS)
        with pytest.raises(Refused):
            agree(consultation, one(decided), person, day, MINUTE)


def test_nothing_is_decided_about_a_point_that_is_elsewhere_or_an_issue_that_is_gone(issue, coded, at_work):
    with at_work() as (consultation, person):
        (homes,) = raised(consultation).by_theme[coded["Homes"]]
        with pytest.raises(Refused, match="not in this issue any more"):
            decide(consultation, issue, person, point=homes, **WORDS)
        Gatherer(consultation, person).dissolve(issue)
        with pytest.raises(Refused, match="Nothing is in this issue"):
            decide(consultation, issue, person, **WORDS)


def test_an_issue_with_an_agreed_reply_is_not_dissolved_and_an_answered_one_not_taken_back(
    issue, agreed, at_work
):
    with at_work() as (consultation, person):
        with pytest.raises(Refused, match="so it stays"):
            Gatherer(consultation, person).dissolve(issue)
        with pytest.raises(Refused, match="answered by now"):
            Gatherer(consultation, person).undo()


def test_the_database_refuses_to_change_what_was_decided(agreed, at_work):
    with pytest.raises(sa.exc.DatabaseError), at_work():
        one(agreed).reply = "Never said."
        db.session.flush()


# Where the plan shows it.


def next_version(consultation, **words):
    version = consultation.plan_version
    following = PlanVersion(plan_id=version.plan_id, number=version.number + 1)
    db.session.add(following)
    db.session.flush()
    for policy in version.policies:
        given = {name: getattr(policy, name) for name in ("key", "reference", "title", "position")}
        db.session.add(Policy(version_id=following.id, **given | (words if policy.reference == "H1" else {})))
    db.session.flush()
    db.session.expire_all()
    return following


def test_a_decision_leads_to_the_first_version_that_reads_otherwise(said, at_work):
    with at_work() as (consultation, _):
        key = consultation.policies[0].key
        assert plan_change(consultation, "") is None
        assert plan_change(consultation, key).after is None
        next_version(consultation)
        assert plan_change(consultation, key).after is None
        consultation.plan_version.plan.versions[-1].policies[0].text = "No faster than 20."
        db.session.flush()
        found = plan_change(consultation, key)
        assert (found.policy.reference, found.before.number, found.after.number) == ("H1", 1, 2)
        assert "No faster than 20." in str(found.change.differences)


def test_a_version_that_nobody_may_see_changes_nothing_for_them(said, at_work):
    with at_work() as (consultation, _):
        next_version(consultation, text="Otherwise.")
        assert plan_change(consultation, consultation.policies[0].key, lambda version: False).after is None


def test_a_policy_that_is_new_in_the_next_version_can_be_named(said, at_work):
    with at_work() as (consultation, _):
        following = next_version(consultation)
        db.session.add(Policy(version_id=following.id, reference="T1", title="Traffic", position=9))
        db.session.flush()
        db.session.expire_all()
        assert [policy.reference for policy in policies_to_name(consultation)] == ["H1", "GS1", "T1"]
        key = policies_to_name(consultation)[-1].key
        assert plan_change(consultation, key).change.states == ["added"]


# How far it has come, and what is next.


def state_of(consultation):
    points, issues, answers = raised(consultation), issues_of(consultation), answers_of(consultation)
    step = next_step(consultation, points, issues, answers)
    return progress(points, issues, answers), step.sentence if step else ""


def test_progress_and_the_next_thing_to_do(coded, at_work):
    with at_work() as (consultation, person):
        done, step = state_of(consultation)
        assert (done.points, done.gathered, done.answered, done.agreed) == (3, 0, 0, 0)
        assert step == "No issue answers “Traffic” yet."
        gatherer = Gatherer(consultation, person)
        both = gatherer.begin("All of it", "", {coded["Traffic"], coded["Homes"]}, set())
        assert state_of(consultation)[1] == "Issue 1, “All of it”, has no reply yet."
        key = consultation.policies[0].key
        row = decide(consultation, both, person, **WORDS, policy_key=key)
        done, step = state_of(consultation)
        assert (done.gathered, done.answered, done.agreed) == (3, 3, 0)
        assert step == "A reply to issue 1 waits to be agreed."
        agree(consultation, row, person, DAY, MINUTE)
        done, step = state_of(consultation)
        assert (done.agreed, done.percent(done.agreed)) == (3, 100)
        assert step == "Policy H1 Homes is to change (issue 1), and reads as before."
        next_version(consultation, text="Otherwise.")
        assert state_of(consultation)[1] == ""


def test_before_anything_is_coded_the_next_thing_is_to_read(said, at_work):
    with at_work() as (consultation, _):
        done, step = state_of(consultation)
        assert (done.points, done.percent(0)) == (0, 0)
        assert step.startswith("Nothing is coded yet")
