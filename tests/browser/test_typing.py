"""A pile of paper, typed as somebody would who has typed many: by keyboard alone, some sheets with their scans."""

from uuid import uuid4

import pytest

from tests.browser.pages import CHAIR, REG14

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def typist(somebody, request):
    """Margaret, in a batch of her own, before the first of its ten sheets."""
    margaret = somebody(CHAIR)
    margaret.goes(REG14 + "batches")
    margaret.writes(name=f"{request.node.name} {uuid4()}"[:120], received="14/3/2026", sheets="10")
    margaret.presses("Begin typing")
    margaret.page.wait_for_url("**/sheets*")
    return Typist(margaret)


class Typist:
    def __init__(self, person):
        self.person, self.page, self.keys = person, person.page, person.page.keyboard

    @property
    def field(self):
        """The name of the field that has the focus."""
        return self.page.evaluate("document.activeElement.name ?? ''")

    def goes_on_to(self, name):
        for _ in range(60):
            if self.field == name:
                return
            self.keys.press("Tab")
        raise AssertionError(f"no way to {name} by keyboard")

    def comments(self, number, stance, reason=""):
        """On one of the policies, whose list has the focus, by its number there; and goes back to the list."""
        self.keys.press(str(number))
        self.keys.press(str(stance))
        self.keys.type(reason)
        self.goes_on_to("q1")

    def adds(self, name):
        self.goes_on_to("scan")
        sheet = {"name": name, "mimeType": "application/pdf", "buffer": PDF}
        self.page.locator("[name=scan]:focus").set_input_files(sheet)

    def saves(self):
        """The words that the page then says."""
        with self.page.expect_navigation():
            self.keys.press("Control+Enter")
        return self.page.locator("main").inner_text()


def test_two_sheets_one_after_the_other(typist):
    assert typist.field == "q1"
    typist.comments(1, 3, "Too many homes")
    typist.comments(2, 1)
    typist.keys.press("Enter")
    assert typist.field == "q2"
    typist.keys.press("2")
    assert typist.field == "q3"
    typist.keys.type("A crossing\nby the school")
    said = typist.saves()
    assert "Sheet 1 is entered as R-" in said
    assert "1 of 10 sheets entered." in said
    assert typist.field == "q1"
    typist.comments(5, 4, "The 17 bus")
    assert "Sheet 2 is entered as R-" in typist.saves()
    typist.page.locator("tr", has_text="Sheet 1").locator("a").first.click()
    read = typist.person.read
    for words in ("Too many homes", "Object", "Support", "Yes, with changes", "A crossing\nby the school"):
        assert words in read


def test_a_sheet_is_saved_from_wherever_the_focus_is(typist):
    typist.keys.press("1")
    assert typist.field == "q1.H1"
    assert "Say what you think of H1" in typist.saves()
    assert typist.field == ""  # the list of mistakes has it
    typist.page.locator("[name='q1.H1'][value=object]").check()
    typist.page.evaluate("document.activeElement.blur()")
    assert "Sheet 1 is entered as R-" in typist.saves()


def test_ctrl_and_enter_in_another_form_of_the_page_sends_nothing(typist):
    typist.comments(1, 1)
    typist.saves()
    typist.page.locator("summary", has_text="Undo").click()
    typist.page.locator("[name=reason]").focus()
    typist.keys.press("Control+Enter")
    typist.page.wait_for_load_state()
    assert "1 of 10 sheets entered" in typist.person.read


def test_ten_sheets_with_a_mistake_one_that_came_later_and_one_that_is_undone(typist):
    for number in range(1, 9):
        typist.comments(1 + number % 8, 1 + number % 4, f"What sheet {number} says")
        typist.keys.press("Enter")
        typist.keys.press(str(1 + number % 4))
        if number % 3 == 0:
            typist.adds(f"sheet {number}.pdf")
        assert f"Sheet {number} is entered as R-" in typist.saves()
        assert typist.field == "q1"
    types_one_with_a_mistake(typist)
    types_one_that_came_later(typist)
    assert typist.page.locator("[name=arrived]").input_value() == "16/03/2026"
    assert typist.page.locator("[name=channel]:checked").get_attribute("value") == "email"
    typist.page.locator("summary", has_text="Undo").first.press("Enter")
    typist.keys.press("Tab")
    typist.keys.type("Typed from the wrong sheet")
    with typist.page.expect_navigation():
        typist.keys.press("Enter")
    assert "9 of 10 sheets entered." in typist.person.read
    typist.comments(3, 2, "The right one")
    assert "Sheet 10 is entered as R-" in typist.saves()


def types_one_with_a_mistake(typist):
    typist.goes_on_to("q3")
    typist.keys.type("Keep the allotments")
    typist.goes_on_to("postcode")
    typist.keys.type("nowhere")
    assert "Check the postcode" in typist.saves()
    assert typist.page.locator("[name=q3]").input_value() == "Keep the allotments"
    typist.goes_on_to("postcode")
    typist.keys.press("Control+A")
    typist.keys.press("Delete")
    assert "Sheet 9 is entered as R-" in typist.saves()


def types_one_that_came_later(typist):
    typist.page.locator("summary", has_text="came another way").press("Enter")
    typist.page.locator("[name=channel]").first.focus()
    typist.keys.press("2")
    assert typist.field == "arrived"
    typist.keys.press("Control+A")
    typist.keys.type("16/3/2026")
    typist.goes_on_to("q3")
    typist.keys.type("By email")
    assert "Sheet 10 is entered as R-" in typist.saves()
