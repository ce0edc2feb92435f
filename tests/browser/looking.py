"""A page as people with less sight, less room or no mouse would find it."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = ({"width": 1280, "height": 900}, {"width": 320, "height": 700})
CUT_OFF = """[...document.querySelectorAll("main *")]
    .filter(e => e.scrollWidth > e.clientWidth + 2 && e.clientWidth > 5 && getComputedStyle(e).overflowX !== "visible"
                 && !e.closest(".govuk-visually-hidden, input, textarea, select"))
    .map(e => `${e.tagName}.${e.className}`)"""
MAPS = "[data-map], [data-map-editor]"
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"


def faults(page: Page) -> list[Any]:
    """What axe-core finds (WCAG 2.2 A and AA, best practice), and what scrolls sideways or is cut off, at both widths.

    A page without a map is ready when it has loaded; waiting for half a second of silence would take as long as axe.
    """
    before = page.viewport_size
    page.wait_for_load_state("networkidle" if page.locator(MAPS).count() else "load")
    page.evaluate(AXE)
    found: list[Any] = []
    for size in WIDTHS:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        wide = size["width"]
        violations = page.evaluate(RUN, TAGS)["violations"]
        found += [
            (wide, v["id"], n["html"][:160], n["failureSummary"]) for v in violations for n in v["nodes"]
        ]
        if page.evaluate(SIDEWAYS):
            found.append((wide, "the page scrolls sideways"))
        found += [(wide, "cut off", what) for what in page.evaluate(CUT_OFF)]
    if before:
        page.set_viewport_size(before)
    return found
