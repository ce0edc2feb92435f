"""Answering where the journey does not go: with the keyboard alone, over a poor connection, one after the other."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error

from tests.browser.people import PHONE

RESPOND = "/f/nether-tarrow/consultations/reg14/respond"


def pressed(page, button: str) -> None:
    """Goes to it with the Tab key, and presses Enter."""
    for _ in range(120):
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.tagName + ' ' + document.activeElement.innerText.trim()")
        if here.startswith("TEXTAREA"):
            page.keyboard.type("By keyboard.")
        if here == f"BUTTON {button}":
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{button} is not reached")


def test_a_resident_answers_with_the_keyboard_alone(visit):
    page = visit(RESPOND, viewport=PHONE)
    pressed(page, "Start now")
    for _ in range(12):
        page.wait_for_load_state("networkidle")
        if page.locator("h1").inner_text() == "Check your answers":
            break
        before = page.url
        pressed(page, "Save and continue")
        page.wait_for_function("before => location.href !== before", arg=before)
    pressed(page, "Send my response")
    page.wait_for_url("**/receipts/**")
    assert "By keyboard." in page.locator("main").inner_text()


def test_on_a_poor_connection_the_words_stay_and_are_sent_once_it_is_back(visit):
    page = visit(RESPOND, viewport=PHONE)
    page.get_by_role("button", name="Start now").click()
    page.locator("input[type=checkbox]").first.check()
    page.route("**/drafts/**", lambda route: route.abort())
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_text("The connection is poor").wait_for()
    assert page.locator("input[type=checkbox]").first.is_checked()
    page.unroute("**/drafts/**")
    page.wait_for_url("**at=q1.**", timeout=20_000)


def test_an_answer_that_was_lost_on_its_way_is_asked_for_with_the_same_key(visit):
    page = visit(RESPOND + "?whole=1", viewport=PHONE)
    page.locator("textarea[name=q2], textarea[name=q3], textarea").last.fill("Sent once.")
    sent = []

    def lose_the_first(route):
        sent.append(route.request.post_data)
        if len(sent) > 1:
            return route.continue_()
        route.fetch(max_redirects=0)  # it arrives, and nobody hears of it
        return route.abort()

    page.route(lambda url: url.endswith("/respond?whole=1"), lose_the_first)
    page.get_by_role("button", name="Send my response").click()
    page.wait_for_url("**/receipts/**", timeout=20_000)
    assert len(sent) == 2
    assert sent[0] == sent[1]


@pytest.mark.parametrize("scripts", [True, False])
def test_going_back_on_a_device_at_an_event_shows_nothing_of_the_last_person(visit, scripts):
    chair = visit("/demo/sign-in", java_script_enabled=scripts)
    chair.locator("tr", has_text="Colin Brathwaite").get_by_role("button").first.click()
    chair.wait_for_load_state()
    chair.goto("/f/nether-tarrow/consultations/reg14/event-devices")
    chair.locator("[name=name]").fill(f"The hall, {scripts}")
    chair.get_by_role("button", name="Add the device").click()
    start = chair.locator("a", has_text="event=").last.get_attribute("href")
    page = visit(start, java_script_enabled=scripts)
    page.get_by_role("button", name="Start now").click()
    for _ in range(15):
        page.wait_for_load_state()
        if page.locator("h1").inner_text() == "Check your answers":
            break
        if page.locator("[name=name]").count():
            page.locator("[name=name]").fill("Ann Private")
        if page.locator("textarea:visible").count():
            page.locator("textarea:visible").first.fill("A secret")
        page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Send my response").click()
    page.get_by_text("Next person").wait_for()
    page.locator("a", has_text="Next person").click()
    page.get_by_role("button", name="Start now").wait_for()
    for _ in range(8):
        with suppress(Error):  # of the page that answered the sending, the browser has kept nothing to show
            page.go_back()
        page.wait_for_timeout(300)
        for private in ("Ann Private", "A secret"):
            assert private not in page.content()
            assert private not in "".join(
                page.locator("input, textarea").evaluate_all("all => all.map(e => e.value)")
            )
