import hashlib
import random
from uuid import UUID

from hypothesis import given

from consult.feedback.facts import CONNECTIONS, HOMES, STANCES, Facts, people_in
from consult.feedback.tallies import behind, figures, of_points, reconciliation
from consult.responses.standing import status_of
from tests.feedback.made_up import KINDS, POLICIES, QUESTIONS, Rows, calm, chose, response, rows, says


def table(facts: Facts, **options):
    return {(figure.key, figure.filter): figure for figure in figures(facts, **options)}


def test_each_response_has_one_status_and_a_decision_comes_before_how_it_arrived():
    assert status_of(None, False) == "counted"
    assert status_of(None, True) == "late"
    assert status_of("duplicate", True) == "duplicate"
    assert status_of("withdrawn", False) == "withdrawn"


def test_people_are_individuals_and_joint_signatories_and_an_organisation_is_one():
    assert people_in("individual", 1) == 1
    assert people_in("landowner", 4) == 4
    assert people_in("business", 300) == 1
    assert people_in("individual", 0) == 1


def test_the_headline_counts_responses_and_people():
    couple, firm = response(1, kind="individual", people=2), response(2, kind="business", people=40)
    alone = response(3, home="outside", connection=("work", "business"))
    made = Rows([couple, firm, alone], [chose(couple, "yes"), chose(alone, "yes"), chose(firm, "no")], [])
    found = table(made.facts())
    assert (found["counted", ""].responses, found["counted", ""].people) == (3, 4)
    assert (found["q1.yes", ""].responses, found["q1.yes", ""].people) == (2, 3)
    assert (found["q1", "home=outside"].responses, found["q1.yes", "connection=work"].people) == (1, 1)
    assert found["q1.unsure", ""].responses == 0


def test_stances_are_counted_per_policy():
    first, second = response(1), response(2)
    made = Rows(
        [first, second],
        [says(first, "object"), says(second, None, text=True), says(first, "support", "GS1.2")],
        [],
    )
    found = table(made.facts())
    assert found["q3.H1", ""].responses == 2
    assert found["q3.H1.object", ""].responses == 1
    assert found["q3.GS1.2.support", ""].responses == 1
    assert found["q3", ""].responses == 2


@calm
@given(rows())
def test_received_is_counted_and_every_kind_of_not_counted(made):
    line = reconciliation(made.facts())
    assert line.adds_up
    assert line.received == len(made.responses)


@calm
@given(rows())
def test_the_homes_and_the_kinds_add_up_to_the_headline(made):
    found = table(made.facts())
    kinds = sorted({row.kind for row in made.responses})
    for key in {key for key, _ in found}:
        for number in ("responses", "people", "value"):
            headline = getattr(found[key, ""], number)
            assert headline == sum(getattr(found[key, f"home={home}"], number) for home in HOMES)
            assert headline == sum(getattr(found[key, f"kind={kind}"], number) for kind in kinds)


@calm
@given(rows())
def test_the_order_in_which_rows_come_changes_nothing(made):
    shuffled = random.Random(7)
    mixed = Rows(*(shuffled.sample(part, len(part)) for part in (made.responses, made.answers, made.places)))
    assert mixed.facts().to_bytes() == made.facts().to_bytes()
    assert figures(mixed.facts()) == figures(made.facts())


@calm
@given(rows())
def test_facts_come_back_from_their_bytes_as_they_were(made):
    facts = made.facts()
    again = Facts.from_bytes(facts.to_bytes())
    assert again.sha256 == facts.sha256
    assert figures(again) == figures(facts)


@calm
@given(rows())
def test_counts_equal_a_naive_recount(made):
    counted = {row.id: row for row in made.responses if row.status == "counted"}
    for figure in figures(made.facts()):
        members = {
            id_ for id_ in naive(made, figure.key) if id_ in counted and in_group(counted[id_], figure.filter)
        }
        references = sorted(counted[id_].reference for id_ in members)
        assert figure.responses == len(members), figure.key
        assert figure.people == sum(people_in(counted[id_].kind, counted[id_].people) for id_ in members)
        assert figure.people >= figure.responses
        assert figure.ids_sha256 == hashlib.sha256("\n".join(references).encode()).hexdigest()
        assert set(behind(made.facts(), figure.key, figure.filter)) == members


def naive(made: Rows, key: str) -> set[UUID]:
    """Who is behind a figure, worked out the slow way."""
    if key == "counted":
        return {row.id for row in made.responses}
    question, _, rest = key.partition(".")
    answers = [a for a in made.answers if a.question == question]
    if question == "q5":
        return {p.response for p in made.places}
    if not rest:
        return {a.response for a in answers}
    if question == "q3":
        for policy in POLICIES:
            for stance in (None, *STANCES):
                if rest == policy.reference + (f".{stance}" if stance else ""):
                    return {
                        a.response
                        for a in answers
                        if a.policy == policy.reference and stance in (None, a.stance)
                    }
    return {a.response for a in answers if a.option == rest}


def in_group(row, filter_: str) -> bool:
    split, _, name = filter_.partition("=")
    if split == "connection":
        return name in row.connection if name in CONNECTIONS else not row.connection
    return not split or getattr(row, split) == name


@calm
@given(rows(most=15))
def test_marking_a_response_as_a_duplicate_takes_it_out_of_every_figure(made):
    if not any(row.status == "counted" for row in made.responses):
        return
    gone = next(row for row in made.responses if row.status == "counted")
    rest = [row._replace(status="duplicate") if row is gone else row for row in made.responses]
    facts = Rows(rest, made.answers, made.places).facts()
    assert reconciliation(facts).counted == reconciliation(made.facts()).counted - 1
    for figure in figures(facts):
        assert gone.id not in behind(facts, figure.key, figure.filter)
    assert gone.id in behind(facts, "duplicates")


def test_a_late_response_is_received_and_marked_but_not_counted():
    late, punctual = response(1, status="late"), response(2)
    facts = Rows([late, punctual], [chose(late, "yes"), chose(punctual, "yes")], []).facts()
    assert reconciliation(facts).late == 1
    assert table(facts)["q1.yes", ""].responses == 1
    assert behind(facts, "late") == [late.id]
    assert behind(facts, "received") == [late.id, punctual.id]


def test_behind_a_figure_that_does_not_exist_there_is_nobody():
    facts = Rows([response(1)], [], []).facts()
    assert behind(facts, "q9.yes") == []
    assert behind(facts, "counted", "home=moon") == []
    assert behind(facts, "received", "home=moon") == []


def test_a_consultation_without_responses_has_figures_of_nought():
    found = table(Rows([], [], []).facts())
    assert {figure.responses for figure in found.values()} == {0}
    assert ("q1.yes", "home=inside") in found
    assert len(QUESTIONS) == 5
    assert len(KINDS) == 3


@calm
@given(rows())
def test_points_are_counted_where_their_response_is_and_people_once(made):
    facts = made.facts()
    counted = set(behind(facts, "counted"))
    owners = [row.id for row in made.responses for _ in range(2)] + [UUID(int=9)]
    figure = of_points(facts, "I1", owners)
    headline = table(facts)["counted", ""]
    assert figure.value == 2 * len(counted)
    assert (figure.responses, figure.people) == (headline.responses, headline.people)
    assert figure.ids_sha256 == headline.ids_sha256
    assert of_points(facts, "I1", []).value == 0
