"""Which passage comes next: question by question, in the order of arrival, and what is still to be read."""

import pytest
import sqlalchemy as sa

from consult.consultations.models import Consultation
from consult.database import db
from consult.points.passages import CODED, UNCODED, Wanted
from consult.points.queue import Progress, beside, first, page_of, progress, progress_by
from consult.points.spans import Span
from consult.responses.models import Place

EVERYTHING = Wanted()


@pytest.fixture
def here(said, working):
    with working("ash"):
        said["R-BBBB-BB", "q5"] = db.session.scalars(sa.select(Place.id)).one()
        yield db.session.scalars(sa.select(Consultation)).one()


def test_every_passage_once_question_by_question(here, said):
    rows, every = page_of(here, EVERYTHING, 1, 50)
    assert every == 5
    assert [(row.response, row.question, row.policy, row.coded) for row in rows] == [
        ("R-AAAA-AA", "q3", "H1", False),
        ("R-BBBB-BB", "q3", "H1", False),
        ("R-AAAA-AA", "q4", "", False),
        ("R-CCCC-CC", "q4", "", False),
        ("R-BBBB-BB", "q5", "", False),
    ]


def test_next_and_previous_walk_the_same_list(here):
    ids = [row.id for row in page_of(here, EVERYTHING, 1, 50)[0]]
    assert first(here, EVERYTHING) == ids[0]
    assert [beside(here, EVERYTHING, id_) for id_ in ids] == [*ids[1:], None]
    assert [beside(here, EVERYTHING, id_, after=False) for id_ in ids] == [None, *ids[:-1]]


@pytest.mark.parametrize(
    ("wanted", "references"),
    [
        (Wanted(policy="H1"), ["R-AAAA-AA", "R-BBBB-BB"]),
        (Wanted(question="q4"), ["R-AAAA-AA", "R-CCCC-CC"]),
        (Wanted(stance="support"), []),
        (Wanted(stance="object", policy="H1", question="q3"), ["R-AAAA-AA", "R-BBBB-BB"]),
    ],
)
def test_filters_narrow_it(here, wanted, references):
    assert [row.response for row in page_of(here, wanted, 1, 50)[0]] == references


def test_what_lies_between_is_not_wanted(here, said):
    assert beside(here, Wanted(question="q5"), said["R-AAAA-AA", "q3"]) == said["R-BBBB-BB", "q5"]


def test_a_passage_is_coded_when_all_of_its_points_are(said, coding):
    letter = said["R-AAAA-AA", "q3"]
    with coding() as (coder, passage):
        here = coder.consultation
        theme = coder.write("Traffic")
        assert progress(here) == Progress(5, 0)
        coder.code(passage(letter), "", {theme})
        assert progress(here) == Progress(5, 1)
        coder.mark(passage(letter), Span("text", 18, 39))
        assert progress(here) == Progress(5, 0)
        for point in "abc":
            coder.code(passage(letter), point, {theme})
        assert progress(here) == Progress(5, 1)
        assert [row.response for row in page_of(here, Wanted(state=CODED), 1, 9)[0]] == ["R-AAAA-AA"]
        assert first(here, Wanted(state=UNCODED)) == said["R-BBBB-BB", "q3"]
        coder.code(passage(letter), "b", set())
        assert progress(here) == Progress(5, 0)


def test_progress_by_question_and_policy_adds_up(said, coding):
    with coding() as (coder, passage):
        coder.code(passage(said["R-BBBB-BB", "q3"]), "", {coder.nothing()})
        assert progress_by(coder.consultation, "question") == {
            "q3": Progress(2, 1),
            "q4": Progress(2, 0),
            "q5": Progress(1, 0),
        }
        assert progress_by(coder.consultation, "policy") == {"H1": Progress(2, 1), "": Progress(3, 0)}


def test_it_says_a_hundred_per_cent_only_when_nothing_is_left():
    assert Progress(1000, 999).percent == 99
    assert Progress(1000, 1000).percent == 100
    assert Progress(0, 0).percent == 100
