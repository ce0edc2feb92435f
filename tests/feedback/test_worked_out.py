"""Attacks on published figures by somebody who has every number and knows how they are kept back: of all worlds that
would have published the same, no hidden number may be the same in each."""

import pytest

from consult.feedback import disclosure
from consult.feedback.facts import CONNECTIONS, HOMES, Asked, Facts, gather
from consult.feedback.tallies import figures
from tests.feedback.made_up import chose, response
from tests.feedback.worlds import World, alike, determined, worlds

BELONGING = [tuple(name for bit, name in enumerate(CONNECTIONS) if code >> bit & 1) for code in range(8)]
OPTIONS = ("yes", "no", None)
QUESTION = Asked("q1", "choice", "Do you agree?", (("yes", "Yes"), ("no", "No")))


def of_homes(world: World) -> Facts:
    """So many live in each; with more parts, so many of each home gave each answer, or none."""
    whose = [(home, option) for option in OPTIONS[: len(world) // len(HOMES)] for home in HOMES]
    each = [who for who, number in zip(whose, world, strict=True) for _ in range(number)]
    people = [response(n, home=home) for n, (home, _) in enumerate(each)]
    answers = [chose(row, option) for row, (_, option) in zip(people, each, strict=True) if option]
    asked = (QUESTION,) if len(world) > len(HOMES) else ()
    return gather("reg14", asked, (), people, answers if asked else [], [])


def of_connections(world: World) -> Facts:
    each = [code for code, number in enumerate(world) for _ in range(number)]
    people = [response(n, connection=BELONGING[code]) for n, code in enumerate(each)]
    return gather("reg14", (), (), people, [], [])


def attack(made, split: str, total: int, parts: int) -> list:
    def told(world: World, public: bool) -> dict:
        found = figures(made(world), public=public, splits=(split,))
        return {(each.key, each.filter): each.responses for each in found}

    every = {world: told(world, True) for world in worlds(total, parts)}
    found = []
    for together in alike(every, lambda world: tuple(every[world].items())):
        shown = every[together[0]]
        hidden = {
            at: n for at, n in shown.items() if n is not None or shown[at[0], ""]
        }  # of none, all are none
        found += [(at, together[0]) for at in determined(hidden, [told(world, False) for world in together])]
    return found


@pytest.mark.parametrize("total", range(1, 21))
def test_no_home_that_is_kept_back_can_be_worked_out(total):
    assert attack(of_homes, "home", total, 3) == []


@pytest.mark.parametrize("total", range(1, 7))
def test_no_connection_that_is_kept_back_can_be_worked_out(monkeypatch, total):
    monkeypatch.setattr(disclosure, "SMALLEST", 3)  # with fewer people, the same
    assert attack(of_connections, "connection", total, 8) == []


@pytest.mark.parametrize(("total", "parts"), [(3, 6), (5, 6), (7, 6), (8, 6), (4, 9), (6, 9)])
def test_no_answer_of_a_home_that_is_kept_back_can_be_worked_out(monkeypatch, total, parts):
    monkeypatch.setattr(disclosure, "SMALLEST", 3)
    assert attack(of_homes, "home", total, parts) == []
