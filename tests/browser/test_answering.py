"""The main job, done by people in a real browser: drawing, answering, counting, reporting, overseeing."""

import os

import pytest

from tests.browser.conftest import LAPTOP, PHONE, PICTURES

RESPOND = "/f/nether-tarrow/consultations/reg14/respond"
REPORTS = "/f/highfold/consultations/reg14/reports/"


def answer(page):
    """Comments on one policy, says why, and sends."""
    page.get_by_role("checkbox", name="D1 Village design").check()
    page.get_by_role("radio", name="Support with changes").first.check()
    page.get_by_role("textbox", name="Your reasons").first.fill("Hedges, yes: <b>but</b> who cuts them?")
    page.get_by_label("Your name").fill("Ada Sharma")
    page.get_by_role("button", name="Send my response").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_resident_answers_on_a_phone(visit, scripts):
    page = visit(RESPOND, viewport=PHONE, java_script_enabled=scripts)
    answer(page)
    assert "/receipts/" in page.url
    words = page.locator("main").inner_text()
    assert "R-" in words
    assert "Hedges, yes: <b>but</b> who cuts them?" in words


def test_a_resident_answers_with_the_keyboard_alone(visit):
    page = visit(RESPOND, viewport=PHONE)
    for _ in range(120):
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.tagName + ' ' + document.activeElement.innerText")
        if here.startswith("TEXTAREA"):
            page.keyboard.type("By keyboard.")
        if here == "BUTTON Send my response":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/receipts/**")
    assert "By keyboard." in page.locator("main").inner_text()


def test_an_empty_response_is_told_what_to_do_and_loses_nothing(visit):
    page = visit(RESPOND, viewport=PHONE)
    page.get_by_label("Your name").fill("Ada Sharma")
    page.get_by_role("button", name="Send my response").click()
    assert page.locator(".govuk-error-summary").is_visible()
    assert page.get_by_label("Your name").input_value() == "Ada Sharma"


def test_a_chair_makes_a_report_and_watches_it(visit):
    page = visit(REPORTS, who="Margaret Oyelaran")
    page.get_by_role("button", name="Make the public version").click()
    page.get_by_role("link", name="statement.pdf").wait_for(timeout=120_000)
    for name in ("statement.html", "figures.json", "MANIFEST.sha256"):
        assert page.get_by_role("link", name=name).is_visible()


def test_an_officer_sees_releases_and_announcements_but_no_responses(visit):
    page = visit("/a/tarrow-vale/releases/", who="Priya Raman")
    assert "Highfold" in page.locator("main").inner_text()
    page.goto("/a/tarrow-vale/announcements")
    assert "Nether Tarrow" in page.locator("main").inner_text()
    assert page.goto("/f/highfold/consultations/reg14/responses/").status == 404


VIEWS = [
    ("results", "/f/highfold/consultations/reg14/results", "", LAPTOP),
    ("area", "/f/highfold/area", "Margaret Oyelaran", LAPTOP),
    ("respond-phone", RESPOND, "", PHONE),
    ("officer", "/a/tarrow-vale/", "Priya Raman", LAPTOP),
]


@pytest.mark.skipif(
    not os.environ.get("TAKE_PICTURES"), reason="TAKE_PICTURES=1 takes the README's pictures anew"
)
@pytest.mark.parametrize(("name", "path", "who", "viewport"), VIEWS, ids=[v[0] for v in VIEWS])
def test_pictures_for_the_readme(visit, name, path, who, viewport):
    page = visit(path, who=who, viewport=viewport)
    page.wait_for_load_state("networkidle")
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")
    assert (PICTURES / f"{name}.png").stat().st_size > 10_000
