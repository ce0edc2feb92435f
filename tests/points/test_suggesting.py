"""Suggestions from the coding of one consultation: as it stands now, and of nobody else's."""

import pytest

from consult.points import suggesting
from consult.points.frame import frame_of
from consult.points.suggesting import learnt, suggested

ON_H1, ALSO_ON_H1, TREES = ("R-AAAA-AA", "q3"), ("R-BBBB-BB", "q3"), ("R-CCCC-CC", "q4")


@pytest.fixture(autouse=True)
def nothing_kept():
    suggesting.kept.clear()
    yield
    suggesting.kept.clear()


def labels(coder, words, but=()):
    return [
        entry.label for entry in suggested(coder.consultation, frame_of(coder.consultation.id), words, but)
    ]


def test_it_learns_from_each_step_and_forgets_the_one_that_is_taken_back(said, coding):
    with coding() as (coder, passage):
        assert labels(coder, "The road") == []
        written = {name: coder.write(name) for name in ("Traffic", "Density", "Nature", "Homes")}
        assert labels(coder, "far too many homes")[0] == "Homes"
        coder.code(passage(said[ON_H1]), "", {written["Traffic"]})
        coder.code(passage(said[ALSO_ON_H1]), "", {written["Density"]})
        assert labels(coder, "That road is too fast")[0] == "Traffic"
        assert labels(coder, "Many, many")[0] == "Density"
        coder.undo()
        assert labels(coder, "Many, many")[:1] != ["Density"]


def test_it_follows_a_merge_and_a_cut(said, coding):
    with coding() as (coder, passage):
        traffic, speed, _, _ = (coder.write(name) for name in ("Wheels", "Haste", "Nature", "Homes"))
        coder.code(passage(said[ON_H1]), "", {speed})
        assert labels(coder, "The road is too fast!")[0] == "Haste"
        coder.merge(speed, traffic)
        assert labels(coder, "The road is too fast!")[0] == "Wheels"


def test_what_the_point_raises_already_is_not_suggested_again(said, coding):
    with coding() as (coder, _):
        homes = coder.write("Homes")
        for name in ("Traffic", "Density", "Nature"):
            coder.write(name)
        assert "Homes" in labels(coder, "homes")
        assert "Homes" not in labels(coder, "homes", {homes})


def test_a_second_worker_that_comes_later_suggests_the_same(said, coding):
    with coding() as (coder, passage):
        themes = [coder.write(name) for name in ("Traffic", "Density", "Nature", "Homes")]
        first = []
        for at, theme in zip((ON_H1, ALSO_ON_H1, TREES), themes, strict=False):
            coder.code(passage(said[at]), "", {theme})
            first = learnt(coder.consultation, frame_of(coder.consultation.id)).ranking.suggest(
                "trees, road", 9
            )
        suggesting.kept.clear()
        late = learnt(coder.consultation, frame_of(coder.consultation.id)).ranking.suggest("trees, road", 9)
    assert first == late
    assert len(first) > 1


def test_nothing_is_weighed_twice(said, coding, monkeypatch):
    with coding() as (coder, passage):
        theme = coder.write("Traffic")
        coder.write("Nature")
        coder.code(passage(said[ON_H1]), "", {theme})
        labels(coder, "road")
        asked = []
        real = suggesting.written.of_points
        monkeypatch.setattr(suggesting.written, "of_points", lambda ids: asked.append(len(ids)) or real(ids))
        labels(coder, "road")
        assert asked == []
        coder.code(passage(said[TREES]), "", {theme})
        labels(coder, "road")
        assert asked == [1]


def test_a_process_remembers_only_a_few(said, coding, monkeypatch):
    monkeypatch.setattr(suggesting, "MOST_KEPT", 0)
    with coding() as (coder, _):
        coder.write("Traffic")
        coder.write("Nature")
        assert labels(coder, "traffic") == ["Traffic"]
    assert not suggesting.kept
