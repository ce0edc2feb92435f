"""Files made to fetch, to read, to fill the memory or never to end are a plain sentence or a clean reading."""

import resource
import select
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from geodata.reading import Reading, Unreadable, read
from tests.geodata.hostile import markup, packages, texts, zips
from tests.geodata.hostile.bait import Bait
from tests.geodata.test_reading import is_one_sentence

CASES = texts.CASES | markup.CASES | zips.CASES | packages.CASES
CANARY = "the-canary-sings-in-the-mine"
CPU_S = 5
MEMORY_BYTES = 512 * 1024 * 1024


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


@pytest.fixture
def bait(listener: socket.socket, tmp_path: Path) -> Bait:
    canary = tmp_path / "canary.csv"
    canary.write_text(f'name,WKT\n{CANARY},"POLYGON ((-1.5 52, -1.4 52, -1.4 52.1, -1.5 52))"\n')
    return Bait(f"http://127.0.0.1:{listener.getsockname()[1]}", str(canary))


def outcome(data: bytes) -> tuple[str, Reading | None]:
    try:
        return "", read(data)
    except Unreadable as refused:
        return str(refused), None


def cost() -> tuple[float, int]:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def test_there_are_enough_of_them() -> None:
    assert len(CASES) == sum(len(some.CASES) for some in (texts, markup, zips, packages)) > 100


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_file_harms_nobody(case: str, bait: Bait, listener: socket.socket) -> None:
    make, words = CASES[case]
    data = make(bait)
    before, _ = cost()
    sentence, reading = outcome(data)
    after, memory = cost()
    if reading is None:
        assert is_one_sentence(sentence), sentence
        assert words in sentence
    else:
        assert words == ""
        assert all(feature.geometry.geom_type in ("Polygon", "MultiPolygon") for feature in reading.features)
    assert CANARY not in sentence + repr(reading)
    assert not select.select([listener], [], [], 0)[0], "something called"
    assert after - before <= CPU_S + 1
    assert memory <= MEMORY_BYTES
