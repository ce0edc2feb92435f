import pytest

from consult.reports.building import pack
from tests.reports import scene

Packs = tuple[dict[str, bytes], dict[str, bytes]]


@pytest.fixture(scope="session")
def made_before() -> list[Packs]:
    return []


@pytest.fixture
def packs(made_before: list[Packs], request: pytest.FixtureRequest) -> Packs:
    """A full pack and a public one of sixty responses, every kind of trouble among them, of a consultation that has
    closed; made once, only read."""
    if not made_before:
        with request.getfixturevalue("working")("ash"):
            made, snapshot = scene.snapshot(60, closed=True)
            made_before.append((pack(made, snapshot), pack(made, snapshot, public=True)))
    return made_before[0]


@pytest.fixture
def full(packs: Packs) -> dict[str, bytes]:
    return packs[0]


@pytest.fixture
def public(packs: Packs) -> dict[str, bytes]:
    return packs[1]
