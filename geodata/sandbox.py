"""A fresh process for each file that GDAL must open, with a clock, a bounded answer and nothing of ours in it.

GDAL trusts what it opens: by default it follows a file's words to other files and to the network, and a damaged
one can end the process. So it never runs in this one. What the child does to itself is in `walls`; what it is
asked and answers, in `gdal_child`. The answer is bytes of a form that can hold nothing but text and numbers.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from geodata.findings import Unreadable

CHILD = Path(__file__).with_name("gdal_child.py")
AT_ONCE = 2
PATIENCE_S = 10.0
CHUNK = 1 << 16
# Nothing of the service's own environment: only what keeps the libraries to one thread and off the network.
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "GDAL_NUM_THREADS": "1",
    "GDAL_CACHEMAX": "64",
    "GDAL_HTTP_PROXY": "127.0.0.1:1",
    "GDAL_HTTPS_PROXY": "127.0.0.1:1",
    "GDAL_HTTP_TIMEOUT": "1",
    "GDAL_HTTP_MAX_RETRY": "0",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "PROJ_NETWORK": "OFF",
    "GML_SKIP_RESOLVE_ELEMS": "ALL",
}
_turns = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Walls:
    """How much one file may cost: bytes of memory and answer, seconds of processor and of clock, shapes."""

    memory_bytes: int = 512 * 1024 * 1024
    cpu_s: int = 5
    clock_s: float = 15.0
    answer_bytes: int = 32_000_000
    features: int = 20_000


STRANGER = Walls()
# The operator's own files are larger; they are no more trusted.
OPERATOR = Walls(8 * 1024**3, 600, 900.0, 2_000_000_000, 1_000_000)


@dataclass(frozen=True)
class Request:
    """What the child is asked: the files by their generated names, each with the name to call its layer by
    ("" for its own), the one driver that may open them, the layer that is wanted (None for the first with areas).
    """

    driver: str
    files: list[tuple[str, str]]
    layer: str | None


def answer(files: Mapping[str, bytes], request: Request, walls: Walls = STRANGER) -> bytes:
    """The child's answer about files written to a private folder, which is gone afterwards. Raises Unreadable."""
    if not _turns.acquire(timeout=PATIENCE_S):
        raise Unreadable("Several files are being read just now: wait a minute and try again.")
    try:
        with tempfile.TemporaryDirectory(prefix="geodata-") as folder:
            for name, data in files.items():
                (Path(folder) / name).write_bytes(data)
            return _run(folder, request, walls)
    finally:
        _turns.release()


def message(folder: str, request: Request, walls: Walls) -> str:
    """The one line of JSON in which the child is asked."""
    return json.dumps({"folder": folder, "request": asdict(request), "walls": asdict(walls)})


def start(*words: str, **more: Any) -> subprocess.Popen[bytes]:
    """A child in a session of its own, so that it and whatever it starts can be ended together."""
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", "-B", str(CHILD), *words],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        **more,
    )


def _run(folder: str, request: Request, walls: Walls) -> bytes:
    child = start(message(folder, request, walls), cwd=folder, stdin=subprocess.DEVNULL)
    try:
        found = _heard(child, walls)
        code = child.wait(timeout=5)
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        if child.stdout:
            child.stdout.close()
    if code != 0:
        raise ended(code)
    return found


def ended(code: int) -> Unreadable:
    """What to say of a child that ended with this code before it had answered."""
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return too_long()
    return Unreadable(
        "This file is damaged, or is not what it seems: export it again, as GeoJSON if you can."
    )


def too_long() -> Unreadable:
    return Unreadable("This file takes too long to read: simplify it, or save it as GeoJSON.")


def _heard(child: subprocess.Popen[bytes], walls: Walls) -> bytes:
    assert child.stdout
    deadline, size = time.monotonic() + walls.clock_s, 0
    found: list[bytes] = []
    with selectors.DefaultSelector() as waiting:
        waiting.register(child.stdout, selectors.EVENT_READ)
        while waiting.select(max(0.0, deadline - time.monotonic())):
            piece = os.read(child.stdout.fileno(), CHUNK)
            if not piece:
                return b"".join(found)
            found.append(piece)
            size += len(piece)
            if size > walls.answer_bytes:
                raise Unreadable(
                    "This file holds more than we can read at once: leave out what is not your area."
                )
    raise too_long()
