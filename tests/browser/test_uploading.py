"""A file with several shapes in a real browser: chosen from, looked at, saved; with scripts and without."""

import json

import pytest

DRAFT = "/f/tannery-wharf/area/draft"
CHAIR = "Ewa Nowak"
WEST, SOUTH, STEP = -1.425, 52.165, 0.006  # in the parish of Nether Tarrow, which has a council


def plots(number):
    def ring(n):
        west = WEST + STEP * n
        corners = [(west, SOUTH), (west + STEP, SOUTH), (west + STEP, SOUTH + STEP), (west, SOUTH + STEP)]
        return [[*corners, corners[0]]]

    features = [
        {
            "type": "Feature",
            "properties": {"name": f"Plot {n + 1}"},
            "geometry": {"type": "Polygon", "coordinates": ring(n)},
        }
        for n in range(number)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_file_of_plots_is_chosen_from_and_cancelled(somebody, tmp_path, scripts):
    file = tmp_path / "plots.geojson"
    file.write_text(plots(3))
    chair = somebody(CHAIR, java_script_enabled=scripts)
    chair.goes(DRAFT)
    if scripts:
        chair.page.locator(".ol-viewport").wait_for()
        chair.page.get_by_text("Upload or paste an outline instead").click()
    chair.page.set_input_files("[name='file']", str(file))
    chair.presses("Save the outline")
    chair.sees("Choose your area from the file")
    if scripts:
        chair.looks_around()
    for name in ("Plot 1", "Plot 3"):
        chair.chooses(f"{name},")
    chair.presses("Show what I chose")
    chair.sees("2 shapes joined: Plot 1, Plot 3")
    chair.sees("contains")
    if scripts:
        chair.looks_around()
    chair.presses("Cancel and remove the file")
    chair.sees("Nothing of it was saved")
