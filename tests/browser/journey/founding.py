"""A forum begins: an account by a code, a space, admission, an area drawn by mouse and by keyboard, its designation."""

import re
from datetime import timedelta

from consult import clock
from tests.browser.people import Somebody

NAME, SLUG = "Pondside Neighbourhood Forum", "pondside"
HOME, AUTHORITY = f"/f/{SLUG}/", "/a/tarrow-vale/"
# On the map as it opens, 1,020 by 640 pixels: free ground between the areas that are on the register.
CORNERS = [(382, 430), (480, 430), (480, 576)]
TO_THE_FOURTH = ["ArrowLeft"] * 2 + ["ArrowDown"] * 4
EMAIL = "bea@pondside.example.org"


def latest_mail(reader: Somebody, words: str) -> str:
    """The mail of the demo with these words in it, once the worker has sent it."""
    reader.goes("/demo/mail")
    for _ in range(60):
        mail = reader.page.locator("article", has_text=words).first
        if mail.count():
            return mail.inner_text()
        reader.page.wait_for_timeout(500)
        reader.page.reload()
    raise AssertionError(f"no mail says “{words}”")


def makes_an_account(chair: Somebody) -> None:
    chair.goes("/start")
    chair.follows("Make an account")
    chair.presses("Mail me a code")
    chair.sees("There is a problem")
    chair.looks_around()
    chair.writes(name="Bea Fletcher", email=EMAIL)
    chair.presses("Mail me a code")
    code = re.search(r"\b\d{4} \d{4}\b", latest_mail(chair, EMAIL))
    assert code
    chair.looks_around()
    chair.goes("/sign-in?next=/start")
    chair.writes(passcode=code.group())
    chair.page.get_by_role("button", name="Sign in", exact=True).click()


def starts_a_forum(chair: Somebody) -> None:
    chair.sees("Start a space")
    chair.looks_around()
    chair.chooses("A neighbourhood forum")
    chair.writes(name=NAME, slug="Pond side!")
    chair.presses("Start the space")
    chair.sees("There is a problem")
    chair.looks_around()
    assert chair.page.locator("[name=name]").input_value() == NAME
    chair.writes(slug=SLUG)
    chair.page.locator("select[name=authority]").select_option(label="Tarrow Vale District Council")
    chair.presses("Start the space")
    chair.sees("This space is being set up")
    chair.looks_around()


def is_admitted(officer: Somebody) -> None:
    """And its designation as a forum is put on record, which the authority decided last month."""
    officer.goes(f"{AUTHORITY}bodies")
    card = officer.page.locator(".app-card", has_text=NAME)
    card.get_by_role("button", name="Admit").click()
    card.get_by_role("link", name="Record its designation").click()
    officer.looks_around()
    officer.dates("on", clock.today() + timedelta(days=3))
    officer.presses("Record the designation")
    officer.sees("must be today or in the past")
    officer.looks_around()
    officer.dates("on", clock.today() - timedelta(days=30))
    officer.presses("Record the designation")
    officer.sees("Designated on")


def draws_the_area(chair: Somebody) -> None:
    """Three corners with the mouse; the fourth, and the end, with the keyboard."""
    chair.goes(f"{HOME}area")
    chair.looks_around()
    chair.follows("Draw the area")
    chair.page.locator(".ol-viewport").wait_for()
    chair.looks_around()
    canvas = chair.page.get_by_role("application")
    for x, y in CORNERS:
        canvas.click(position={"x": x, "y": y})
        chair.page.wait_for_timeout(300)  # two taps soon after one another are a double one
    canvas.focus()
    for key in TO_THE_FOURTH:
        chair.page.keyboard.press(key)
        chair.page.wait_for_timeout(250)  # the map glides to where the key sends it
    chair.page.keyboard.press("Enter")
    chair.page.get_by_role("button", name="Finish the outline").press("Enter")
    assert "hectares" in chair.page.locator("[data-editor-measure]").inner_text()
    chair.looks_around()
    chair.page.get_by_role("button", name="Save the outline").press("Enter")
    chair.sees("The outline is saved")
    chair.looks_around()


def applies(chair: Somebody) -> None:
    chair.follows("Go on to the application")
    chair.looks_around()
    chair.presses("Send the application")
    chair.sees("There is a problem")
    chair.looks_around()
    chair.writes(
        name="Pondside",
        why_appropriate="The lanes around the pond, its school and its shop.",
        relevant_body="We are the designated forum of the place.",
    )
    chair.presses("Send the application")
    chair.sees("Withdraw the application")
    chair.looks_around()


def has_its_area_designated(officer: Somebody) -> None:
    officer.goes(f"{AUTHORITY}applications")
    officer.looks_around()
    officer.follows("Pondside")
    officer.looks_around()
    officer.presses("Refuse")
    officer.sees("There is a problem")
    officer.looks_around()
    officer.presses("Designate")
    officer.sees("The decision")
    officer.looks_around()
    officer.goes(f"{AUTHORITY}district")
    officer.sees(NAME)
    officer.looks_around()
