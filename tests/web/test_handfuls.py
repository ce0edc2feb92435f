"""Counting a crowd: one by one while there are few, in handfuls when there are many, together with other workers."""

import pytest

from consult.web import handfuls
from consult.web.handfuls import SHARE, Handfuls

LIMIT = "1000 per hour"


@pytest.fixture
def told(monkeypatch, counting):
    """How much was told to the store, each time."""
    costs = []
    hit = handfuls.limiter.limiter.hit

    def noting(item, *about, cost=1):
        costs.append(cost)
        return hit(item, *about, cost=cost)

    monkeypatch.setattr(handfuls.limiter.limiter, "hit", noting)
    return costs


def test_few_are_counted_one_by_one_and_many_a_twentieth_at_a_time(app, told):
    crowd = Handfuls(app)
    for _ in range(900):
        assert not crowd.over(LIMIT, "a form asked by", "10.0.0.1", "f/ash")
    assert told[: 2 * SHARE] == [1] * (2 * SHARE)
    assert len(told) < 150
    assert max(told) == pytest.approx(900 / SHARE, abs=5)
    assert sum(told) > 900 - 900 / SHARE - 1


def test_workers_count_together_and_the_limit_is_met_within_a_twentieth_for_each(app, told):
    workers = [Handfuls(app), Handfuls(app)]
    through = 0
    while not workers[through % 2].over(LIMIT, "a form asked of", "f/ash"):
        through += 1
        assert through < 1200
    assert through == pytest.approx(1000, abs=2 * 1000 / SHARE)


def test_a_limit_of_three_lets_exactly_three_through(app, counting):
    crowd = Handfuls(app)
    assert [crowd.over("3 per hour", "a form", "f/ash") for _ in range(5)] == [False] * 3 + [True] * 2
    assert not crowd.over("3 per hour", "a form", "f/beck")


def test_when_the_window_is_over_nobody_is_turned_away_for_the_last_one(app, counting, monkeypatch):
    crowd = Handfuls(app)
    for _ in range(300):
        crowd.over("200 per minute", "a form", "f/ash")
    assert crowd.over("200 per minute", "a form", "f/ash")
    now = handfuls.time.time()
    monkeypatch.setattr("consult.web.handfuls.time.time", lambda: now + 61)
    assert not crowd.over("200 per minute", "a form", "f/ash")


def test_where_the_store_does_not_answer_nobody_is_turned_away(app, counting, monkeypatch, tmp_path):
    monkeypatch.setattr(counting, "path", tmp_path)  # a folder holds no hits
    assert not Handfuls(app).over("1 per hour", "a form", "f/ash")
    assert not Handfuls(app).over("1 per hour", "a form", "f/ash")


def test_the_counts_do_not_grow_for_ever(app, counting, monkeypatch):
    monkeypatch.setattr(handfuls, "MOST_KNOWN", 10)
    crowd = Handfuls(app)
    for n in range(50):
        crowd.over(LIMIT, "a form", f"10.0.0.{n}")
    assert len(crowd.counts) <= 11
