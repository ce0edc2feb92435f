from collections.abc import Callable
from typing import Any

import pytest

from consult.reports.building import pack
from tests.reports import scene


@pytest.fixture
def packs(working: Callable[[str], Any]) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """A full pack and a public one of sixty responses, every kind of trouble among them."""
    with working("ash"):
        made, snapshot = scene.snapshot(60)
        return pack(made, snapshot), pack(made, snapshot, public=True)


@pytest.fixture
def full(packs: tuple[dict[str, bytes], dict[str, bytes]]) -> dict[str, bytes]:
    return packs[0]


@pytest.fixture
def public(packs: tuple[dict[str, bytes], dict[str, bytes]]) -> dict[str, bytes]:
    return packs[1]
