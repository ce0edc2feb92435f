"""axe-core on every page of the demo's journey, at 320 px and at 1280 px: no violations, nothing to scroll sideways."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CUT_OFF = """[...document.querySelectorAll("main *")]
    .filter(e => e.scrollWidth > e.clientWidth + 2 && e.clientWidth > 5 && getComputedStyle(e).overflowX !== "visible"
                 && !e.closest(".govuk-visually-hidden, input, textarea, select"))
    .map(e => `${e.tagName}.${e.className}`)"""
NARROW, WIDE = {"width": 320, "height": 700}, {"width": 1280, "height": 900}
RESIDENT, CHAIR, OFFICER = "", "Margaret Oyelaran", "Priya Raman"
PAGES = [
    *[
        (RESIDENT, path)
        for path in (
            "/", "/register", "/privacy", "/accessibility", "/sign-in", "/f/highfold/", "/f/highfold/area",
            "/f/highfold/consultations/", "/f/highfold/consultations/reg14/", "/f/highfold/consultations/reg14/respond",
            "/f/highfold/consultations/reg14/results", "/f/nether-tarrow/consultations/reg14/",
            "/f/nether-tarrow/consultations/reg14/respond", "/f/station-fields/consultations/early/respond",
            "/f/oldbridge/consultations/sites/respond", "/a/tarrow-vale/", "/no-such-page",
        )
    ],
    *[
        (CHAIR, path)
        for path in (
            "/account", "/f/highfold/", "/f/highfold/area/draft", "/f/highfold/plan", "/f/highfold/members",
            "/f/highfold/settings", "/f/highfold/consultations/new", "/f/highfold/consultations/reg14/setup",
            "/f/highfold/consultations/reg14/feedback/", "/f/highfold/consultations/reg14/feedback/words",
            "/f/highfold/consultations/reg14/feedback/places", "/f/highfold/consultations/reg14/responses/",
            "/f/highfold/consultations/reg14/responses/new", "/f/highfold/consultations/reg14/reports/",
        )
    ],
    *[(OFFICER, f"/a/tarrow-vale/{page}")
        for page in ("", "bodies", "applications", "announcements", "district", "releases/", "members", "settings")],
]  # fmt: skip


@pytest.mark.parametrize("width", [NARROW, WIDE], ids=["320px", "1280px"])
@pytest.mark.parametrize(
    ("who", "path"), PAGES, ids=[f"{who.partition(' ')[0] or 'anyone'}:{path}" for who, path in PAGES]
)
def test_a_page_has_no_violations(visit, who, path, width):
    page = visit(path, who=who, viewport=width)
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text())
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    assert [(v["id"], [n["html"][:160] for n in v["nodes"]][:3]) for v in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.evaluate(CUT_OFF) == []


def test_an_officer_finds_every_section_in_one_row_on_a_laptop(visit):
    page = visit("/a/tarrow-vale/", who=OFFICER, viewport={"width": 1024, "height": 768})
    tops = [item.bounding_box()["y"] for item in page.locator(".govuk-service-navigation__item").all()]
    assert len(tops) >= 9
    assert len(set(tops)) == 1
