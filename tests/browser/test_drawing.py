"""Drawing an area in a real browser: pasted, by keyboard alone, and a file that is too large."""

import json

DRAFT = "/f/tannery-wharf/area/draft"
CHAIR = "Ewa Nowak"


def outline_on(page):
    """The outline in the page's own field, moved a little, so that saving it makes a new version."""
    outline = json.loads(page.locator("#outline").input_value())
    ring = outline["coordinates"][0]
    middle = [sum(at[axis] for at in ring) / len(ring) for axis in (0, 1)]
    outline["coordinates"][0] = [[(a + m) / 2 for a, m in zip(at, middle, strict=True)] for at in ring]
    return json.dumps(outline)


def test_a_pasted_outline_is_saved_with_the_first_click(visit):
    page = visit(DRAFT, who=CHAIR)
    page.locator(".ol-viewport").wait_for()
    page.get_by_text("Upload or paste an outline instead").click()
    pasted = outline_on(page)
    page.locator("#outline").fill(pasted)
    assert page.locator("#outline").input_value() == pasted
    assert page.locator("[data-map-says]").inner_text() == "The pasted outline is on the map."
    page.get_by_role("button", name="Save the outline").click()
    page.get_by_text("The outline is saved").wait_for()


def test_an_outline_in_metres_is_left_to_the_server(visit):
    page = visit(DRAFT, who=CHAIR)
    page.locator(".ol-viewport").wait_for()
    page.get_by_text("Upload or paste an outline instead").click()
    page.locator("#outline").fill(
        '{"type":"Polygon","coordinates":[[[450000,200000],[450900,200000],[450900,200900],[450000,200000]]]}'
    )
    assert page.locator("[data-map-says]").inner_text() == ""


def test_an_area_is_drawn_with_the_keyboard_alone(visit):
    page = visit(DRAFT, who=CHAIR)
    page.locator(".ol-viewport").wait_for()
    page.get_by_role("button", name="Start again").press("Enter")
    page.get_by_role("application").focus()
    for keys in (["Enter"], ["ArrowRight", "ArrowRight", "Enter"], ["ArrowDown", "ArrowDown", "Enter"]):
        for key in keys:
            page.keyboard.press(key)
            page.wait_for_function("document.querySelector('.ol-viewport') && true")
            page.wait_for_timeout(400)  # the map glides to where the key sends it
    page.get_by_role("button", name="Finish the outline").press("Enter")
    assert "hectares" in page.locator("[data-editor-measure]").inner_text()
    page.get_by_role("button", name="Save the outline").press("Enter")
    page.get_by_text("The outline is saved").wait_for()


def test_where_the_cross_is_is_said_when_keys_move_the_map(visit):
    page = visit(DRAFT, who=CHAIR)
    page.locator(".ol-viewport").wait_for()
    page.get_by_role("application").focus()
    page.keyboard.press("ArrowRight")
    said = page.locator("[data-map-says]")
    said.filter(has_text="The cross is inside the outline; the nearest edge is").wait_for()
    page.keyboard.press("Enter")
    said.filter(has_text="Point").wait_for()
    page.wait_for_timeout(600)  # nothing that was on its way is said after what was done
    assert "The cross" not in said.inner_text()


def test_without_javascript_a_hole_is_drawn_and_the_whole_moved(visit):
    page = visit("/f/tannery-wharf/area/draft/points", who=CHAIR, java_script_enabled=False)
    page.get_by_role("button", name="Begin with the outline saved last").click()
    for x, y in ((300, 200), (340, 200), (340, 240)):
        page.locator("input[type=image]:visible").click(position={"x": x, "y": y})
    page.get_by_role("button", name="Make this a hole").click()
    assert "The hole is in the outline." in page.get_by_role("status").inner_text()
    page.locator("#east").fill("25")
    page.get_by_role("button", name="Move it").click()
    assert "The outline is moved." in page.get_by_role("status").inner_text()
    page.get_by_role("button", name="Undo the last change").click()
    assert page.get_by_role("button", name="Save the outline").is_visible()
