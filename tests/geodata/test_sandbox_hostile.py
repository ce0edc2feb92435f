"""Files made to fetch, to read, to fill the memory or never to end are a plain sentence or a clean reading."""

import select
import socket
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests.geodata.hostile import markup, packages, texts, zips
from tests.geodata.hostile.bait import Bait
from tests.geodata.hostile.trying import tried
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


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[ProcessPoolExecutor]:
    """A parent that has read nothing but these files, and has to outlive them all."""
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as one:
        yield one


def test_there_are_enough_of_them() -> None:
    assert len(CASES) == sum(len(some.CASES) for some in (texts, markup, zips, packages)) > 100


@pytest.mark.parametrize("case", CASES)
def test_a_hostile_file_harms_nobody(
    case: str, bait: Bait, listener: socket.socket, elsewhere: ProcessPoolExecutor
) -> None:
    make, words = CASES[case]
    got = elsewhere.submit(tried, make(bait)).result(timeout=120)
    if got.kinds is None:
        assert is_one_sentence(got.sentence), got.sentence
        assert words in got.sentence
    else:
        assert words == ""
        assert got.kinds <= {"Polygon", "MultiPolygon"}
    assert CANARY not in got.text
    assert not select.select([listener], [], [], 0)[0], "something called"
    assert got.cpu_s <= CPU_S + 1
    assert got.memory_bytes <= MEMORY_BYTES
