"""A real server with the demo in it, and a real Chromium."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import CHROMIUM, chromium, served

PICTURES = Path(__file__).parent / "pictures"
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


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What bin/run starts, on a free port, with a fresh demo; its address."""
    with served(tmp_path_factory.mktemp("served")) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


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
