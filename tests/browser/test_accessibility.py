"""Every page that the journey does not stop at, and what comes back when a form is wrong: axe-core finds nothing, and
nothing scrolls sideways, at 320 and at 1,280 pixels."""

import pytest

from consult.app import create_app
from consult.settings import Settings
from tests.browser.journey.stops import STOPS, endpoint_of
from tests.browser.looking import faults
from tests.browser.pages import ERRORS, FILES, OF_A_MAIL_OR_A_SECOND_STEP, OFFICER, PAGES, SWITCHED_OFF
from tests.browser.people import Somebody


def called(who, path, *rest):
    return " ".join([who.partition(" ")[0] or "anyone", path, *rest]).strip()


@pytest.fixture(scope="module")
def reader(server, browser):
    """`reader("Priya Raman")` is signed in once, in a browser that stays open."""
    known = {}

    def comes(who):
        if who not in known:
            known[who] = Somebody(browser, server)
            if who:
                known[who].signs_in_as(who)
        return known[who]

    yield comes
    for somebody in known.values():
        somebody.leaves()


@pytest.mark.parametrize(("who", "path", "link"), PAGES, ids=[called(*page) for page in PAGES])
def test_a_page_has_no_faults(reader, who, path, link):
    somebody = reader(who)
    somebody.goes(path)
    for step in filter(None, link.split(" > ")):
        somebody.follows(step)
    somebody.looks_around()


@pytest.mark.parametrize(
    ("who", "path", "words", "button"), ERRORS, ids=[called(e[0], e[1], *e[2]) for e in ERRORS]
)
def test_a_page_with_errors_has_no_faults(reader, who, path, words, button):
    somebody = reader(who)
    somebody.goes(path)
    if somebody.page.locator("[data-map-editor]").count():
        somebody.page.locator(".ol-viewport").wait_for()  # which folds away the field that is beneath it
    somebody.page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true; })")
    somebody.writes(**words)
    somebody.presses(button)
    somebody.page.get_by_text("There is a problem").or_(
        somebody.page.get_by_text("What is wrong with the outline")
    ).first.wait_for()
    somebody.looks_around()


def test_an_officer_finds_every_section_in_one_row_on_a_laptop(reader):
    officer = reader(OFFICER)
    officer.page.set_viewport_size({"width": 1024, "height": 768})
    officer.goes("/a/tarrow-vale/")
    tops = [
        item.bounding_box()["y"] for item in officer.page.locator(".govuk-service-navigation__item").all()
    ]
    assert len(tops) >= 9
    assert len(set(tops)) == 1


def test_a_planted_fault_is_found_at_the_width_that_has_it(reader):
    page = reader("").page
    page.goto("/privacy")
    page.locator("main").evaluate(
        "main => main.insertAdjacentHTML('beforeend', '<input><p class=\"govuk-!-static-margin-0\" id=\"wide\">x</p>')"
    )
    page.locator("#wide").evaluate("wide => { wide.style.width = '500px'; }")
    found = faults(page)
    assert {fault[1] for fault in found if fault[0] == 1280} == {"label"}
    assert {fault[1] for fault in found if fault[0] == 320} == {"label", "the page scrolls sideways"}


def test_no_page_is_left_out(tmp_path):
    """A page of tomorrow is looked at by somebody, or a line above says why it is not."""
    app = create_app(Settings.read({"CONSULT_DEMO": "1", "DATA_DIR": str(tmp_path)}))
    all_of_them = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods}
    listed = {endpoint_of(app, path) for _, path, link in PAGES if not link}
    left_out = all_of_them - listed - STOPS - FOLLOWED - FILES - OF_A_MAIL_OR_A_SECOND_STEP - SWITCHED_OFF
    assert left_out == set()


FOLLOWED = {
    "areas.modification", "areas.smaller_area", "areas.upload", "campaigns.campaign",
    "campaigns.petition", "clearing.erasure", "clearing.hiding_page",
    "clearing.review", "downloads.one", "consultations.consultee", "consultations.edit_consultee",
    "consultations.edit_easy_read", "consultations.edit_publicity", "consultations.edit_question",
    "consultations.note_by_hand", "entering.blind", "entering.check", "entering.next_sheet",
    "entering.one_batch", "entering.overview", "examining.bundle", "examining.mine", "examining.representations",
    "feedback.issue", "flags.flag", "forums.application", "issues.agreement",
    "issues.decision", "issues.gather", "issues.word", "plans.edit_owner_contact",
    "plans.edit_policy", "plans.look_over_word", "points.passage", "points.second", "points.theme",
    "publicity.submission", "replying.area", "replying.forum",
    "responses.leave_site_out", "responses.one", "responses.take_over", "responses.translation",
    "spaces.role",
    "submitting.one",
}  # fmt: skip
# of a batch of paper, of a file of responses, of a regulation 16 that has closed: the demo has none
NOT_IN_THE_DEMO = {
    "examining.bundle", "examining.mine", "examining.representations",
    "entering.next_sheet", "entering.one_batch", "entering.overview",
}  # fmt: skip
