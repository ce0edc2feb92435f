"""Points and their codings: every step is a move of its own, and taking it back brings back what was."""

import pytest
import sqlalchemy as sa

from consult.consultations.models import Consultation
from consult.database import db
from consult.plans.models import Policy
from consult.points.frame import frame_of
from consult.points.models import Coding, Move
from consult.points.spans import EVERYTHING, Span
from consult.points.standing import standing_in
from consult.web.errors import Refused

ON_H1 = ("R-AAAA-AA", "q3")
ROAD = Span("text", 18, 39)


def standing(coder, passage):
    return [
        (point.letter, point.span.of(passage.written), {coder.frame.by_id[t].label for t in point.themes})
        for point in standing_in(passage, coder.frame)
    ]


@pytest.fixture
def cut(said, coding):
    """The letter in three points; the second coded “Traffic”."""
    with coding() as (coder, passage):
        letter = passage(said[ON_H1])
        coder.mark(letter, ROAD)
        coder.code(letter, "b", {coder.write("Traffic")})
    return said[ON_H1]


def test_what_nobody_touched_is_one_point_with_what_was_answered(said, coding):
    with coding() as (coder, passage):
        (only,) = standing_in(passage(said[ON_H1]), coder.frame)
        assert (only.span, only.letter, only.stance, only.themes) == (EVERYTHING, "", "object", frozenset())
        assert only.policy_id == db.session.scalar(sa.select(Policy.id).where(Policy.reference == "H1"))


def test_a_point_is_cut_out_and_coded_alone(cut, coding):
    with coding() as (coder, passage):
        assert standing(coder, passage(cut)) == [
            ("a", "I like the green.", set()),
            ("b", "The road is too fast!", {"Traffic"}),
            ("c", "Move the road.", set()),
        ]


def test_taking_back_step_by_step_ends_where_it_began(cut, coding):
    seen = []
    with coding() as (coder, passage):
        while coder.undo() is not None:
            seen.append(len(standing(coder, passage(cut))))
        assert standing(coder, passage(cut)) == [
            ("", "I like the green. The road is too fast!\n\nMove the road.", set())
        ]
        assert coder.frame.entries == ()
    assert seen == [3, 3, 1]


def test_joined_and_cut_again_the_points_keep_their_letters_and_codings(cut, coding):
    with coding() as (coder, passage):
        coder.join(passage(cut))
        assert [letter for letter, _, _ in standing(coder, passage(cut))] == [""]
        coder.mark(passage(cut), ROAD)
        assert [(letter, themes) for letter, _, themes in standing(coder, passage(cut))] == [
            ("a", set()),
            ("b", {"Traffic"}),
            ("c", set()),
        ]


def test_a_letter_is_never_given_twice(cut, coding):
    with coding() as (coder, passage):
        coder.join(passage(cut))
        coder.mark(passage(cut), Span("text", 0, 6))
        assert [letter for letter, _, _ in standing(coder, passage(cut))] == ["d", "e", "c"]


def test_codings_are_what_was_chosen_last_and_nothing_is_written_over(cut, coding):
    with coding() as (coder, passage):
        speed, road = coder.write("Speed"), coder.frame.labelled("traffic").id
        coder.code(passage(cut), "b", {road, speed})
        coder.code(passage(cut), "b", {speed})
        assert standing(coder, passage(cut))[1][2] == {"Speed"}
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Coding)) == 2
        coder.undo()
        assert standing(coder, passage(cut))[1][2] == {"Speed", "Traffic"}


def test_only_a_coders_own_steps_are_taken_back(cut, coding):
    with coding(role="chair") as (coder, passage):
        assert coder.undo() is None
        coder.code(passage(cut), "a", {coder.nothing()})
    with coding() as (coder, passage):
        coder.undo()
        assert [themes for _, _, themes in standing(coder, passage(cut))] == [
            {"Raises nothing to answer"},
            set(),
            set(),
        ]


