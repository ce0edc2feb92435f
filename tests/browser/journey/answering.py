"""Two neighbours answer on phones, a page at a time: one with JavaScript and the map, one without either."""

from tests.browser.journey.consulting import CONSULTATION
from tests.browser.people import Somebody

WORDS = {"with": "Hedges, yes: <b>but</b> who cuts them?", "without": "The pond floods the lane each winter."}
NEXT, MOST_PAGES = "Save and continue", 15


def answers_on_a_phone(resident: Somebody) -> None:
    """Goes wrong first, on purpose: an address that is none. Then comments, puts a pin with the map, gets a receipt."""
    resident.goes(CONSULTATION)
    resident.looks_around()
    resident.follows("Respond")
    resident.looks_around()
    resident.presses("Start now")
    comments_on("H1", resident, WORDS["with"])
    goes_on_to(resident, "[data-map]")
    puts_a_pin(resident)
    goes_on_to(resident, "[name=email]")
    resident.writes(name="Ada Sharma", email="ada")
    resident.presses(NEXT)
    resident.sees("There is a problem")
    resident.looks_around()
    assert resident.page.locator("[name=name]").input_value() == "Ada Sharma"
    resident.writes(email="")
    sends(resident, WORDS["with"])


def answers_without_scripts(resident: Somebody) -> None:
    resident.goes(f"{CONSULTATION}respond")
    resident.presses("Start now")
    comments_on("G1", resident, WORDS["without"])
    goes_on_to(resident, "input[type=image]")
    resident.page.locator("input[type=image]:visible").click(position={"x": 140, "y": 150})
    resident.sees("is drawn there")  # a page of the server's, with everything that was written
    goes_on_to(resident, "[name=email]")
    sends(resident, WORDS["without"])


def comments_on(policy: str, resident: Somebody, words: str) -> None:
    """Picks it on the first page, and has a page about it next."""
    resident.page.locator(f"input[type=checkbox][value={policy}]").check()
    if resident.scripts:
        resident.looks_around()
    resident.presses(NEXT)
    resident.page.locator(f"[name$='.{policy}'][value=support_with_changes]").check()
    resident.page.locator(f"[name$='.{policy}.reason']").fill(words)
    if resident.scripts:
        resident.looks_around()


def goes_on_to(resident: Somebody, what: str) -> None:
    """Turns pages until there is one with that on it."""
    for _ in range(MOST_PAGES):
        before = resident.page.locator("[name=at]").input_value()
        resident.presses(NEXT)
        resident.page.locator(f"[name=at]:not([value='{before}'])").wait_for(state="attached")
        if resident.page.locator(what).count():
            return
    raise AssertionError(f"no page has {what}")


def puts_a_pin(resident: Somebody) -> None:
    resident.page.locator("[data-map]").first.scroll_into_view_if_needed()
    resident.page.get_by_role("application").first.tap()
    resident.page.get_by_text("The pin is on the map").first.wait_for()


def sends(resident: Somebody, *said: str) -> None:
    resident.presses(NEXT)
    resident.sees("Check your answers")
    if resident.scripts:
        resident.looks_around()
    resident.presses("Send my response")
    has_a_receipt(resident, *said, "On the map")


def has_a_receipt(resident: Somebody, *said: str) -> None:
    resident.sees("We have your response")
    assert "/receipts/" in resident.page.url
    for words in ("R-", *said):
        assert words in resident.read
    if resident.scripts:
        resident.looks_around()
