"""Help with shared edges: each way is shown first, saved as a new outline, and never changes an old one."""

import math

import numpy as np
import pytest
import shapely

from consult.areas import register
from consult.areas.models import latest_version, save_version
from consult.areas.outline import neighbouring
from consult.areas.saved.versions import numbered
from consult.spaces.models import standing
from geodata.boundary import canonical, is_valid
from tests.areas.ground import EAST, NORTH, apply_here, square

HELP = "/f/ash/area/overlaps"


@pytest.fixture
def drawn(working):
    """`drawn(mine, theirs)`: the outline of Ash Hill, and Beckside on the register; its reference."""

    def drawn(mine, *theirs):
        references = []
        for slug, shape in zip(("beck", "cole"), theirs, strict=False):
            with working(slug):
                references.append(apply_here(shape, slug.title()).entry.reference)
        with working("ash"):
            save_version(mine, source="drawn", by=None)
        return references[0]

    return drawn


def settle(client, how, against, of=1):
    return client.post("/f/ash/area/versions", data={"how": how, "against": against, "of": of})


def test_an_overlap_is_shown_with_its_size_and_given_way(sign_in, drawn, working):
    reference = drawn(square(), square(900))
    chair = sign_in("ash")
    page = chair.page(HELP)
    assert "This area overlaps “Beck” by 10.0 hectares" in page.text
    assert "Goes out: 10.0 hectares. Comes in: nothing. Your area is then 90.0 hectares." in page.text
    assert "Apply all the same" in page.text
    assert "Snap to the shared edge" not in page.text
    assert page.html.count("<svg") >= 4
    assert settle(chair, "give_way", reference).status_code == 303
    with working("ash"):
        assert latest_version().source == "gave_way"
        assert latest_version().geometry.equals(square().difference(square(900)))
        assert numbered(1).geometry.equals(square())
    assert "nothing to settle" in chair.page(HELP).text


def test_a_sliver_is_snapped(sign_in, drawn, working):
    reference = drawn(square(), square(999.6))
    chair = sign_in("ash")
    page = chair.page(HELP)
    assert "Snap to the shared edge" in page.text
    assert "Apply all the same" not in page.text
    assert settle(chair, "snap", reference).status_code == 303
    with working("ash"):
        assert latest_version().source == "snapped"
        assert neighbouring.sides(latest_version().geometry, standing()) == []


def test_a_gap_is_closed_and_over_nobody_elses_ground(sign_in, drawn, working):
    reference = drawn(square(), square(1002), square(0, -1001.5))
    chair = sign_in("ash")
    assert "lies between this area and “Beck”" in chair.page(f"{HELP}?with={reference}").text
    assert settle(chair, "close_gap", reference).status_code == 303
    with working("ash"):
        after = latest_version()
        assert after.source == "gap_closed"
        assert after.geometry.area == pytest.approx(1000 * 1002, rel=1e-6)
        [left] = neighbouring.sides(after.geometry, standing())
        assert left.entry.name == "Cole"  # its gap is still there: only what was asked for is closed


@pytest.mark.parametrize(
    ("how", "against", "of", "sentence"),
    [
        ("give_way", "NA-0001", "7", "has been changed since"),
        ("give_way", "NA-0001", "", "has been changed since"),
        ("give_way", "NA-9999", "1", "no longer on the register beside yours"),
        ("give_way", "", "1", "no longer on the register beside yours"),
        ("snap", "NA-0001", "1", "Nothing would change that way"),
        ("", "NA-0001", "1", "Nothing would change that way"),
        ("drop table", "NA-0001", "1", "Nothing would change that way"),
        ("return", "7", "1", "no such outline"),
        ("return", "٣", "1", "no such outline"),
        ("return", "9" * 400, "1", "no such outline"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(sign_in, drawn, working, how, against, of, sentence):
    assert drawn(square(), square(900)) == "NA-0001"
    answer = settle(sign_in("ash"), how, against, of)
    assert answer.status_code == 409
    assert sentence in answer.get_data(as_text=True)
    with working("ash"):
        assert latest_version().number == 1


def test_nothing_is_settled_twice(sign_in, drawn):
    reference = drawn(square(), square(900))
    chair = sign_in("ash")
    settle(chair, "give_way", reference)
    assert settle(chair, "give_way", reference).status_code == 409


def test_an_area_that_lies_wholly_in_another_cannot_give_way(sign_in, drawn):
    reference = drawn(square(100, 100, 100), square())
    chair = sign_in("ash")
    page = chair.page(HELP)
    assert "Cut mine back" not in page.text
    assert "Apply all the same" in page.text
    assert settle(chair, "give_way", reference).status_code == 409


def test_without_an_outline_the_page_says_so(sign_in):
    chair = sign_in("ash")
    assert "There is no outline yet" in chair.page(HELP).text
    assert settle(chair, "give_way", "NA-0001").status_code == 409


def test_only_who_may_draw_is_helped(sign_in, drawn):
    drawn(square(), square(900))
    for who in (("ash", "viewer"), ("beck", "chair"), ("northam", "officer")):
        stranger = sign_in(*who)
        assert stranger.get(HELP).status_code in (403, 404)
        assert settle(stranger, "give_way", "NA-0001").status_code in (403, 404)


def test_every_way_makes_an_area_that_can_be_kept(working):
    """A ragged neighbour, so that every new corner falls between two millimetres."""
    ragged = square(700).union(shapely.Point(square().exterior.coords[0]).buffer(333.3, quad_segs=5))
    with working("beck"):
        apply_here(ragged, "Beck")
    with working("ash"):
        space = standing()
        [side] = neighbouring.sides(square(), space)
        found = list(neighbouring.ways(square(), side))
        assert [way.how for way in found] == ["give_way"]
        assert all(is_valid(way.outline) for way in found)
        assert neighbouring.shared_with(found[0].outline, side.entry) is None


def test_a_ragged_edge_may_have_overlaps_and_gaps_at_once(working):
    """Two outlines of thousands of corners that weave over one another: what closing leaves may be only lines."""

    def wavy(east, phase):
        angles = np.arange(0, math.tau, math.tau / 900)
        radii = 900 + 3 * np.sin(angles * 97 + phase)
        middle = EAST + 5000 + east, NORTH + 5000
        return shapely.Polygon(
            np.column_stack([middle[0] + radii * np.cos(angles), middle[1] + radii * np.sin(angles)]).round(3)
        )

    with working("beck"):
        apply_here(wavy(1798, 0), "Beck")
    with working("cole"):
        apply_here(wavy(-1802, 1), "Cole")
    with working("ash"):
        space, mine = standing(), wavy(0, 2)
        for side in neighbouring.sides(mine, space):
            for way in neighbouring.ways(mine, side):
                assert is_valid(way.outline)
                left = neighbouring.shared_with(way.outline, side.entry)
                assert way.how == "close_gap" or left is None or left.area < 1


def test_what_is_saved_is_what_was_shown(sign_in, working, world, drawn):
    reference = drawn(square(), square(900))
    chair = sign_in("ash")
    seen = chair.page(HELP).tree.find(".//input[@name='seen']").get("value")
    with working("beck"):
        register.redraw(register.entry_of(world.space["beck"]), canonical(square(800, 0, 900)))
    words = {"how": "give_way", "against": reference, "of": "1"}
    answer = chair.send("/f/ash/area/versions", **words, seen=seen)
    assert "The register has changed since you looked" in answer.get_data(as_text=True)
    with working("ash"):
        assert latest_version().number == 1
