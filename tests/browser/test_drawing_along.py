"""Next to a neighbour: its edge is followed point for point, by finger, by keyboard alone, and without JavaScript."""

import math

import shapely

from tests.browser.people import PHONE
from tests.browser.sheet import TO_MAP, Sheet, on_grid

DRAFT = "/f/tannery-wharf/area/draft"
CHAIR = "Ewa Nowak"
NEIGHBOUR = "Oldbridge"
NOTHING_SHARED_M2 = 0.05
ARROW_PX, SMALL_PX = 64, 4


def along(sheet):
    """Two corners of the neighbour's edge that lie far apart on the near side, and two places well away from it."""
    ring = shapely.get_coordinates(sheet.neighbours()[NEIGHBOUR])
    west, south, east, north = sheet.first.bounds
    facing = [p for p in ring if west - 0.002 < p[0] < west + 0.01 and south < p[1] < north - 0.001]
    low, high = min(facing, key=lambda p: p[1]), max(facing, key=lambda p: p[1])
    right = west + 0.8 * (east - west)
    return tuple(low), tuple(high), (right, high[1] - 0.001), (right, low[1] + 0.001)


def shares_only_its_edge(sheet):
    mine, theirs = on_grid(sheet.outline), on_grid(sheet.neighbours()[NEIGHBOUR])
    assert mine.is_valid
    assert mine.intersection(theirs).area < NOTHING_SHARED_M2
    followed = set(map(tuple, shapely.get_coordinates(theirs).round(2))) & set(
        map(tuple, shapely.get_coordinates(mine).round(2))
    )
    assert len(followed) > 10
    return mine


def restart(page):
    if not (again := page.get_by_role("button", name="Start again")).is_visible():
        page.get_by_role("button", name="More tools").click()
    again.click()


def save(sheet):
    sheet.page.get_by_role("button", name="Save the outline").click()
    sheet.page.get_by_text("The outline is saved").wait_for()


def test_on_a_phone_by_touch(visit):
    page = visit(DRAFT, who=CHAIR, viewport=PHONE, has_touch=True, is_mobile=True)
    sheet = Sheet(page)
    low, high, *away = along(sheet)
    restart(page)
    for place in (low, high, *away):
        sheet.tap(*place)
    sheet.tap(*low)
    sheet.says("The outline is finished.")
    shares_only_its_edge(sheet)
    save(sheet)


def test_on_a_phone_with_the_cross_and_its_buttons(visit):
    page = visit(DRAFT, who=CHAIR, viewport=PHONE, has_touch=True, is_mobile=True)
    sheet = Sheet(page)
    restart(page)
    assert page.locator("[data-editor-measure]").inner_text() == ""
    for _ in range(2):
        page.get_by_role("button", name="Add a point here").tap()
    sheet.says("There is a point here already.")
    for button in page.get_by_role("group", name="Drawing").get_by_role("button").all():
        assert button.bounding_box()["height"] >= 44


class Keyboard:
    """Somebody who has no mouse: moves the map under the cross with arrow keys until a place lies beneath it."""

    def __init__(self, sheet):
        self.page, self.scale, self.middle = sheet.page, sheet.scale, sheet.middle

    def goes(self, place):
        x, y = TO_MAP.transform(*place)
        self.steps((x - self.middle[0]) / self.scale, "ArrowRight", "ArrowLeft")
        self.steps((y - self.middle[1]) / self.scale, "ArrowUp", "ArrowDown")
        self.middle = (self.reached(x, self.middle[0]), self.reached(y, self.middle[1]))

    def steps(self, px, onward, back):
        key, small = (onward if px > 0 else back), round(abs(px) / SMALL_PX)
        large, small = divmod(small, ARROW_PX // SMALL_PX)
        for _ in range(large):
            self.page.keyboard.press(key)
        for _ in range(small):
            self.page.keyboard.press(f"Shift+{key}")

    def reached(self, wanted, now):
        px = (wanted - now) / self.scale
        return now + math.copysign(round(abs(px) / SMALL_PX) * SMALL_PX, px) * self.scale


def test_with_the_keyboard_alone(visit):
    sheet = Sheet(visit(DRAFT, who=CHAIR))
    low, high, *away = along(sheet)
    sheet.page.get_by_role("button", name="Start again").press("Enter")
    sheet.page.get_by_role("application").focus()
    hands = Keyboard(sheet)
    for place in (low, high, *away):
        hands.goes(place)
        sheet.page.keyboard.press("Enter")
        sheet.page.wait_for_timeout(50)
    sheet.page.keyboard.press("f")
    sheet.says("The outline is finished.")
    before = shares_only_its_edge(sheet)
    sheet.page.keyboard.press("Alt+ArrowRight")
    sheet.says("Point ")
    sheet.page.keyboard.press("ArrowRight")
    sheet.says("Point moved")
    assert on_grid(sheet.outline).symmetric_difference(before).area > 1
    sheet.page.keyboard.press("Control+z")
    assert on_grid(sheet.outline).symmetric_difference(before).area < NOTHING_SHARED_M2
    sheet.page.get_by_role("button", name="Save the outline").press("Enter")
    sheet.page.get_by_text("The outline is saved").wait_for()


def test_following_can_be_switched_off_by_key(visit):
    sheet = Sheet(visit(DRAFT, who=CHAIR))
    low, high, *_ = along(sheet)
    sheet.page.get_by_role("button", name="Start again").click()
    sheet.page.get_by_role("application").press("t")
    sheet.says("Following is off.")
    sheet.click(*low)
    sheet.click(*high)
    assert sheet.page.locator("[data-editor-measure]").inner_text().startswith("2 points")


def test_by_clicks_on_the_drawn_map_without_javascript(visit):
    page = visit(f"{DRAFT}/points", who=CHAIR, java_script_enabled=False)
    for across, up in ((0.3, 0.3), (0.6, 0.3), (0.6, 0.6)):
        drawing = page.locator("input[name=map600]")
        box = drawing.bounding_box()
        drawing.click(position={"x": box["width"] * across, "y": box["height"] * up})
        page.wait_for_load_state()
    page.get_by_role("button", name="Closer").click()
    page.get_by_role("button", name="Take the last point back").click()
    assert "2 of at least three points" in page.locator("main").inner_text()
    drawing = page.locator("input[name=map600]")
    drawing.click(position={"x": 300, "y": 380})
    page.get_by_role("button", name="Save the outline").click()
    page.get_by_text("The outline is saved").wait_for()
