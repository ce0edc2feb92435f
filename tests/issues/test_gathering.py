"""Points are put together into issues; every step stays on record and can be taken back."""

import pytest
import sqlalchemy as sa

from consult.database import db
from consult.issues.gathered import issues_of, raised
from consult.issues.gathering import Gatherer
from consult.issues.models import Gathering, Step
from consult.points.coder import Coder
from consult.points.passages import passage_at
from consult.web.errors import Refused
from tests.issues.conftest import standing


def test_a_theme_brings_its_points_and_their_responses(issue, at_work):
    with at_work() as (consultation, _):
        assert standing(consultation) == [("1. Fast cars", ["Traffic"], 2)]
        (found,) = issues_of(consultation)
        assert len(set(found.points.values())) == 2


def test_a_point_that_is_coded_later_is_in_it_too(issue, coded, said, at_work):
    with at_work() as (consultation, person):
        coder = Coder(consultation, person)
        coder.code(passage_at(consultation, said["R-CCCC-CC", "q4"]), "", {coded["Traffic"]})
        assert standing(consultation) == [("1. Fast cars", ["Traffic"], 3)]


def test_themes_under_a_theme_come_with_it(issue, coded, at_work, said):
    with at_work() as (consultation, person):
        coder = Coder(consultation, person)
        verges = coder.write("Verges", parent_id=coded["Traffic"])
        coder.code(passage_at(consultation, said["R-CCCC-CC", "q4"]), "", {verges})
        assert standing(consultation) == [("1. Fast cars", ["Traffic"], 3)]


def test_a_merged_theme_is_answered_where_it_counts_now(issue, coded, at_work):
    with at_work() as (consultation, person):
        Coder(consultation, person).merge(coded["Homes"], coded["Traffic"])
        assert standing(consultation) == [("1. Fast cars", ["Traffic"], 3)]
    with at_work() as (consultation, person):
        Coder(consultation, person).undo()
        Coder(consultation, person).merge(coded["Traffic"], coded["Homes"])
        assert standing(consultation) == [("1. Fast cars", ["Homes"], 3)]


def test_a_single_point_stands_in_an_issue_on_its_own(issue, coded, at_work):
    with at_work() as (consultation, person):
        (homes,) = raised(consultation).by_theme[coded["Homes"]]
        Gatherer(consultation, person).gather(issue, set(), {homes})
        (found,) = issues_of(consultation)
        assert len(found.points) == 3
        assert found.alone == {homes}
    with at_work() as (consultation, person):
        Gatherer(consultation, person).part(issue, homes)
        assert standing(consultation) == [("1. Fast cars", ["Traffic"], 2)]


def test_what_was_put_aside_as_a_second_copy_is_not_answered(issue, coded, said, at_work):
    with at_work() as (consultation, person):
        coder = Coder(consultation, person)
        coder.code(passage_at(consultation, said["R-DDDD-DD", "q3"]), "", {coded["Traffic"]})
        assert standing(consultation) == [("1. Fast cars", ["Traffic"], 2)]


def test_taking_back_step_by_step_ends_where_it_began(issue, coded, at_work):
    with at_work() as (consultation, person):
        gatherer = Gatherer(consultation, person)
        gatherer.word(issue, "Speed", "")
        gatherer.gather(issue, {coded["Homes"]}, set())
        gatherer.part(issue, coded["Traffic"])
        gatherer.dissolve(issue)
        assert standing(consultation) == []
    seen = []
    with at_work() as (consultation, person):
        gatherer = Gatherer(consultation, person)
        while gatherer.undo() is not None:
            seen.append(standing(consultation))
        assert seen == [
            [("1. Speed", ["Homes"], 1)],
            [("1. Speed", ["Homes", "Traffic"], 3)],
            [("1. Speed", ["Traffic"], 2)],
            [("1. Fast cars", ["Traffic"], 2)],
            [],
        ]
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Gathering)) == 2
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Step)) == 10


def test_a_step_of_somebody_else_is_not_taken_back(issue, at_work):
    with at_work(role="analyst") as (consultation, person):
        assert Gatherer(consultation, person).undo() is None
        assert len(standing(consultation)) == 1


def test_numbers_are_never_given_twice(issue, coded, at_work):
    with at_work() as (consultation, person):
        gatherer = Gatherer(consultation, person)
        gatherer.dissolve(issue)
        gatherer.begin("Homes", "", {coded["Homes"]}, set())
        assert standing(consultation) == [("2. Homes", ["Homes"], 1)]


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda g, i, t: g.begin("fast  CARS", "", {t["Homes"]}, set()), "called “Fast cars” already"),
        (lambda g, i, t: g.begin("Empty", "", set(), set()), "at least one theme"),
        (lambda g, i, t: g.begin("Again", "", {t["Traffic"]}, set()), "“Traffic” is in issue 1 already"),
        (lambda g, i, t: g.begin("No such", "", {i}, set()), "merged, retired or cut anew"),
        (lambda g, i, t: g.gather(i, {t["Traffic"]}, set()), "not in this issue yet"),
        (lambda g, i, t: g.part(i, t["Homes"]), "not in this issue any more"),
        (lambda g, i, t: g.part(i, t["Traffic"]), "dissolve it instead"),
        (lambda g, i, t: g.word(t["Homes"], "X", ""), "dissolved meanwhile"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(issue, coded, at_work, act, sentence):
    with at_work() as (consultation, person), pytest.raises(Refused, match=sentence):
        act(Gatherer(consultation, person), issue, coded)


def test_taking_back_does_not_put_a_theme_into_two_issues(issue, coded, at_work):
    with at_work() as (consultation, person):
        Gatherer(consultation, person).gather(issue, {coded["Homes"]}, set())
        Gatherer(consultation, person).part(issue, coded["Traffic"])
    with at_work(role="analyst") as (consultation, person):
        Gatherer(consultation, person).begin("Traffic", "", {coded["Traffic"]}, set())
    with (
        at_work() as (consultation, person),
        pytest.raises(Refused, match="put into another issue meanwhile"),
    ):
        Gatherer(consultation, person).undo()


def test_the_other_forum_has_issues_of_its_own(issue, at_work):
    with at_work("beck") as (consultation, _):
        assert standing(consultation) == []
