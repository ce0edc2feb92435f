"""The editor's tools: a hole, a cut, joining, undo through a reload, a crossing marked and refused, and no network."""

import pytest
import shapely

from tests.browser.looking import faults
from tests.browser.people import LAPTOP, PHONE
from tests.browser.sheet import Sheet, on_grid, outline_on

DRAFT = "/f/tannery-wharf/area/draft"
CHAIR = "Ewa Nowak"
MILLIMETRES = 15  # m²: seven kilometres of outline, whose points the server puts on whole millimetres


@pytest.fixture
def sheet(visit):
    return Sheet(visit(DRAFT, who=CHAIR))


def press(sheet, name):
    button = sheet.page.get_by_role("button", name=name, exact=True)
    if not button.is_visible():
        sheet.page.get_by_role("button", name="More tools").click()
    button.click()


def within(sheet, across, up):
    """A place in or around the outline as it was: from -1 to 1 lies within its box."""
    west, south, east, north = sheet.first.bounds
    return (west + east + across * (east - west)) / 2, (south + north + up * (north - south)) / 2


def draw(sheet, *places):
    for place in places:
        sheet.click(*within(sheet, *place))


def hole(sheet):
    press(sheet, "Add a hole")
    draw(sheet, (-0.2, -0.2), (0.2, -0.2), (0.2, 0.2))
    press(sheet, "Finish the hole")
    sheet.says("The hole is in the outline.")


def cut(sheet):
    press(sheet, "Cut in two")
    draw(sheet, (-1.3, -0.5), (1.3, -0.5))
    press(sheet, "Cut here")
    sheet.says("The area is cut.")


def hectares(shape):
    return on_grid(shape).area / 10_000


def test_a_hole_is_drawn_and_filled(sheet):
    before = sheet.outline
    hole(sheet)
    assert len(shapely.get_rings(sheet.outline)) == 2
    assert hectares(sheet.outline) < hectares(before) - 1
    press(sheet, "Delete a part or a hole")
    draw(sheet, (0.1, -0.1))
    press(sheet, "Fill this hole")
    assert hectares(sheet.outline) == pytest.approx(hectares(before), abs=0.001)


def test_an_area_is_cut_and_one_part_deleted(sheet):
    before = hectares(sheet.outline)
    cut(sheet)
    pieces = shapely.get_parts(sheet.outline)
    assert len(pieces) == 2
    assert "Two parts lie against each other" in sheet.page.locator("[data-editor-trouble]").inner_text()
    press(sheet, "Delete this part")
    assert hectares(sheet.outline) == pytest.approx(max(map(hectares, pieces)), abs=0.001)
    assert hectares(sheet.outline) < before - 1


def test_parts_that_were_cut_are_joined_again(sheet):
    before = on_grid(sheet.outline)
    cut(sheet)
    press(sheet, "Join the parts")
    sheet.says("The parts are one.")
    assert on_grid(sheet.outline).symmetric_difference(before).area < MILLIMETRES


def test_what_the_server_refuses_is_said_and_the_line_stays(sheet):
    press(sheet, "Cut in two")
    draw(sheet, (-0.2, 0), (0.2, 0))
    press(sheet, "Cut here")
    sheet.says("The line does not cut the area in two")
    assert sheet.page.locator("[data-editor-measure]").inner_text().startswith("2 points")


def test_undo_and_redo_go_on_after_a_reload(sheet):
    first = sheet.outline
    press(sheet, "Move the whole shape")
    press(sheet, "Right")
    press(sheet, "Up")
    hole(sheet)
    drawn = sheet.outline
    sheet.page.reload()
    sheet.page.get_by_role("button", name="Carry on with it").click()
    sheet.says("The outline kept on this device is back.")
    assert on_grid(sheet.outline).symmetric_difference(on_grid(drawn)).area < 1
    steps = 0
    while not on_grid(sheet.outline).symmetric_difference(on_grid(first)).area < 1:
        press(sheet, "Undo")
        steps += 1
        assert steps < 20
    assert steps >= 5
    for _ in range(steps):
        press(sheet, "Redo")
    assert on_grid(sheet.outline).symmetric_difference(on_grid(drawn)).area < 1


def test_a_crossing_is_marked_said_and_cannot_be_finished(sheet):
    press(sheet, "Start again")
    draw(sheet, (-0.5, -0.5), (0.5, 0.5), (0.5, -0.5), (-0.5, 0.5))
    finish = sheet.page.get_by_role("button", name="Finish the outline")
    assert finish.get_attribute("aria-disabled") == "true"
    sheet.page.mouse.move(*sheet.at(within(sheet, -0.6, 0.6)))
    assert is_red(sheet, within(sheet, 0.25, 0.25))
    finish.click(force=True)  # it says why not
    sheet.says("It crosses itself where it is red.")
    assert sheet.page.locator("#outline").input_value() == ""
    press(sheet, "Undo")
    assert not is_red(sheet, within(sheet, 0.25, 0.25))


