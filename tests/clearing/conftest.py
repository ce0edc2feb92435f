from collections.abc import Callable
from typing import Any

import pytest

from tests.responses import asking


@pytest.fixture
def opened(working: Callable[[str], Any]) -> None:
    """Ash asks about its draft plan, and so, at the same address, does Beck."""
    for slug in ("ash", "beck"):
        with working(slug):
            asking.consultation()
    with working("ash"):
        asking.postcodes()
