"""Somebody at a browser of their own, who does what people do: reads, follows links, fills in, presses."""

import re
from typing import Any

from playwright.sync_api import Browser, Locator, Page

from tests.browser.looking import faults

PHONE, LAPTOP = {"width": 375, "height": 740}, {"width": 1280, "height": 900}
PATIENCE_MS = 30_000


class Somebody:
    def __init__(self, browser: Browser, server: str, viewport: Any = LAPTOP, **context: Any) -> None:
        self.scripts = context.get("java_script_enabled", True)
        self.window = browser.new_context(viewport=viewport, base_url=server, **context)
        self.window.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.window.new_page()
        self.problems: list[str] = []
        self.looked_at: list[str] = []
        self.page.on("pageerror", lambda problem: self.problems.append(str(problem)))

    def leaves(self) -> None:
        self.window.close()
        assert self.problems == [], "a script failed on a page"

    def goes(self, path: str) -> int:
        answer = self.page.goto(path)
        assert answer is not None
        return answer.status

    def signs_in_as(self, name: str) -> None:
        self.goes("/demo/sign-in")
        self.page.locator("tr", has_text=name).get_by_role("button").first.click()

    def follows(self, link: str) -> None:
        """Some links look like buttons, and say to a screen reader that they are."""
        self.page.locator("a", has_text=link).first.click()

    def presses(self, button: str) -> None:
        self.page.get_by_role("button", name=button).first.click()

    def writes(self, **words: str) -> None:
        """Into fields, by their names; `__` stands for a dot."""
        for name, value in words.items():
            self.page.locator(f"[name='{name.replace('__', '.')}']").fill(value)

    def chooses(self, label: str) -> None:
        self.page.get_by_label(label, exact=False).first.check()

    def dates(self, name: str, day: Any) -> None:
        boxes = self.page.locator(f"[name='{name}']").all()
        for box, part in zip(boxes, (day.day, day.month, day.year), strict=True):
            box.fill(str(part))

    def sees(self, words: str) -> None:
        self.page.locator("main").get_by_text(re.compile(re.escape(words))).first.wait_for()

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    @property
    def read(self) -> str:
        return self.main.inner_text()

    def looks_around(self) -> None:
        """Where somebody stops, the page is in order: nothing that axe finds, nothing that scrolls sideways."""
        self.looked_at.append(self.page.url)
        found = faults(self.page)
        assert found == [], f"{self.page.url}: {found}"