def test_a_point_may_be_about_another_policy_than_its_answer(cut, coding):
    with coding() as (coder, passage):
        green = db.session.scalar(sa.select(Policy.id).where(Policy.reference == "GS1"))
        coder.place(passage(cut), "a", green, "support")
        points = standing_in(passage(cut), coder.frame)
        assert [(p.policy_id == green, p.stance) for p in points] == [
            (True, "support"),
            (False, "object"),
            (False, "object"),
        ]
        coder.undo()
        assert standing_in(passage(cut), coder.frame)[0].stance == "object"


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (lambda coder, p: coder.mark(p, Span("text", 10, 30)), "some of the words of one point"),
        (lambda coder, p: coder.mark(p, ROAD), "some of the words of one point"),
        (lambda coder, p: coder.code(p, "z", set()), "other points meanwhile"),
        (lambda coder, p: coder.code(p, "a", {p.id}), "merged or retired meanwhile"),
        (lambda coder, p: coder.write("  traffic "), "a theme “Traffic” already"),
        (lambda coder, p: coder.merge(*[coder.frame.labelled("Traffic").id] * 2), "two different themes"),
        (lambda coder, p: coder.retire(coder.frame.labelled("Traffic").id), "Points are coded"),
        (lambda coder, p: coder.write("Sub", parent_id=p.id), "merged or retired meanwhile"),
    ],
)
def test_what_cannot_be_done_is_said(cut, coding, step, why):
    with pytest.raises(Refused, match=why), coding() as (coder, passage):
        step(coder, passage(cut))
    with coding() as (coder, passage):
        assert [themes for _, _, themes in standing(coder, passage(cut))] == [set(), {"Traffic"}, set()]


def test_joining_one_point_is_refused(said, coding):
    with pytest.raises(Refused, match="one point already"), coding() as (coder, passage):
        coder.join(passage(said[ON_H1]))


def test_merging_changes_what_counts_and_parting_brings_it_back(cut, coding):
    with coding() as (coder, passage):
        speed = coder.write("Speed", definition="How fast people drive")
        coder.merge(coder.frame.labelled("Traffic").id, speed)
        assert standing(coder, passage(cut))[1][2] == {"Speed"}
        assert [entry.label for entry in coder.frame.matters] == ["Speed"]
        coder.undo()
        assert standing(coder, passage(cut))[1][2] == {"Traffic"}
        assert [entry.label for entry in coder.frame.matters] == ["Speed", "Traffic"]


def test_a_chain_of_merges_ends_where_it_leads(cut, coding):
    with coding() as (coder, passage):
        speed, streets = coder.write("Speed"), coder.write("Streets")
        coder.merge(coder.frame.labelled("Traffic").id, speed)
        coder.merge(speed, streets)
        assert standing(coder, passage(cut))[1][2] == {"Streets"}
        with pytest.raises(Refused, match="merged or retired meanwhile"):
            coder.merge(streets, speed)


def test_themes_stand_under_one_another_in_two_levels(said, coding):
    with coding() as (coder, _):
        streets = coder.write("Streets", position=1)
        speed = coder.write("Speed", parent_id=streets)
        coder.write("Green", position=2)
        with pytest.raises(Refused, match="stands under none"):
            coder.write("Bumps", parent_id=speed)
        with pytest.raises(Refused, match="stands under none"):
            coder.reword(streets, "Streets", parent_id=coder.frame.labelled("Green").id)
        assert [(e.label, coder.frame.depth(e)) for e in coder.frame.matters] == [
            ("Streets", 0),
            ("Speed", 1),
            ("Green", 0),
        ]


def test_a_theme_in_use_is_not_taken_back(said, coding):
    with coding() as (coder, passage):
        theme = coder.write("Traffic")
    with coding(role="chair") as (coder, passage):
        coder.code(passage(said[ON_H1]), "", {theme})
    with pytest.raises(Refused, match="in use by now"), coding() as (coder, _):
        coder.undo()


def test_moves_are_numbered_and_say_who_made_them(cut, coding, world):
    with coding() as (coder, _):
        coder.undo()
        moves = list(db.session.scalars(sa.select(Move).order_by(Move.number)))
        assert [(move.number, move.kind) for move in moves] == [
            (1, "cut"),
            (2, "worded"),
            (3, "coded"),
            (4, "undone"),
        ]
        assert {move.by_id for move in moves} == {world.person["ash", "analyst"]}


def test_the_other_forum_has_none_of_it(cut, coding, working):
    with working("beck"):
        theirs = db.session.scalars(sa.select(Consultation)).one()
        assert frame_of(theirs.id).entries == ()
    with coding("beck") as (_, passage):
        assert passage(cut) is None
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Move)) == 0
