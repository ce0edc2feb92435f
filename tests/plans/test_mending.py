"""What has to be mended before a site may lie on its ground."""

import pytest
import shapely

from consult.plans.ground import Ground, Neighbour
from consult.plans.mending import NOT_HERE, NOTHING_LEFT, mending
from tests.areas.ground import square
from tests.geodata.test_woven import WARP, WEFT

BOW = shapely.Polygon([(450_100, 200_100), (450_200, 200_200), (450_200, 200_100), (450_100, 200_180)])


@pytest.fixture
def ground():
    return Ground(square(0, 0, 1000), "other", (Neighbour("S1 One", square(300, 100, 100)),))


def test_what_is_free_needs_no_mending(ground):
    assert mending(square(100, 100, 100), ground) is None
    assert mending(square(200, 100, 100), ground) is None


def test_a_crossed_outline_is_repaired(ground):
    found = mending(BOW, ground)
    assert [finding.code for finding in found.findings] == ["invalid geometry"]
    assert found.repaired.is_valid
    assert mending(found.repaired, ground) is None


def test_a_crossed_outline_over_another_site_is_repaired_and_cut_back(ground):
    found = mending(shapely.affinity.translate(BOW, 150, 0), ground)
    assert found.repaired.intersection(ground.others[0].outline).area < 1
    assert mending(found.repaired, ground) is None


def test_what_reaches_over_the_edge_and_over_another_site_is_told_both(ground):
    found = mending(square(350, -50, 200), ground)
    assert [finding.code for finding in found.findings] == ["out of bounds of custom boundary", "overlap"]
    assert found.change_m2 == pytest.approx(200 * 50 + 50 * 50, abs=1)


def test_where_nothing_is_left_it_says_so(ground):
    assert mending(square(310, 110, 50), ground).no_repair == NOTHING_LEFT
    assert mending(shapely.Polygon([(450_000, 200_000)] * 4), ground).repaired is None


def test_a_cut_that_cannot_be_made_is_left_to_the_person(ground, monkeypatch):
    def fail(self, shape):
        raise shapely.errors.GEOSException("no")

    monkeypatch.setattr(Ground, "cut_back", fail)
    found = mending(square(350, 100, 100), ground)
    assert (found.repaired, found.no_repair) == (None, NOT_HERE)


def test_the_change_is_the_ground_that_only_one_of_the_two_covers(ground):
    """A bow-tie whose halves run opposite ways round encloses nothing by its signed area."""
    bow = shapely.Polygon([(450_000, 200_500), (450_200, 200_700), (450_200, 200_500), (450_000, 200_700)])
    assert mending(bow, ground).change_m2 == pytest.approx(0, abs=0.1)


def test_a_comb_woven_with_another_site_or_the_area_is_too_intricate_and_told_so(ground):
    woven = (Ground(WEFT.envelope, "other", (Neighbour("S1 One", WEFT),)), Ground(WEFT, "other"))
    for each in woven:
        [taken] = each.taken(WARP)
        assert taken.refused
        assert "too intricate to compare with the area and the other sites" in taken.finding.message
        found = mending(WARP, each)
        assert found.repaired is None
        assert "too many to compare them here" in found.no_repair
