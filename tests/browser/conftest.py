"""A real server with the demo in it, a real Chromium, and people at it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.people import LAPTOP, Somebody
from tests.browser.serving import CHROMIUM, chromium, served


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
def somebody(server: str, browser: Browser) -> Iterator[Callable[..., Somebody]]:
    """`somebody("Priya Raman")`: one of the demo's people, signed in; a stranger without a name."""
    came: list[Somebody] = []

    def comes(who: str = "", **context: Any) -> Somebody:
        came.append(Somebody(browser, server, **context))
        if who:
            came[-1].signs_in_as(who)
        return came[-1]

    yield comes
    for person in came:
        person.leaves()


@pytest.fixture
def visit(somebody: Callable[..., Somebody]) -> Callable[..., Page]:
    """`visit("/register", who="Margaret Oyelaran")`: that page as they see it."""

    def at(path: str, who: str = "", viewport: Any = LAPTOP, **context: Any) -> Page:
        person = somebody(who, viewport=viewport, **context)
        person.goes(path)
        return person.page

    return at
