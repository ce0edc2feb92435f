"""An area that shrinks names the sites that it leaves out, where the area is looked at."""

import pytest
from shapely.geometry import MultiPolygon

from consult.plans import outside
from consult.plans.ground import Taken
from geodata.around import too_intricate
from tests.areas.ground import apply_here, square
from tests.plans.land import draw_area
from tests.plans.test_siting import SITES, save


@pytest.fixture
def organiser(sign_in, working):
    with working("ash"):
        draw_area()
    return sign_in("ash", "organiser")


def test_an_area_that_shrinks_says_which_sites_it_leaves_out(organiser, working, client):
    save(organiser)
    save(organiser, 700, reference="H2")
    assert "not lie wholly inside" not in organiser.page("/f/ash/area").text
    with working("ash"):
        draw_area(500)
    for address in ("/f/ash/area", "/f/ash/area/draft"):
        page = organiser.page(address)
        assert "This site of the plan does not lie wholly inside the area" in page.text
        assert page.tree.find(f".//a[@href='{SITES}/H2']") is not None
        assert page.tree.find(f".//a[@href='{SITES}/H1']") is None
    assert "H2" not in client.page("/f/ash/area").text


def test_a_draft_that_would_leave_sites_out_says_so_while_the_register_does_not(organiser, working):
    save(organiser, 700, reference="H2")
    with working("ash"):
        apply_here(square())
        draw_area(500)
    page = organiser.page("/f/ash/area")
    assert "If outline 2 becomes the area, this site does not lie wholly inside it" in page.text
    assert "does not lie wholly inside the area" not in page.text


def test_a_site_that_cannot_be_judged_is_listed_as_that(organiser, monkeypatch):
    save(organiser)
    apart = Taken(too_intricate("the area"), MultiPolygon())
    monkeypatch.setattr(outside.Ground, "taken", lambda *_: [apart])
    monkeypatch.setattr(outside.shapely, "covers", lambda *_: False)
    text = organiser.page("/f/ash/area").text
    assert "cannot be told" in text
    assert "not lie wholly inside" not in text
