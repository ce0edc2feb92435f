"""A few kills, so that it is asked each time; `bin/bench killing` asks it a hundred times."""

from tests.responses.killing import killed


def test_whatever_was_acknowledged_is_there_once_after_the_server_was_killed(app, opened, world):
    found = killed(app, world.space["ash"], times=3)
    assert found.right, found
