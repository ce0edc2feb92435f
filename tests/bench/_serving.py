"""A peer behind gunicorn as the service is (2 workers of 4 threads), and wrk."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
DONE = """
done = function(summary, latency)
  local errors = summary.errors
  local bad = errors.status + errors.timeout + errors.connect + errors.read + errors.write
  io.write(string.format('{"n": %d, "us": %d, "bad": %d}', summary.requests, summary.duration, bad))
end
"""


@contextmanager
def peer(what: str, **environment: str) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    bind = ["-b", f"127.0.0.1:{port}"]
    command = [sys.executable, "-m", "gunicorn", "-k", "gthread", "-w", "2", "--threads", "4", *bind, what]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, **QUIET)  # type: ignore[call-overload]
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_for(port: int) -> None:
    """Until both workers answer: the socket listens long before they have started."""
    deadline, answered = time.monotonic() + 120, 0
    while answered < 20:
        if time.monotonic() > deadline:
            raise TimeoutError("the server did not start")
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            answered += 1
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()


def rate(port: int, path: str, folder: Path, seconds: int, clients: int = 16) -> float:
    """How many a second are answered, when as many are asked for as can be. Raises where one fails, or wrk is not
    there."""
    if shutil.which("wrk") is None:
        raise FileNotFoundError("wrk is not on this machine: apt-get install wrk")
    script = folder / "done.lua"
    script.write_text(DONE)
    load = ["-t2", f"-c{clients}", f"-d{seconds}s", "--timeout", "20s", "-s", str(script)]
    command = ["wrk", *load, f"http://127.0.0.1:{port}{path}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    got = json.loads(said[said.rindex("{") :])
    if got["bad"]:
        raise RuntimeError(f"{path}: {got['bad']} answers failed")
    return float(got["n"] / (got["us"] / 1e6))
