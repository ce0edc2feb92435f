"""The walls themselves, and what the parent makes of a child that does not behave."""

import json
import select
import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from geodata import foreign, sandbox, writing
from geodata.findings import Unreadable
from geodata.reading import read
from geodata.sandbox import Request, Walls
from tests.geodata.hostile.batch import batched
from tests.geodata.hostile.markup import kml, placemark
from tests.geodata.hostile.mutants import naming, tried
from tests.geodata.shapes import SQUARE

ROOT = Path(sandbox.__file__).parents[1]
AREA = {"area.kml": kml(placemark())}
ASKED = Request("LIBKML", [("area.kml", "")], None)


def behind_the_walls(tmp_path: Path, code: str) -> dict[str, object]:
    """What a process says after it has built all of the walls, allowed to read an empty folder alone."""
    (tmp_path / "private").mkdir()
    program = f"""
        import json, os, resource, socket, sys
        sys.path.insert(0, {str(ROOT)!r})
        from geodata import walls
        walls.limit({256 * 1024 * 1024}, 5)
        network, files = walls.leave_the_network(), walls.read_only_beneath([{str(tmp_path / "private")!r}])
        def refused(act):
            try:
                act()
            except (OSError, MemoryError) as error:
                return type(error).__name__
            return ""
    """
    whole = (
        textwrap.dedent(program) + code + "\nprint(json.dumps(said | {'network': network, 'files': files}))"
    )
    ran = subprocess.run([sys.executable, "-I", "-c", whole], capture_output=True, text=True, check=True)
    return dict(json.loads(ran.stdout))


def test_there_is_no_network_behind_the_walls(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        where = server.getsockname()
        said = behind_the_walls(
            tmp_path, f"said = {{'call': refused(lambda: socket.create_connection({where!r}))}}"
        )
    if not (said["network"] or said["files"]):
        pytest.skip("this kernel gives neither namespaces nor Landlock")
    assert said["call"]


def test_no_file_outside_can_be_read_and_none_written_behind_the_walls(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    inside, outside = str(tmp_path / "private" / "new"), str(tmp_path / "secret")
    code = f"said = {{'read': refused(lambda: open({outside!r})), 'write': refused(lambda: open({inside!r}, 'w'))}}"
    said = behind_the_walls(tmp_path, code)
    if not said["files"]:
        pytest.skip("this kernel has no Landlock")
    assert said["read"] == said["write"] == "PermissionError"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits memory")
def test_memory_is_limited_behind_the_walls(tmp_path: Path) -> None:
    assert (
        behind_the_walls(tmp_path, "said = {'fill': refused(lambda: bytearray(1 << 29))}")["fill"]
        == "MemoryError"
    )


def test_only_the_driver_that_is_wanted_is_left(tmp_path: Path) -> None:
    """Else the child ends itself; so this fails when a new GDAL knows a driver that is not on the list."""
    for format in ("KML", "GML", "GeoPackage", "Shapefile"):
        assert read(writing.written(format, [(SQUARE, {"name": "A"})])).format == format


def test_the_child_has_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "x")
    assert not set(sandbox.ENVIRONMENT) & {"SECRET_KEY", "DATABASE_URL", "HOME", "PATH"}
    with sandbox.start("--many", stdin=subprocess.PIPE) as child:
        held = Path(f"/proc/{child.pid}/environ")
        found = held.read_bytes() if held.exists() else b""
        child.stdin.close()
    assert b"SECRET_KEY" not in found


@pytest.mark.parametrize(
    ("walls", "words"),
    [
        (Walls(clock_s=0.0), "takes too long"),
        (Walls(answer_bytes=10), "holds more than we can read"),
        (Walls(features=0), "too many shapes"),
        (Walls(memory_bytes=40 * 1024 * 1024), "is damaged"),
    ],
)
def test_what_passes_a_limit_is_refused_in_a_sentence(walls: Walls, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        foreign.read("KML", AREA["area.kml"], None, walls)


def test_the_private_folder_is_gone_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox.tempfile, "tempdir", str(tmp_path))
    sandbox.answer(AREA, ASKED)
    assert list(tmp_path.iterdir()) == []


def test_too_many_at_once_wait_and_are_then_asked_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "PATIENCE_S", 0.01)
    for _ in range(sandbox.AT_ONCE):
        sandbox._turns.acquire()
    try:
        with pytest.raises(Unreadable, match="wait a minute and try again"):
            sandbox.answer(AREA, ASKED)
    finally:
        for _ in range(sandbox.AT_ONCE):
            sandbox._turns.release()
    assert sandbox.answer(AREA, ASKED)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\x02\x00\x00\x00{}",
        b"\xff\xff\xff\xff{}",
        b'\x0e\x00\x00\x00{"problem": 1}',
        b'\x0e\x00\x00\x00{"layers": []}\x00',
        b"\x04\x00\x00\x00null",
        b'\x40\x00\x00\x00{"layers":[],"layer":"","srs":"","properties":[{}]}            \xff\xff\xff\xff',
    ],
)
def test_a_child_that_was_taken_over_can_say_nothing_that_harms(
    answer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "answer", lambda *_: answer)
    with pytest.raises(Unreadable):
        read(kml(placemark()))


def test_three_hundred_mutants_are_read_or_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, batched() as batch:
        tally = tried(300, 1, naming(f"http://127.0.0.1:{listener.getsockname()[1]}"))
        assert not select.select([listener], [], [], 0)[0], "something called"
    assert tally.read + tally.refused == 300
    assert tally.read > 10
    assert batch.opened > 100
