"""A few pairs, so that it is asked each time; `bin/bench doubles` asks it of a thousand."""

import pytest

from tests.responses.doubles import WAYS, doubled


@pytest.mark.parametrize("way", WAYS)
def test_each_of_many_responses_that_are_sent_twice_at_once_is_there_once(app, opened, world, way):
    found = doubled(app, world.space["ash"], way, pairs=25)
    assert found.right, found
