from collections.abc import Callable
from typing import Any

import pytest

from consult.accounts.models import Person
from consult.database import db
from tests.responses import asking


@pytest.fixture
def publication() -> str:
    """How Ash publishes what people write; frozen with the opening, so a test that wants another says so before it."""
    return "redacted"


@pytest.fixture
def opened(working: Callable[[str], Any], publication: str) -> None:
    """Ash asks about its draft plan, and so, at the same address, does Beck."""
    for slug in ("ash", "beck"):
        with working(slug):
            asking.consultation(publication=publication)
    with working("ash"):
        asking.postcodes()


@pytest.fixture
def chair(world: Any) -> Callable[[], Person]:
    """Of Ash; call inside its scope."""
    return lambda: db.session.get_one(Person, world.person["ash", "chair"])
