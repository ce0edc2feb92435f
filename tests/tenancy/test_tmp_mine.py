import pytest
from tests.tenancy.test_walls import named, walkers  # noqa
from tests.tenancy.walker import walk
@pytest.mark.parametrize("only", ["/reports", "/releases", "/announcements", "/aggregate", "/district"])
def test_mine(app, named, walkers, only):
    assert list(walk(app, "f/ash", named, walkers, only=only)) == []
