"""Attacks on the aggregate by somebody who has every published number and knows how it is made: all worlds that would
have published the same are counted out."""

from dataclasses import asdict
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.feedback import tallies
from consult.feedback.disclosure import SMALLEST
from consult.feedback.facts import HOMES, gather
from consult.officers import disclosure
from tests.feedback.made_up import response
from tests.feedback.worlds import World, worlds

MOST = 13
homes = st.tuples(*[st.integers(0, 7)] * 3).filter(lambda each: 0 < sum(each) <= MOST)


@cache
def figures(each: World) -> disclosure.Figures:
    """As a release has them."""
    lives = [home for home, number in zip(HOMES, each, strict=True) for _ in range(number)]
    people = [response(n, home=home) for n, home in enumerate(lives)]
    counted = tallies.figures(gather("reg14", (), (), people, [], []), public=True, splits=("home",))
    return {"figures": [asdict(figure) for figure in counted]}


def published(releases: list[World]) -> str:
    """All that is ever shown, as the releases come in one after the other: each headline, and the groups told then."""
    every, seen = [figures(each) for each in releases], []
    for last in range(1, len(every) + 1):
        tells = disclosure.groups_from(every[:last])
        groups = [] if tells is None else disclosure.cells(every[tells]).items()
        seen.append((every[last - 1]["figures"][0]["responses"], tells, sorted(groups, key=repr)))
    return repr(seen)


@pytest.mark.parametrize("total", range(1, 21))
def test_no_number_of_one_release_that_is_kept_back_can_be_worked_out(total):
    shown: dict[str, list[World]] = {}
    for world in worlds(total, len(HOMES)):
        shown.setdefault(published([world]), []).append(world)
    for alike in shown.values():
        told = disclosure.cells(figures(alike[0]))
        for at, home in enumerate(HOMES):
            values = {each[at] for each in alike}
            number = told.get(("counted", f"home={home}"), (0,))[
                0
            ]  # where a line is left out, nobody is in it
            assert values == {number} if number is not None else len(values) > 1


@settings(max_examples=20, deadline=None)
@given(homes, st.tuples(*[st.integers(-2, 6)] * 3))
def test_no_few_who_came_between_two_releases_can_be_placed(first, change):
    second = tuple(max(a + b, 0) for a, b in zip(first, change, strict=True))
    if not 0 < sum(second) <= MOST:
        return
    shown, every = published([first, second]), [worlds(sum(each), len(HOMES)) for each in (first, second)]
    alike = [(a, b) for a, b in product(*every) if published([a, b]) == shown]
    for at in range(len(HOMES)):
        moved = {b[at] - a[at] for a, b in alike}
        if len(moved) == 1:
            few = abs(moved.pop())
            assert few == 0 or few >= SMALLEST


@given(st.lists(st.one_of(st.none(), st.integers(SMALLEST, 90)), max_size=6), st.data())
def test_a_total_less_what_is_shown_and_less_another_selection_tells_nothing_more(numbers, data):
    """Totals are sums of what is shown, whichever rows a filter leaves: put another number behind what is kept back,
    and none of them moves."""
    chosen = data.draw(st.lists(st.sampled_from(range(len(numbers))), unique=True)) if numbers else []
    some = disclosure.added(numbers[at] for at in chosen)
    shown = [numbers[at] for at in chosen if numbers[at] is not None]
    assert some == (sum(shown) if shown else None)


def test_a_later_release_takes_over_only_where_it_is_far_from_each_that_was_told():
    near, far = (20, 30, 40), (30, 30, 50)
    assert disclosure.groups_from([figures(near)]) == 0
    assert disclosure.groups_from([figures(near), figures((21, 30, 40))]) == 0
    assert disclosure.groups_from([figures(near), figures(far)]) == 1
    assert disclosure.groups_from([figures(near), figures(far), figures((21, 30, 60))]) == 1
    assert disclosure.groups_from([{"figures": []}]) is None
