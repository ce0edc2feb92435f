"""Pages that are written from the right, in a real browser: no faults at either width, and the form from end to end."""

import pytest

from tests.browser.pages import IN_URDU, REG14
from tests.browser.people import PHONE, Somebody

NEXT, SEND = "محفوظ کریں اور آگے بڑھیں", "میرا جواب بھیجیں"
SAID = "چکی کو رہنے دیں"


@pytest.fixture(scope="module")
def reader(server, browser):
    came = Somebody(browser, server)
    came.goes("/?language=ur")
    yield came
    came.leaves()


@pytest.mark.parametrize("path", IN_URDU)
def test_a_page_in_urdu_has_no_faults(reader, path):
    reader.goes(path)
    assert reader.page.locator("html").get_attribute("dir") == "rtl"
    reader.looks_around()


def test_a_form_is_answered_in_urdu_page_by_page(somebody):
    resident = somebody(viewport=PHONE)
    page = resident.page
    resident.goes("/f/nether-tarrow/consultations/reg14/respond?language=ur")
    resident.presses("ابھی شروع کریں")
    for _ in range(20):
        page.wait_for_load_state()
        resident.looks_around()
        if "at=check" in page.url:
            break
        for box in page.locator("textarea:visible").all()[:1]:
            box.fill(SAID)
        with page.expect_navigation():
            page.get_by_role("button", name=NEXT).last.click()
    with page.expect_navigation():
        resident.presses(SEND)
    resident.looks_around()
    assert page.get_by_text(SAID).first.is_visible()


def test_the_language_is_chosen_in_the_middle_of_a_form_without_losing_a_word(somebody):
    resident = somebody(java_script_enabled=False)
    page = resident.page
    resident.goes("/f/nether-tarrow/consultations/reg14/respond?whole=1")
    box = page.locator("textarea:visible").first
    box.fill(SAID)
    with page.expect_navigation():
        page.get_by_role("button", name="اردو").click()
    assert page.locator("html").get_attribute("lang") == "ur"
    assert page.locator("textarea:visible").first.input_value() == SAID


def test_the_page_is_a_mirror_of_the_english_one(somebody):
    resident = somebody()
    page = resident.page

    def edges(at):
        resident.goes(at)
        middle = page.viewport_size["width"] / 2
        home, column = (page.locator(each).bounding_box() for each in (".app-header__home", "#timeline"))
        return home["x"] > middle, column["x"] + column["width"] / 2 > middle

    assert edges(f"{REG14}?language=en") == (False, True)
    assert edges(f"{REG14}?language=ur") == (True, False)
