"""What is applied for, and what is repaired, is what somebody looked at."""

from consult.areas.models import latest_version, save_version
from tests.areas.ground import drawn, square
from tests.areas.test_pages import WORDS


def test_nobody_applies_for_an_outline_that_they_were_not_shown(sign_in, working):
    chair = sign_in("ash")
    chair.send("/f/ash/area/draft", outline=drawn(square()))
    shown = chair.page("/f/ash/area/application").tree.find(".//input[@name='of']").get("value")
    with working("ash"):
        save_version(square(0, 0, 500), source="drawn", by=None)
    answer = chair.send("/f/ash/area/application", **WORDS, of=shown)
    assert answer.status_code == 422
    assert "Outline 2 was saved since you looked" in answer.get_data(as_text=True)
    assert chair.send("/f/ash/area/application", **WORDS, of="2").status_code == 303


def test_a_repair_does_not_let_too_many_points_in(sign_in, working, monkeypatch):
    monkeypatch.setattr("consult.areas.outline.choosing.MOST_POINTS", 4)
    chair = sign_in("ash")
    page = chair.send("/f/ash/area/draft", outline=drawn(square())).get_data(as_text=True)
    assert "has 5 points, and the limit is 4" in page
    assert "Accept the repair" not in page
    assert chair.send("/f/ash/area/draft/repair", outline=drawn(square())).status_code == 409
    with working("ash"):
        assert latest_version() is None
