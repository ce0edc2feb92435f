"""A consultation that has closed, Highfold's: its results leave the public page, come back, and are written up."""

from tests.browser.pages import CHAIR, REG14


def test_a_chair_publishes_the_results_and_the_public_version(somebody):
    chair, resident = somebody(CHAIR), somebody()
    chair.goes(REG14 + "feedback/")
    chair.presses("Stop publishing")
    resident.goes(REG14 + "results")
    assert "210" not in resident.read
    resident.looks_around()
    chair.goes(REG14 + "feedback/")
    chair.presses("Publish the results")
    resident.goes(REG14 + "results")
    resident.sees("210")

    chair.goes(REG14 + "reports/")
    chair.presses("Make the public version")
    chair.page.get_by_role("link", name="statement.pdf").wait_for(timeout=120_000)
    for name in ("statement.html", "figures.json", "MANIFEST.sha256"):
        assert chair.page.get_by_role("link", name=name).is_visible()
