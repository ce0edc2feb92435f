"""Sites: where they may lie, what a consultation keeps of them, and what two people do at once."""

from datetime import date

import pytest
import shapely
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.areas.models import save_version
from consult.database import db
from consult.plans.ground import Ground, Neighbour, NotFree
from consult.plans.models import PlanVersion, draft_version, latest_version
from consult.plans.sites import OwnerContact, Site
from consult.web.errors import Refused
from geodata import register
from geodata.boundary import canonical, from_wkb
from tests.areas.ground import square
from tests.areas.races import race
from tests.plans.land import GREEN, HOUSING, add_site, draw_area


def test_a_site_needs_an_area(working):
    with working("ash"), pytest.raises(Refused, match="Draw the neighbourhood area first"):
        add_site()


def test_a_site_lies_inside_the_area(working):
    with working("ash"):
        draw_area()
        assert add_site("H1", 0, north=0).hectares == 1.0
        with pytest.raises(NotFree) as refused:
            add_site("H2", 950, north=500)
        assert refused.value.sentence == (
            "It reaches outside the neighbourhood area with 5,000 m², up to 50.0 m wide, "
            "at easting 451025, northing 200550."
        )
        assert [site.reference for site in latest_version().sites] == ["H1"]


@pytest.mark.parametrize(("beyond", "free"), [(0.9, True), (1.2, False)])
def test_more_than_a_metre_outside_counts_and_a_sliver_is_told(working, beyond, free):
    with working("ash"):
        draw_area()
        ground = draft_version().ground_for(HOUSING)
        (told,) = ground.taken(square(900 + beyond, 100, 100))
        assert told.refused is not free
        assert ("A strip less than 1 metre wide (90 m²) lies outside" in told.finding.message) is free


def test_the_area_in_force_is_the_one_applied_for(working, world):
    with working("ash"):
        from tests.areas.ground import apply_here

        apply_here(square(0, 0, 1000))
        save_version(square(0, 0, 3000), source="drawn", by=None)
        with pytest.raises(NotFree, match="outside the neighbourhood area"):
            add_site("H1", 1500)


def test_within_a_kind_sites_share_edges_but_no_ground_and_kinds_may_overlap(working):
    with working("ash"):
        draw_area()
        add_site("H1", 100)
        add_site("H2", 200)
        add_site("LGS-1", 150, kind=GREEN)
        add_site("H3", 299.5)
        with pytest.raises(NotFree) as refused:
            add_site("H4", 390, name="Four")
        assert "It overlaps H3 Land at H3, another site of its kind (housing allocation), by " in str(
            refused.value
        )
        (taken,) = refused.value.taken
        assert (taken.finding.code, taken.shared.area) == ("overlap", pytest.approx(950, abs=1))
        assert taken.shared.covers(shapely.Point(taken.finding.at))


def test_a_site_may_move_over_its_own_ground_but_not_into_another_kind_s(working):
    with working("ash"):
        draw_area()
        add_site("H1", 100)
        green = add_site("LGS-1", 150, kind=GREEN)
        version = draft_version()
        version.change_site(green, square(160, 100, 100), reference="LGS-1", name="Green", kind=GREEN)
        assert version.site("LGS-1").name == "Green"
        with pytest.raises(NotFree):
            version.change_site(green, green.geometry, reference="LGS-1", name="Green", kind=HOUSING)


def test_references_are_one_of_a_kind_whatever_the_case(working):
    with working("ash"):
        draw_area()
        add_site("H1", 100)
        with pytest.raises(Refused, match="There is already a site h1"):
            add_site("h1", 400)


def test_what_is_no_area_is_refused_in_words(working):
    with working("ash"):
        draw_area()
        bow = shapely.Polygon(
            [(450_100, 200_100), (450_200, 200_200), (450_200, 200_100), (450_100, 200_200)]
        )
        with pytest.raises(Refused, match="not a valid area"):
            draft_version().add_site(bow, reference="H1", name="Bow", kind=HOUSING)


def test_a_frozen_version_keeps_its_sites_and_the_next_begins_with_copies(working):
    with working("ash"):
        draw_area()
        site = add_site("H1", 100)
        frozen = latest_version()
        frozen.freeze()
        for act in (
            lambda: frozen.remove_site(site),
            lambda: frozen.add_site(square(500, 100, 100), reference="H2", name="Two", kind=HOUSING),
            lambda: frozen.change_site(site, square(500, 100, 10), reference="H1", name="One", kind=HOUSING),
        ):
            with pytest.raises(Refused, match="so it stays as it is"):
                act()
        version = draft_version()
        copy = version.site("H1")
        assert (version.number, copy.outline, copy.notes, copy.land_id) == (
            2,
            site.outline,
            site.notes,
            site.id,
        )
        version.change_site(copy, square(500, 100, 100), reference="H1", name="Moved", kind=HOUSING)
        kept = db.session.scalars(sa.select(PlanVersion).where(PlanVersion.number == 1)).one()
        assert [(each.name, each.geometry.bounds[0]) for each in kept.sites] == [("Land at H1", 450_100)]


