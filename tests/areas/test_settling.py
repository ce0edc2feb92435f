"""How an authority settles what overlaps: a smaller area, room made by another, edges drawn together."""

from datetime import date

import pytest
import shapely
import sqlalchemy as sa

from consult import jobs
from consult.areas import register
from consult.areas.decisions import modifying, proposing, settling
from consult.areas.decisions.modifying import AreaModification
from consult.areas.models import AreaVersion, RegisterEntry, area_version_in_force, latest_version
from consult.audit import Deed
from consult.database import db
from consult.web.errors import Refused
from geodata.boundary import canonical
from geodata.register import audit
from tests.areas.ground import application_of, apply_here, person, square

DAY = date(2027, 3, 14)
BECAUSE = "Both bodies agreed on the lane as their edge."


@pytest.fixture
def contested(working, world):
    """Ash Hill is designated; Beckside applied for ground that reaches 300 m into it."""
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("northam"):
        settling.designate(application_of(world.space["ash"]), on=date(2026, 3, 14), by=None)
    with working("beck"):
        apply_here(square(700), "Beckside")


@pytest.fixture
def officer(working, world):
    """`with officer():` stands in the authority; the application of Beckside is at hand."""

    def officer(slug="beck"):
        return application_of(world.space[slug])

    return officer


def on_the_register():
    return {entry.name: entry for entry in register.entries()}


def overlaps_on_the_register():
    return list(audit([entry.geometry for entry in register.entries()]).overlaps)


def perform(app):
    with app.app_context():
        db.session.rollback()
        jobs.run_due()


def test_a_smaller_area_is_designated_and_what_was_applied_for_stays_with_the_applicant(
    working, contested, officer
):
    with working("northam"):
        beck = officer()
        asked = beck.outline
        proposal = proposing.cut_back(beck, register.shared_with(beck.geometry))
        assert proposal.lost_m2 == pytest.approx(300 * 1000)
        entry = settling.designate(beck, on=DAY, by=None, reasons=BECAUSE, outline=proposal.outline)
        assert entry.geometry.equals(shapely.box(451_000, 200_000, 451_700, 201_000))
        assert (beck.state, beck.outline, beck.decision.how) == ("designated", asked, "smaller")
        assert (beck.decision.outline, beck.decision.hectares) == (entry.outline, 70)
        assert overlaps_on_the_register() == []


def test_an_area_that_is_on_the_register_is_designated_smaller_under_its_own_reference(
    working, world, officer
):
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("northam"):
        ash = officer("ash")
        reference = ash.entry.reference
        settling.designate(ash, on=DAY, by=None, outline=canonical(square(0, 0, 500)))
        assert (ash.entry.reference, ash.entry.hectares) == (reference, 25)
        assert ash.hectares == 100
        assert register.overlapping(square(600, 600, 100)) == []  # the index knows
        assert [n.name for n in register.overlapping(square(400, 400, 200))] == ["Ash Hill"]


def test_ground_that_an_application_loses_is_free_for_who_waits(app, working, world, officer):
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("beck"):
        assert apply_here(square(600), "Beckside").state == "contested"
    with working("northam"):
        settling.designate(officer("ash"), on=DAY, by=None, outline=canonical(square(0, 0, 500)))
    perform(app)
    with working("beck"):
        assert register.application_now().state == "applied"


@pytest.mark.parametrize(
    ("shape", "sentence"),
    [
        (shapely.box(451_000, 200_000, 452_000, 201_000), "300,000 m² beyond what was applied for"),
        (shapely.box(450_900, 200_000, 451_700, 201_000), "overlaps “Ash Hill” on the register"),
    ],
)
def test_what_is_no_part_of_the_application_or_overlaps_all_the_same_is_refused(
    working, contested, officer, shape, sentence
):
    with working("northam"), pytest.raises(Refused, match=sentence):
        settling.designate(officer(), on=DAY, by=None, outline=canonical(shape))


def test_nothing_is_no_area(working, contested, officer):
    empty = shapely.to_wkb(shapely.MultiPolygon())
    with working("northam"), pytest.raises(Refused, match="Nothing is left"):
        settling.designate(officer(), on=DAY, by=None, outline=empty)


