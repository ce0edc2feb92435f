from collections.abc import Callable
from typing import Any

import pytest

from tests.consultations.setting import person
from tests.examining import scene


@pytest.fixture
def publication() -> str:
    """How Northam publishes representations; a test that wants another says so."""
    return "redacted"


@pytest.fixture
def references(world: Any, working: Any, publication: str) -> dict[str, str]:
    """Northam's consultation under regulation 16, closed: the references of its representations, by what became of
    each."""
    scene.opened(world, working, publication)
    with working("northam"):
        by = person(world, "northam", "officer")
        scene.close(by)
        return scene.represented(by)


@pytest.fixture
def officer(sign_in: Any) -> Any:
    return sign_in("northam", "officer")


@pytest.fixture
def performed(app: Any) -> Callable[[], None]:
    """Performs what waits in the outbox."""
    return lambda: scene.run(app)
