"""Reading and coding with single keys, as somebody does for an evening; here a few passages of it."""

from tests.browser.pages import CHAIR, REG14

A_FEW = 3


def test_passages_are_coded_by_keys_alone_and_the_last_step_is_taken_back(visit):
    page = visit(REG14 + "coding/next?state=uncoded", who=CHAIR)
    seen = []
    for key in ("0", "1", ".")[:A_FEW]:
        page.locator("[data-use-keys]").wait_for()
        seen.append(page.url)
        page.keyboard.press(key)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: url != seen[-1])
    assert len(set(seen)) == A_FEW
    page.locator("[data-use-keys]").wait_for()
    page.keyboard.press("u")
    page.get_by_text("Your last step is taken back.").wait_for()