def test_the_other_area_is_modified_and_nothing_of_it_is_lost(app, working, contested, officer, world):
    with working("northam"):
        beck = officer()
        old = on_the_register()["Ash Hill"]
        [made] = modifying.modify_others(beck, on=DAY, by=None, reasons=BECAUSE)
        now = on_the_register()
        assert set(now) == {"Ash Hill", "Beckside"}
        assert now["Beckside"].geometry.equals(square(700))
        assert now["Ash Hill"].geometry.equals(shapely.box(450_000, 200_000, 450_700, 201_000))
        assert (old.left is not None, old.hectares, old.designated_on) == (True, 100, date(2026, 3, 14))
        assert now["Ash Hill"].designated_on == date(2026, 3, 14)
        assert (made.entry_id, made.successor_id) == (old.id, now["Ash Hill"].id)
        assert made.taken_m2 == pytest.approx(300_000)
        assert (made.favour_name, made.reasons, made.on) == ("Beckside", BECAUSE, DAY)
        assert (beck.state, beck.decision.how) == ("designated", "as applied")
        assert application_of(world.space["ash"]).entry is now["Ash Hill"]
        assert overlaps_on_the_register() == []


def test_the_body_of_a_modified_area_is_told_and_answers_are_counted_by_what_is_left(
    app, working, contested, officer, world, mailed
):
    with working("northam"):
        modifying.modify_others(officer(), on=DAY, by=None, reasons=BECAUSE)
    perform(app)
    [mail] = [m for m in mailed() if m["to"] == "chair@ash.example.org" and "modified" in m["subject"]]
    assert mail["subject"] == "The area “Ash Hill” is modified"
    with working("ash"):
        [made] = db.session.scalars(sa.select(AreaModification)).all()
        assert made.favour_body == "Beckside Neighbourhood Forum"
        version = latest_version()
        assert (version.source, version.hectares) == ("designated", 70)
        assert area_version_in_force() == version.id
    perform(app)
    with working("ash"):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(AreaVersion)) == 2
    with working("beck"):
        assert area_version_in_force() == register.application_now().area_version_id
        assert db.session.scalars(sa.select(AreaModification)).all() == []


def test_the_mail_says_who_why_and_how_much(app, working, contested, officer, mailed, monkeypatch):
    with working("northam"):
        modifying.modify_others(officer(), on=DAY, by=None, reasons=BECAUSE)
    monkeypatch.setitem(jobs._handlers, "mail", lambda job: {})  # its words stay to be read
    perform(app)
    written = next(m["text"] for m in mailed() if "is modified" in m["subject"])
    for words in ("300,000 m² of it are now part of “Beckside”", BECAUSE, "70.0 hectares now; it had 100.0"):
        assert words in written
    decided = next(m["text"] for m in mailed() if m["to"] == "chair@beck.example.org")
    assert "The area is designated as you applied for it." in decided


def test_only_designated_areas_of_the_own_district_are_modified(working, world, officer):
    with working("dell"):
        apply_here(square(), "Dell Road")
    with working("southby"):
        settling.designate(officer("dell"), on=DAY, by=None)
    with working("ash"):
        apply_here(square(2000), "Ash Hill")
    with working("beck"):
        apply_here(square(500), "Beckside")
    with working("cole"):
        apply_here(square(2500), "Cole")
    with working("northam"):
        with pytest.raises(Refused, match="Southby Borough Council: only it can modify"):
            modifying.modify_others(officer("beck"), on=DAY, by=None, reasons=BECAUSE)
        with pytest.raises(Refused, match="“Ash Hill” is not designated yet"):
            modifying.modify_others(officer("cole"), on=DAY, by=None, reasons=BECAUSE)


def test_an_area_is_never_modified_away(working, world, officer):
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("northam"):
        settling.designate(officer("ash"), on=DAY, by=None)
    with working("beck"):
        apply_here(square(-100, -100, 2000), "Beckside")
    with working("northam"), pytest.raises(Refused, match="Nothing would be left of “Ash Hill”"):
        modifying.modify_others(officer("beck"), on=DAY, by=None, reasons=BECAUSE)


