"""Answering where the journey does not go: with the keyboard alone."""

from tests.browser.people import PHONE

RESPOND = "/f/nether-tarrow/consultations/reg14/respond"


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
