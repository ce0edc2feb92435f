"""The service as a process of its own that can be killed with everything it has begun, and is there again at once.

`python -m tests.responses.restarting PORT` loads the service once, and forks the web server (two workers of four
threads); each line that it reads kills the server and its workers with SIGKILL and forks another. Loading the service
anew each time would only make a hundred kills slow.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from flask import Flask

from consult.app import create_app
from consult.database import db
from consult.responses.door import flood
from consult.serving import Server
from tests.responses.asking import URL

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0  # seconds that a server has to answer for the first time


class Restarting:
    def __init__(self, process: "subprocess.Popen[str]", port: int) -> None:
        self.process, self.port = process, port

    def kill(self) -> None:
        """Kills the server and its workers, whatever they are doing; another starts."""
        self.tell("kill\n")

    def tell(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line)
        self.process.stdin.flush()

    def wait(self) -> None:
        """Until it answers."""
        until = time.monotonic() + PATIENCE
        while not answers(self.port):
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the server did not answer")
            time.sleep(0.02)


def answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


@contextmanager
def restarting(app: Flask, **more: str) -> Iterator[Restarting]:
    """A server on this app's database and folder, with this app's secret."""
    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "DATA_DIR": str(app.config["SETTINGS"].data_dir),
        "SECRET_KEY": app.config["SECRET_KEY"],
        "CONSULT_DEMO": "1",
        "LIMITS": "far",
        **more,
    }
    command = [sys.executable, "-m", "tests.responses.restarting", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, text=True)
    server = Restarting(process, port)
    try:
        server.wait()
        yield server
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(60)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# In the process of its own.


def main(port: int) -> None:
    app = loaded()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    server = start(app, port)
    try:
        for _line in sys.stdin:
            end(server, port)
            server = start(app, port)
    finally:
        end(server, port)


def loaded() -> Any:
    """With LIMITS=far each visit is counted as ever, and no limit is reached: here the load of a whole country comes
    from one address. A page is looked at once before any server is forked, so that none begins by compiling it."""
    if os.environ.get("LIMITS") == "far":
        for name, limit in vars(flood).copy().items():
            if name.isupper():
                far = "1000000 per minute"
                setattr(flood, name, (far, far) if isinstance(limit, tuple) else far)
    app = create_app()
    app.test_client().get(f"{URL}?whole=1")
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return app


def start(app: Any, port: int) -> int:
    server = os.fork()
    if server == 0:
        os.setsid()
        Server(app, f"127.0.0.1:{port}").run()
        os._exit(0)
    return server


def end(server: int, port: int) -> None:
    os.killpg(server, signal.SIGKILL)
    os.waitpid(server, 0)
    while listened(port):  # its workers are killed with it, and gone a moment later
        time.sleep(0.01)


def listened(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    main(int(sys.argv[1]))
