"""Two facts side by side: the same numbers as the figures', whichever way they are counted."""

import random

import numpy as np
import pytest
from hypothesis import given, settings

from consult.feedback import crossing
from consult.feedback.crossing import EVERYBODY, behind, cross, dimensions
from consult.feedback.facts import HOMES, STANCES
from consult.feedback.tallies import figures
from tests.feedback.made_up import POLICIES, Rows, calm, chose, response, rows, says


def crossed(facts, down, along=""):
    every = dimensions(facts)
    return cross(facts, every[down], every[along] if along else EVERYBODY)


def cell(table, row, column=""):
    down = table.rows.number(row) if row else -1
    along = table.columns.number(column) if column else -1
    return int(table.responses[down, along]), int(table.people[down, along])


def test_a_cell_counts_responses_and_people_and_the_totals_are_of_everybody():
    couple, firm, alone = (
        response(1, people=2),
        response(2, kind="business", people=40),
        response(3, home="outside"),
    )
    made = Rows([couple, firm, alone], [chose(couple, "yes"), chose(alone, "yes"), chose(firm, "no")], [])
    table = crossed(made.facts(), "q1", "home")
    assert cell(table, "yes", "inside") == (1, 2)
    assert cell(table, "yes") == (2, 3)
    assert cell(table, "", "inside") == (2, 3)
    assert cell(table, "") == (3, 4)
    assert cell(table, "-") == (0, 0)


def test_whoever_did_not_answer_is_in_the_table_too():
    first, second = response(1), response(2)
    table = crossed(Rows([first, second], [chose(first, "yes")], []).facts(), "q1", "home")
    assert cell(table, "-", "inside") == (1, 1)


def test_a_stance_stands_beside_the_policy_that_it_was_taken_on():
    both = response(1)
    made = Rows([both, response(2)], [says(both, "object"), says(both, "support", "GS1.2")], [])
    for down, along in (("policy", "stance"), ("stance", "policy")):
        table = crossed(made.facts(), down, along)
        if down == "stance":
            table = crossing.CrossTab(
                table.columns, table.rows, table.responses.T, table.people.T, table.several
            )
        assert cell(table, "H1", "object") == (1, 1)
        assert cell(table, "H1", "support") == (0, 0)
        assert cell(table, "GS1.2", "support") == (1, 1)
        assert cell(table, "-", "-") == (1, 1)
        assert cell(table, "") == (2, 2)
        assert table.several


@calm
@given(rows())
def test_every_total_is_the_figure_that_the_tallies_give(made):
    facts = made.facts()
    found = {(f.key, f.filter): (f.responses, f.people) for f in figures(facts)}
    for split in ("home", "connection", "kind"):
        table = crossed(facts, split)
        for group, _ in table.rows.groups:
            assert cell(table, group) == found["counted", f"{split}={group}"]
        for question, option in (("q1", "yes"), ("q1", "unsure"), ("q2", "homes"), ("q2", "roads")):
            table = crossed(facts, question, split)
            assert cell(table, option) == found[f"{question}.{option}", ""]
            for group, _ in table.columns.groups:
                assert cell(table, option, group) == found[f"{question}.{option}", f"{split}={group}"]
        for policy in POLICIES:
            table = crossed(facts, f"q3.{policy.reference}", split)
            for stance in STANCES:
                key = f"q3.{policy.reference}.{stance}"
                assert cell(table, stance) == found[key, ""]
                for group, _ in table.columns.groups:
                    assert cell(table, stance, group) == found[key, f"{split}={group}"]
    table = crossed(facts, "policy", "stance")
    for policy in POLICIES:
        assert cell(table, policy.reference) == found[f"q3.{policy.reference}", ""]
        for stance in STANCES:
            assert cell(table, policy.reference, stance) == found[f"q3.{policy.reference}.{stance}", ""]


@settings(calm, max_examples=8)
@given(rows(most=15))
def test_any_two_can_be_crossed_and_each_cell_opens_to_as_many_responses(made):
    facts = made.facts()
    every = dimensions(facts)
    for down in every.values():
        for along in (EVERYBODY, *every.values()):
            if along.key == down.key:
                continue
            table = cross(facts, down, along)
            assert cell(table, "") == (
                sum(r.status == "counted" for r in made.responses),
                table.people[-1, -1],
            )
            for row in ("", *(key for key, _ in down.groups)):
                for column in ("", *(key for key, _ in along.groups)):
                    assert len(behind(facts, down, along, row, column)) == cell(table, row, column)[0]
            if not table.several:
                assert np.array_equal(table.responses[:-1].sum(0), table.responses[-1])


@calm
@given(rows())
def test_rows_and_columns_can_change_places(made):
    facts = made.facts()
    for down, along in (("q1", "home"), ("q2", "connection"), ("policy", "stance"), ("q3.H1", "kind")):
        one, other = crossed(facts, down, along), crossed(facts, along, down)
        assert np.array_equal(one.responses, other.responses.T)
        assert np.array_equal(one.people, other.people.T)


@calm
@given(rows())
def test_the_order_in_which_rows_come_changes_nothing(made):
    shuffled = random.Random(7)
    mixed = Rows(*(shuffled.sample(part, len(part)) for part in (made.responses, made.answers, made.places)))
    for down, along in (("q2", "home"), ("policy", "stance"), ("stance", "connection")):
        one, other = crossed(made.facts(), down, along), crossed(mixed.facts(), down, along)
        assert np.array_equal(one.responses, other.responses)
        assert np.array_equal(one.people, other.people)


@calm
@given(rows())
def test_the_topline_is_the_figures_of_every_option(made):
    facts = made.facts()
    found = {(f.key, f.filter): (f.responses, f.people) for f in figures(facts)}
    alone, by_home = crossing.topline(facts), crossing.topline(facts, dimensions(facts)["home"])
    for key, _ in alone.rows.groups:
        assert cell(alone, key) == found[key, ""]
        for home in HOMES:
            assert cell(by_home, key, home) == found[key, f"home={home}"]


@calm
@given(rows())
def test_the_homes_of_everybody_are_everybody(made):
    table = crossed(made.facts(), "home")
    assert [key for key, _ in table.rows.groups] == list(HOMES)
    assert table.responses[:-1].sum() == table.responses[-1, -1]


@pytest.mark.parametrize(("down", "along"), [("moon", "q9"), ("", ""), ("home", "home"), ("\x00", "'")])
def test_what_cannot_be_compared_is_the_first_thing_beside_nothing(down, along):
    facts = Rows([response(1)], [], []).facts()
    assert [d.key for d in crossing.chosen(facts, down, along)] == ["home", ""]


def test_a_group_that_is_not_there_has_nobody_behind_it():
    facts = Rows([response(1)], [], []).facts()
    assert behind(facts, *crossing.chosen(facts, "home", "q1"), "moon", "yes") == []
