"""The bait is taken by GDAL left to itself; and what still holds where a kernel gives only some of the walls."""

import json
import os
import select
import socket
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from geodata import sandbox, writing
from geodata.findings import Unreadable
from geodata.reading import read
from tests.geodata.hostile import markup
from tests.geodata.hostile.bait import Bait, gdalg, local_vrt, vrt
from tests.geodata.shapes import SQUARE

ROOT = Path(sandbox.__file__).parents[1]
CANARY = "the-canary-sings-in-the-mine"
NO_NAMESPACES = "walls.leave_the_network = lambda: False"
NO_LANDLOCK = "walls.read_only_beneath = lambda folders: False"
MISSING = {
    "nothing": "",
    "namespaces": NO_NAMESPACES,
    "Landlock": NO_LANDLOCK,
    "both": f"{NO_NAMESPACES}\n{NO_LANDLOCK}",
}
BAITS = {
    "a virtual layer on the network": ("GML", vrt),
    "a virtual layer of a local file": ("LIBKML", local_vrt),
    "a stored command line": ("GML", gdalg),
    "a schema on the network": ("GML", markup.schema),
    "members on the network": ("GML", markup.linked_member),
    "an entity of a local file": (
        "LIBKML",
        lambda b: markup.kml(markup.placemark("&x;"), markup.external(b)),
    ),
}
PLAIN = """
import sys
import pyogrio.raw
try:
    print(pyogrio.raw.read(sys.argv[1]))
except Exception as error:
    print(type(error).__name__)
"""


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


@pytest.fixture
def bait(listener: socket.socket, tmp_path: Path) -> Bait:
    canary = tmp_path / "canary.csv"
    canary.write_text(f'name,WKT\n{CANARY},"POLYGON ((-1.5 52, -1.4 52, -1.4 52.1, -1.5 52))"\n')
    return Bait(f"http://127.0.0.1:{listener.getsockname()[1]}", str(canary))


def called(listener: socket.socket) -> bool:
    return bool(select.select([listener], [], [], 0)[0])


def left_to_itself(tmp_path: Path, data: bytes) -> str:
    """What GDAL makes of a file with every driver and no walls, as it comes."""
    file = tmp_path / "area.kml"
    file.write_bytes(data)
    settings = {"GDAL_HTTP_TIMEOUT": "2", "GDAL_HTTP_MAX_RETRY": "0"}
    command = [sys.executable, "-c", PLAIN, str(file)]
    return subprocess.run(
        command, capture_output=True, text=True, check=True, env=os.environ | settings
    ).stdout


@pytest.mark.parametrize("make", [vrt, gdalg])
def test_without_walls_a_file_makes_gdal_call_the_listener(make, bait, listener, tmp_path) -> None:
    left_to_itself(tmp_path, make(bait))
    assert called(listener)


def test_without_walls_a_file_makes_gdal_read_another(bait, tmp_path) -> None:
    assert CANARY in left_to_itself(tmp_path, local_vrt(bait))


@pytest.fixture(params=MISSING)
def missing(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Children without some of the walls, as on a kernel that has them not."""
    child = tmp_path / "child.py"
    start = f"import runpy, sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom geodata import walls\n"
    child.write_text(
        f"{start}{MISSING[request.param]}\nrunpy.run_path({str(sandbox.CHILD)!r}, run_name='__main__')\n"
    )
    monkeypatch.setattr(sandbox, "CHILD", child)
    return str(request.param)


@pytest.mark.usefixtures("missing")
@pytest.mark.parametrize("name", BAITS)
def test_whatever_wall_is_missing_the_bait_is_not_taken(
    name: str, bait: Bait, listener: socket.socket
) -> None:
    """The child is given it as it is, past all that looks at a file before."""
    driver, make = BAITS[name]
    try:
        found = sandbox.answer({"area.x": make(bait)}, sandbox.Request(driver, [("area.x", "")], None))
    except Unreadable:
        found = b""
    assert CANARY.encode() not in found
    assert not called(listener)


@pytest.mark.usefixtures("missing")
def test_whatever_wall_is_missing_a_sound_file_is_read() -> None:
    assert len(read(writing.written("GeoPackage", [(SQUARE, {"name": "A"})])).features) == 1


@pytest.mark.parametrize("without", [NO_NAMESPACES, NO_LANDLOCK])
@pytest.mark.parametrize("rank", ["as we are", "as nobody"])
def test_one_wall_alone_still_holds(without: str, rank: str, bait: Bait, tmp_path: Path) -> None:
    """Namespaces alone leave no network; Landlock alone leaves no file, and no TCP where the kernel knows how."""
    if rank == "as nobody" and os.getuid() != 0:
        pytest.skip("only root can become nobody: whoever runs this is no root already")
    said = said_behind(
        without, bait, tmp_path, "os.setgid(65534); os.setuid(65534)" if rank == "as nobody" else ""
    )
    if not said["network"] and not said["files"]:
        pytest.skip("this kernel gives the other wall to nobody, or to none")
    assert not (said["network"] and said["called"])
    assert not (said["files"] and said["read"])
    assert not (said["files"] and said["landlock"] >= 4 and said["called"])


def said_behind(without: str, bait: Bait, tmp_path: Path, becoming: str) -> dict[str, object]:
    host, port = bait.url.removeprefix("http://").split(":")
    (tmp_path / "private").mkdir()
    program = f"""
        import ctypes, encodings.idna, json, os, socket, sys
        sys.path.insert(0, {str(ROOT)!r})
        from geodata import walls
        {without}
        version = ctypes.CDLL(None).syscall(walls.LANDLOCK_CREATE, None, ctypes.c_size_t(0), walls.VERSION_ONLY)
        folder = {str(tmp_path / "private")!r}
        {becoming or "pass"}
        network, files = walls.leave_the_network(), walls.read_only_beneath([folder])
        def done(act):
            try:
                act().close()
            except OSError:
                return False
            return True
        print(json.dumps({{
            "network": network, "files": files, "landlock": version,
            "called": done(lambda: socket.create_connection(({host!r}, {port}))),
            "read": done(lambda: open({bait.path!r})),
        }}))
    """
    command = [sys.executable, "-I", "-c", textwrap.dedent(program)]
    kept = Path(tempfile.gettempdir())
    for folder in (tmp_path, *tmp_path.relative_to(kept).parents[:-1]):
        # nobody may come as far as the canary, so that it is the wall that stops them
        (kept / folder).chmod(0o755)
    return dict(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