def test_what_an_owner_was_told_follows_the_land_from_version_to_version(working):
    with working("ash"):
        draw_area()
        site = add_site("LGS-1", kind=GREEN)
        latest_version().freeze()
        copy = draft_version().site("LGS-1")
        db.session.add(OwnerContact(site_id=copy.land_id, on=date(2026, 3, 2), how="letter", whom="A. Owner"))
        db.session.flush()
        assert [contact.whom for contact in copy.contacts] == ["A. Owner"]
        draft_version().remove_site(copy)
        assert [contact.whom for contact in site.contacts] == ["A. Owner"]


def test_a_site_that_was_never_shown_takes_its_owner_s_name_with_it(working):
    with working("ash"):
        draw_area()
        site = add_site("LGS-1", kind=GREEN)
        db.session.add(OwnerContact(site_id=site.land_id, on=date(2026, 3, 2), how="letter", whom="A. Owner"))
        db.session.flush()
        draft_version().remove_site(site)
        assert db.session.scalars(sa.select(OwnerContact)).all() == []


def test_sites_read_in_the_order_of_their_numbers(working):
    with working("ash"):
        draw_area()
        for number in (10, 2, 1):
            add_site(f"H{number}", 50 * number, 40)
        assert [site.reference for site in latest_version().sites] == ["H1", "H2", "H10"]


def test_two_people_who_claim_the_same_ground_at_once_end_with_one_site(app, world, working):
    with working("ash"):
        draw_area()
        draft_version()
    ash = world.space["ash"]

    def claim(reference, east):
        return lambda: add_site(reference, east).reference

    for turn in range(5):
        east = 150 * turn
        said = race(app, (ash, claim(f"A{turn}", east)), (ash, claim(f"B{turn}", east + 50)))
        assert "refused" in said, said
        assert {f"A{turn}", f"B{turn}"} & set(said), said
    with working("ash"):
        assert len(latest_version().sites) == 5


def test_two_people_who_give_one_reference_at_once_end_with_one_site(app, world, working):
    with working("ash"):
        draw_area()
        draft_version()
    ash = world.space["ash"]
    said = race(app, (ash, lambda: add_site("H1", 0).name), (ash, lambda: add_site("H1", 500).name))
    assert sorted(said) == ["Land at H1", "refused"]


def test_a_neighbour_forum_s_sites_are_neither_seen_nor_in_the_way(working):
    with working("ash"):
        draw_area()
        add_site("H1", 100)
    with working("beck"):
        draw_area()
        assert add_site("H1", 100).land_id
        assert len(db.session.scalars(sa.select(Site)).all()) == 1


AREA = from_wkb(canonical(square(0, 0, 400)))
millimetres = st.integers(-50_000, 450_000)
around = st.tuples(millimetres, millimetres)
shapes = st.lists(around, min_size=3, max_size=6).map(
    lambda points: (
        shapely.MultiPoint([(450_000 + e / 1000, 200_000 + n / 1000) for e, n in points]).convex_hull
    )
)


def lay(outlines):
    """Offers each outline to the model's rule and, where it is refused, what is left of it cut back."""
    laid = []
    for number, outline in enumerate(outlines):
        ground = Ground(AREA, HOUSING, tuple(laid))
        for offered in (outline, ground.cut_back(outline)):
            if offered.geom_type not in ("Polygon", "MultiPolygon") or offered.area < 0.01:
                continue
            kept = from_wkb(canonical(offered))
            try:
                ground.refuse(kept)
            except NotFree:
                continue
            laid.append(Neighbour(f"S{number}", kept))
            break
    return [each.outline for each in laid]


@settings(deadline=None)
@given(st.lists(shapes, min_size=1, max_size=6))
def test_accepted_sites_never_overlap_within_their_kind_and_lie_inside_the_area(outlines):
    laid = lay(shape for shape in outlines if shape.geom_type == "Polygon" and shape.area > 1)
    assert register.audit(laid).overlaps == ()
    for outline in laid:
        beyond = outline.difference(AREA)
        assert beyond.buffer(-register.OVERLAP_WIDTH_M / 2, quad_segs=4).is_empty


@settings(deadline=None)
@given(shapes, shapes)
def test_what_is_cut_back_is_free_or_nothing(first, second):
    if not all(shape.geom_type == "Polygon" and shape.area > 1 for shape in (first, second)):
        return
    laid = lay([first])
    ground = Ground(AREA, HOUSING, tuple(Neighbour("S", outline) for outline in laid))
    left = ground.cut_back(second)
    assert left.is_empty or not [each for each in ground.taken(left) if each.refused]