def is_red(sheet, place):
    """Looks at the very pixels: the sentence alone would not show where."""
    sheet.page.wait_for_timeout(200)  # one frame
    x, y = sheet.at(place)
    shot = sheet.page.screenshot(clip={"x": x - 4, "y": y - 4, "width": 8, "height": 8})
    return sheet.page.evaluate(RED, list(shot))


RED = """async bytes => {
    const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/png" }));
    const pen = new OffscreenCanvas(8, 8).getContext("2d");
    pen.drawImage(bitmap, 0, 0);
    const pixels = pen.getImageData(0, 0, 8, 8).data;
    let red = 0;
    for (let i = 0; i < pixels.length; i += 4) red += pixels[i] > 150 && pixels[i + 1] < 80 && pixels[i + 2] < 80;
    return red > 8;
}"""


def test_a_dragged_point_reddens_the_crossing_at_once(sheet):
    page = sheet.page
    press(sheet, "Start again")
    square = ((-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5))
    draw(sheet, *square)
    press(sheet, "Finish the outline")
    page.mouse.move(*sheet.at(within(sheet, 0.5, 0.5)))
    page.mouse.down()
    page.mouse.move(*sheet.at(within(sheet, -0.2, 0.2)), steps=4)
    page.mouse.move(*sheet.at(within(sheet, -0.9, 0)), steps=4)
    assert "crosses itself" in page.locator("[data-editor-trouble]").inner_text()
    page.keyboard.press("Escape")
    page.mouse.up()
    assert page.locator("[data-editor-trouble]").inner_text() == ""
    assert shapely.get_num_coordinates(sheet.outline) == 5


def test_offline_nothing_is_lost_and_online_it_goes_on(sheet):
    page = sheet.page
    page.context.set_offline(True)
    press(sheet, "Cut in two")
    draw(sheet, (-1.3, -0.5), (1.3, -0.5))
    press(sheet, "Cut here")
    sheet.says("There is no answer from the network just now.")
    press(sheet, "Cancel")
    press(sheet, "Move the whole shape")
    press(sheet, "Right")
    moved = sheet.outline
    page.get_by_role("button", name="Save the outline").click()
    sheet.says("There is no network just now")
    assert sheet.outline.equals(moved)
    page.context.set_offline(False)
    page.get_by_role("button", name="Save the outline").click()
    page.get_by_text("The outline is saved").wait_for()
    assert on_grid(outline_on(page)).symmetric_difference(on_grid(moved)).area < MILLIMETRES
    assert not page.get_by_role("button", name="Carry on with it").is_visible()


def test_saving_with_a_line_still_open_is_not_sent(sheet):
    press(sheet, "Draw another part")
    draw(sheet, (1.05, 0))
    sheet.page.get_by_role("button", name="Save the outline").click()
    sheet.says("There is a line on the map that is not finished.")


def with_an_outline_to_start_from(route):
    """As a page does that knows of outlines: with a button beside the map."""
    page = route.fetch()
    button = '<button type="button" hidden data-start-from="/one.geojson">Oldbridge</button>'
    route.fulfill(
        response=page, body=page.text().replace('<div class="app-editor"', button + '<div class="app-editor"')
    )


def test_an_earlier_outline_is_taken_as_a_step_that_can_be_undone(sheet):
    page = sheet.page
    oldbridge = sheet.neighbours()["Oldbridge"]
    page.route("**/one.geojson", lambda route: route.fulfill(body=shapely.to_geojson(oldbridge)))
    page.route(f"**{DRAFT}", with_an_outline_to_start_from)
    page.reload()
    page.locator(".ol-viewport").wait_for()
    before = outline_on(page)
    page.get_by_role("button", name="Oldbridge").click()
    sheet.says("The outline is on the map: Oldbridge.")
    assert on_grid(sheet.outline).symmetric_difference(on_grid(oldbridge)).area < 1
    press(sheet, "Undo")
    assert on_grid(sheet.outline).symmetric_difference(on_grid(before)).area < 1


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_no_state_of_the_editor_has_a_fault(visit, size):
    sheet = Sheet(visit(DRAFT, who=CHAIR, viewport=size))
    found = []
    for tool in ("Move points", "Draw another part", "Add a hole", "Cut in two", "Move the whole shape"):
        press(sheet, tool)
        found += faults(sheet.page)
    press(sheet, "Add a hole")
    draw(sheet, (0, 0))
    found += faults(sheet.page)
    sheet.page.get_by_role("application").press("?")
    sheet.page.get_by_role("dialog").wait_for()
    found += faults(sheet.page)
    assert found == []
