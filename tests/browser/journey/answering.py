"""Two neighbours answer: one on a phone with JavaScript and the map, one on a phone without either."""

from tests.browser.journey.consulting import CONSULTATION
from tests.browser.people import Somebody

WORDS = {"with": "Hedges, yes: <b>but</b> who cuts them?", "without": "The pond floods the lane each winter."}


def answers_on_a_phone(resident: Somebody) -> None:
    """Goes wrong first, on purpose: an empty response. Then comments, puts a pin with the map, and gets a receipt."""
    resident.goes(CONSULTATION)
    resident.looks_around()
    resident.follows("Respond")
    resident.writes(name="Ada Sharma")
    resident.presses("Send my response")
    resident.sees("There is a problem")
    resident.looks_around()
    assert resident.page.locator("[name=name]").input_value() == "Ada Sharma"
    comments_on("H1", resident, WORDS["with"])
    puts_a_pin(resident)
    resident.presses("Send my response")
    has_a_receipt(resident, WORDS["with"], "On the map")


def answers_without_scripts(resident: Somebody) -> None:
    resident.goes(f"{CONSULTATION}respond")
    comments_on("G1", resident, WORDS["without"])
    resident.page.locator("input[type=image]:visible").click(position={"x": 140, "y": 150})
    resident.sees("The pin is on the map.")  # a page of the server's, with everything that was written
    resident.presses("Send my response")
    has_a_receipt(resident, WORDS["without"], "On the map")


def comments_on(policy: str, resident: Somebody, words: str) -> None:
    resident.page.locator(f"input[type=checkbox][value={policy}]").check()
    resident.page.locator(f"[name$='.{policy}'][value=support_with_changes]").check()
    resident.page.locator(f"[name$='.{policy}.reason']").fill(words)


def puts_a_pin(resident: Somebody) -> None:
    resident.page.locator("[data-map]").first.scroll_into_view_if_needed()
    resident.page.get_by_role("application").first.tap()
    resident.page.get_by_text("The pin is on the map").first.wait_for()


def has_a_receipt(resident: Somebody, *said: str) -> None:
    resident.sees("We have your response")
    assert "/receipts/" in resident.page.url
    for words in ("R-", *said):
        assert words in resident.read
    if resident.scripts:
        resident.looks_around()
