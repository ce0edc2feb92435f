"""A real server with the demo in it, and a real Chromium."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, sync_playwright

from consult.settings import database_url
from tests.databases import GIVEN

ROOT = Path(__file__).resolve().parents[2]
PICTURES = Path(__file__).parent / "pictures"
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
PHONE, LAPTOP = {"width": 375, "height": 740}, {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))  # one server with the demo is enough
            if CHROMIUM is None:
                item.add_marker(
                    pytest.mark.skip(reason="no Chromium on this machine: apt-get install chromium")
                )


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


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What bin/run starts, on a free port, with a fresh demo; its address."""
    folder, port = tmp_path_factory.mktemp("served"), free_port()
    with a_database(folder) as url:
        environment = os.environ | {
            "PORT": str(port),
            "DATA_DIR": str(folder),
            "DATABASE_URL": url,
            "CONSULT_DEMO": "1",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "consult.serving"], cwd=ROOT, env=environment, start_new_session=True
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def visit(server: str, browser: Browser) -> Iterator[Callable[..., Page]]:
    """`visit("/register", who="Margaret Oyelaran")`: a page in a browser of its own, signed in as one of the demo."""
    opened: list[Any] = []

    def at(path: str, who: str = "", viewport: Any = LAPTOP, **context: Any) -> Page:
        window = browser.new_context(viewport=viewport, base_url=server, **context)
        opened.append(window)
        page = window.new_page()
        page.on("pageerror", lambda problem: opened.append(problem))
        if who:
            page.goto("/demo/sign-in")
            page.locator("tr,li", has_text=who).get_by_role("button").first.click()
        page.goto(path)
        return page

    yield at
    problems = [o for o in opened if not hasattr(o, "close")]
    for window in (o for o in opened if hasattr(o, "close")):
        window.close()
    assert problems == [], "a script failed on the page"
