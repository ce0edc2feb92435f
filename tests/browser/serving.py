"""The demo as bin/run serves it, and the browser that looks at it: for tests and for benchmarks."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from playwright.sync_api import Browser, sync_playwright

from consult.settings import database_url
from tests.databases import GIVEN

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def a_database(folder: Path) -> Iterator[str]:
    if not GIVEN:
        yield f"sqlite:///{folder / 'consult.db'}"
        return
    url = sa.make_url(database_url(GIVEN, folder))
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    name = f"consult_browser_{uuid4().hex[:8]}"
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield url.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, process: "subprocess.Popen[bytes]", seconds: float = 180) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError("the server stopped before it answered")
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError("the server did not answer")


@contextmanager
def served(folder: Path, **output: Any) -> Iterator[str]:
    """The address of a server of its own, whose demo was made just now."""
    port = free_port()
    with a_database(folder) as url:
        environment = os.environ | {
            "PORT": str(port),
            "DATA_DIR": str(folder),
            "DATABASE_URL": url,
            "CONSULT_DEMO": "1",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "consult.serving"],
            cwd=ROOT,
            env=environment,
            start_new_session=True,
            **output,
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()
