"""Sites in words."""

import pytest

from consult.plans.models import draft_version
from consult.plans.site_words import away, described, listed, size, where
from tests.areas.ground import square
from tests.plans.land import GREEN, add_site, draw_area

AREA = square(0, 0, 1000)


@pytest.mark.parametrize(
    ("hectares", "words"), [(2.34, "2.3 hectares"), (0.0423, "423 m²"), (1234.5, "1,234.5 hectares")]
)
def test_small_plots_are_told_in_square_metres(hectares, words):
    assert size(hectares) == words


@pytest.mark.parametrize(
    ("metres", "words"), [(3, "10 m"), (414, "410 m"), (994, "990 m"), (996, "1.0 km"), (12_345, "12.3 km")]
)
def test_distances_are_told_as_people_say_them(metres, words):
    assert away(metres) == words


@pytest.mark.parametrize(
    ("east", "north", "wind"),
    [
        (450, 900, "north"),
        (850, 850, "north-east"),
        (900, 450, "east"),
        (450, 0, "south"),
        (0, 900, "north-west"),
    ],
)
def test_a_site_is_found_by_the_wind_from_the_middle(working, east, north, wind):
    with working("ash"):
        draw_area()
        site = add_site("H1", east, north=north)
        assert where(site, AREA).endswith(f" m {wind} of the middle of the area")
        assert where(site, None) == "1.0 hectares"


def test_a_site_in_the_middle_is_said_to_be_there(working):
    with working("ash"):
        draw_area()
        assert where(add_site("H1", 460, north=440), AREA) == "1.0 hectares, in the middle of the area"


def test_what_a_site_borders_and_lies_over_is_named_and_else_the_nearest(working):
    with working("ash"):
        draw_area()
        first = add_site("H1", 100)
        assert described(first, AREA, [first]) == "1.0 hectares, 490 m south-west of the middle of the area."
        add_site("H2", 200)
        add_site("H3", 100, north=200)
        add_site("LGS-1", 150, 20, kind=GREEN)
        far = add_site("H4", 700)
        sites = draft_version().sites
        beside = described(first, AREA, sites)
        assert "It shares ground with LGS-1 Land at LGS-1." in beside
        assert "It borders H2 Land at H2 and H3 Land at H3." in beside
        assert "The nearest other site is H2 Land at H2, 400 m to the west." in described(far, AREA, sites)


def test_names_are_listed_as_in_a_sentence():
    assert (listed(["A"]), listed(["A", "B"]), listed(["A", "B", "C"])) == ("A", "A and B", "A, B and C")
