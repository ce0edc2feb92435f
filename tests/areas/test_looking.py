"""What is found in an outline and around it, before and after it is saved."""

import pytest
import shapely

from consult.areas import boundary_files
from consult.areas.boundary_files import Source
from consult.areas.models import save_version
from consult.areas.outline import neighbouring
from consult.areas.outline.looking import look_at, overlaps_on
from consult.spaces.models import standing
from geodata.reading import Feature
from tests.areas.ground import EAST, NORTH, apply_here, drawn, square
from tests.geodata.test_woven import WARP, WEFT


def load(kind, *named):
    features = [Feature(name, {"NAME": name}, shape) for name, shape in named]
    done = boundary_files.load(features, Source(kind, "NAME", "", "", "a test"))
    assert not done.refused


def codes(look):
    return [each.finding.code for each in look.found]


def test_the_worst_comes_first_and_only_what_has_a_place_has_a_number(working):
    with working("beck"):
        apply_here(square(900), "Beckside")
    with working("ash"):
        look = look_at(shapely.union(square(), square(5000, metres=0.5)), standing())
        assert codes(look)[0] == "overlap"
        assert [each.number for each in look.found if each.number] == [1, 2]
        assert all(each.number is None for each in look.found if each.finding.at is None)
        assert len(look.marks) == 2


def test_what_could_not_be_checked_is_said(working):
    with working("ash"):
        assert len(look_at(square(), standing()).unchecked) == 2
        load("parish", ("Cole", square(9000)))
        [left] = look_at(square(), standing()).unchecked
        assert "authority" in left


def test_an_outline_that_cannot_be_kept_is_not_held_against_anything(working):
    crossed = shapely.Polygon(
        [(EAST, NORTH), (EAST + 900, NORTH + 900), (EAST + 900, NORTH), (EAST, NORTH + 900)]
    )
    with working("beck"):
        apply_here(square(), "Beckside")
    with working("ash"):
        look = look_at(crossed, standing())
        assert codes(look) == ["invalid geometry"]
        assert look.unchecked == []


def test_a_forum_is_told_of_the_parish_and_a_council_of_its_neighbour(working):
    with working("ash"):
        load("parish", ("Cole", square()), ("Dun", square(1000)))
        load("authority", ("Northam", shapely.union(square(-5000, -5000, 20000), square())))
        look = look_at(square(), standing())
        assert codes(look) == ["contains part of a parish"]
        assert "61G(3)(b)" in look.found[0].finding.message
    with working("cole"):
        assert look_at(square(), standing()).found == []
        found = codes(look_at(shapely.union(square(), square(1000)), standing()))
        assert "reaches into another parish" in found
        assert "contains part of a parish" not in found


def test_its_own_entry_on_the_register_is_no_overlap(working):
    with working("ash"):
        apply_here(square(), "Ash Hill")
        assert look_at(square(), standing()).found == []


@pytest.mark.parametrize("slug", ["beck", "dell"])
def test_no_draft_of_another_space_is_found(working, slug):
    """Drawn over the very same ground and never applied for, it changes nothing that anybody else is told."""
    with working("ash"):
        before = look_at(square(), standing())
    with working(slug):
        save_version(square(200, 200), source="drawn", by=None)
    with working("ash"):
        assert look_at(square(), standing()) == before


def test_the_draft_page_lists_them_with_a_way_to_each_place(sign_in, working):
    with working("beck"):
        apply_here(square(500), "Beckside")
    chair = sign_in("ash")
    chair.send("/f/ash/area/draft", outline=drawn(square()))
    page = chair.page("/f/ash/area/draft")
    assert "This area overlaps “Beckside” by 50.0 hectares" in page.text
    assert "What to do: Cut the area back" in page.text
    assert "no parishes are loaded here" in page.text
    near = chair.page("/f/ash/area/draft?show=1")
    assert near.tree.find(".//a[@href='/f/ash/area/draft?show=1#draw']") is not None
    assert near.html != page.html
    for nonsense in ("7", "x", "-1", "%00"):
        assert chair.page(f"/f/ash/area/draft?show={nonsense}").status == 200


def test_an_outline_woven_with_an_area_on_the_register_is_told_so_on_every_page(sign_in, working):
    """Nothing is drawn of what cannot be worked out, and nothing ends in an error."""
    with working("beck"):
        entry = apply_here(WEFT, "Beckside").entry
    with working("ash"):
        version = save_version(WARP, source="drawn", by=None)
        look = look_at(WARP, standing())
        assert codes(look)[0] == "too complex"
        assert overlaps_on(WARP, look) == []
        side = neighbouring.Side(entry, look.found, [])
        assert neighbouring.shared_with(WARP, entry) is None
        assert list(neighbouring.ways(WARP, side)) == []
        assert version.number == 1
    chair = sign_in("ash")
    assert "too intricate to compare" in chair.page("/f/ash/area/draft").text
    assert chair.page("/f/ash/area/overlaps").status == 200
    chair.page("/f/ash/area")


def test_an_application_for_a_woven_outline_is_refused_in_a_sentence(sign_in, working):
    with working("beck"):
        apply_here(WEFT, "Beckside")
    with working("ash"):
        save_version(WARP, source="drawn", by=None)
    answer = sign_in("ash").send(
        "/f/ash/area/application",
        name="Ash",
        why_appropriate="It is one place.",
        relevant_body="We live here.",
    )
    assert answer.status_code in (409, 422)
    assert "cross one another more than 10,000 times" in answer.get_data(as_text=True)