def test_two_areas_are_modified_in_one_act(working, world, officer):
    for slug, east in (("ash", 0), ("cole", 2000)):
        with working(slug):
            apply_here(square(east), slug)
        with working("northam"):
            settling.designate(officer(slug), on=DAY, by=None)
    with working("beck"):
        apply_here(square(900, 0, 1200), "Beckside")
    with working("northam"):
        made = modifying.modify_others(officer(), on=DAY, by=None, reasons=BECAUSE)
        assert len(made) == 2
        assert sorted(entry.hectares for entry in register.entries()) == [90, 90, 144]
        assert overlaps_on_the_register() == []


def test_what_changed_since_the_officer_looked_is_said(working, contested, officer):
    with working("northam"), pytest.raises(modifying.Changed, match="changed since you looked"):
        modifying.modify_others(officer(), on=DAY, by=None, reasons=BECAUSE, seen="something else")


def test_what_overlaps_nothing_any_more_needs_no_room(working, world, officer):
    with working("beck"):
        apply_here(square(), "Beckside")
    with working("northam"), pytest.raises(Refused, match="overlaps nothing"):
        modifying.modify_others(officer(), on=DAY, by=None, reasons=BECAUSE)


def test_a_modification_is_written_once(working, contested, officer):
    with working("northam"):
        [made] = modifying.modify_others(officer(), on=DAY, by=None, reasons=BECAUSE)
        db.session.flush()
        made.reasons = "Other reasons."
        with pytest.raises(sa.exc.DBAPIError, match="never changed"):
            db.session.flush()
        db.session.rollback()


def test_the_edge_is_drawn_to_the_neighbours_and_the_change_is_known_before(working, world, officer):
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("beck"):
        apply_here(square(999.4), "Beckside")
    with working("northam"):
        beck = officer()
        proposal = proposing.snapped(beck, register.shared_with(beck.geometry, apart_from=beck.entry))
        assert (round(proposal.lost_m2), round(proposal.gained_m2)) == (600, 0)
        settling.designate(beck, on=DAY, by=None, outline=proposal.outline)
        assert (beck.decision.how, beck.decision.slivers) == ("snapped", "")
        assert audit([entry.geometry for entry in register.entries()]).slivers == ()


def test_where_the_points_of_two_edges_differ_the_edge_is_drawn_so_that_nothing_is_shared(working, officer):
    with working("ash"):
        apply_here(square(), "Ash Hill")
    bent = [(450_999.5, 200_100), (451_900, 200_000), (451_900, 200_900), (450_999.2, 200_850)]
    with working("beck"):
        apply_here(shapely.Polygon(bent), "Beckside")
    with working("northam"):
        beck = officer()
        shared = register.shared_with(beck.geometry, apart_from=beck.entry)
        settling.designate(beck, on=DAY, by=None, outline=proposing.snapped(beck, shared).outline)
        assert register.shared_with(beck.entry.geometry, apart_from=beck.entry) == []


def test_who_did_it_is_recorded(working, world, contested, officer):
    with working("northam"):
        me = person(world.person["northam", "officer"])
        modifying.modify_others(officer(), on=DAY, by=me, reasons=BECAUSE)
        db.session.flush()
        deeds = {deed.act: deed for deed in db.session.scalars(sa.select(Deed))}
        assert deeds["area.modified"].by == me.display_name
        assert deeds["area.modified"].detail["in_favour_of"] == "Beckside"


def test_who_was_designated_stays_findable(working, contested, officer, world):
    with working("northam"):
        modifying.modify_others(officer(), on=DAY, by=None, reasons=BECAUSE)
        every = db.session.scalars(
            sa.select(RegisterEntry).where(RegisterEntry.space_id == world.space["ash"])
        ).all()
        assert sorted((entry.reference, entry.left is None) for entry in every) == [
            ("NA-0001", False),
            ("NA-0002", True),
        ]
