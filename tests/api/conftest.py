from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from consult.consultations.models import find
from consult.reports import asking, building, releasing
from tests.api.keys import Reader, token_of
from tests.consultations.setting import person
from tests.feedback import stored
from tests.reports import scene


@pytest.fixture
def reading(app: Any, world: Any) -> Callable[..., Reader]:
    """`reading("ash")` is a program with a token of its chair; `reading()` has none."""

    def reading(space: str = "", role: str = "chair", **changes: Any) -> Reader:
        return Reader(app, token_of(app, world, space, role, **changes) if space else None)

    return reading


@pytest.fixture
def received(working: Any) -> str:
    """Responses of every kind in Ash Hill. The reference of their consultation."""
    with working("ash"):
        made = scene.consultation()
        scene.respond(made, 40)
        return made.reference


@pytest.fixture
def here(received: str) -> str:
    return f"/api/v1/f/ash/consultations/{received}"


@pytest.fixture
def released(received: str, world: Any, working: Any) -> UUID:
    """Their report, released to Northam. The id of the release."""
    with working("ash"):
        chair = person(world)
        report = asking.frozen(find(received), chair)
        building.build(report)
        return releasing.release(report, chair).id


@pytest.fixture
def elsewhere(working: Any) -> None:
    """The same in Dell Road, of the other authority."""
    with working("dell"):
        stored.of_every_fate(stored.consultation())
