from datetime import date

import pytest
import sqlalchemy as sa

from consult import jobs
from consult.areas import register
from consult.areas.decisions import settling
from consult.areas.models import Application, Contest, RegisterEntry
from consult.database import db, native
from consult.spaces.models import Admission
from consult.web.errors import Refused
from tests.areas.ground import application_of, apply_here, square

TODAY = date(2027, 3, 14)


def on_the_register():
    return [entry.name for entry in register.entries()]


def index_size():
    return native(sa.text("SELECT count(*) FROM register_index")).scalar()


def test_an_area_with_no_clash_goes_on_the_register(working):
    with working("ash"):
        application = apply_here(square(), "Ash Hill")
        assert application.state == "applied"
        assert application.entry.outline == application.outline
        assert application.entry.reference == "NA-0001"
        assert index_size() == 1


def test_areas_that_share_an_edge_go_in_side_by_side(working):
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("beck"):
        assert apply_here(square(1000), "Beckside").state == "applied"
        assert on_the_register() == ["Ash Hill", "Beckside"]


def test_an_area_that_clashes_is_received_and_kept_off_the_register(working, world):
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("beck"):
        application = apply_here(square(990), "Beckside")
        assert application.state == "contested"
        assert application.entry is None
        [contest] = application.contests
        assert contest.entry.name == "Ash Hill"
        assert contest.area_m2 == pytest.approx(10 * 1000)
        assert contest.width_m == pytest.approx(10, rel=0.02)
        assert on_the_register() == ["Ash Hill"]
    with working("northam"):
        assert application_of(world.space["beck"]).standing_contests


def test_an_area_of_another_district_clashes_all_the_same(working):
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("dell"):
        assert apply_here(square(500), "Dell Road").state == "contested"


def test_a_sliver_is_no_clash(working):
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("beck"):
        assert apply_here(square(999.4), "Beckside").state == "applied"


def test_only_an_admitted_body_may_apply(working, world):
    with working("northam"):
        db.session.delete(
            db.session.scalar(sa.select(Admission).where(Admission.space_id == world.space["ash"]))
        )
    with working("ash"), pytest.raises(Refused, match="has not been admitted"):
        apply_here(square())


def test_applying_twice_for_the_same_outline_is_one_application(working):
    with working("ash"):
        assert apply_here(square()).id == apply_here(square()).id


def test_another_outline_waits_until_the_first_application_is_withdrawn(working):
    with working("ash"):
        application = apply_here(square())
        with pytest.raises(Refused, match="withdraw it before"):
            apply_here(square(5000))
        register.withdraw(application, by=None)
        assert application.state == "withdrawn"
        assert apply_here(square(5000)).state == "applied"
        assert index_size() == 1


def test_a_withdrawn_outline_may_be_applied_for_again(working):
    with working("ash"):
        first = apply_here(square())
        register.withdraw(first, by=None)
        again = apply_here(square())
        assert again.id != first.id
        assert again.state == "applied"


def test_the_authority_designates_what_is_on_the_register(working, world):
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("northam"):
        application = application_of(world.space["ash"])
        entry = settling.designate(application, on=TODAY, by=None, reasons="A sensible area.")
        assert (entry.designated_on, entry.status, application.state) == (TODAY, "designated", "designated")
    with working("ash"):
        assert register.is_designated(world.space["ash"])
        assert register.application_now().decision.reasons == "A sensible area."
        with pytest.raises(Refused, match="designated already"):
            apply_here(square(5000))
        with pytest.raises(Refused, match="decided"):
            register.withdraw(register.application_now(), by=None)


def test_a_contested_area_is_designated_only_when_the_clash_is_gone(working, world):
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("beck"):
        apply_here(square(500), "Beckside")
    with working("northam"):
        ash, beck = application_of(world.space["ash"]), application_of(world.space["beck"])
        with pytest.raises(Refused, match="overlaps “Ash Hill”"):
            settling.designate(beck, on=TODAY, by=None)
        settling.refuse(ash, reasons="Beckside is the better area.", on=TODAY, by=None)
        assert on_the_register() == []
        assert beck.standing_contests == []
        settling.designate(beck, on=TODAY, by=None)
        assert on_the_register() == ["Beckside"]
        assert index_size() == 1
        with pytest.raises(Refused, match="refused already"):
            settling.designate(ash, on=TODAY, by=None)


def test_slivers_are_left_only_with_a_reason(working, world):
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("beck"):
        apply_here(square(999.4), "Beckside")
    with working("northam"):
        beck = application_of(world.space["beck"])
        with pytest.raises(settling.SliversLeft, match="“Ash Hill”: say why"):
            settling.designate(beck, on=TODAY, by=None)
        settling.designate(beck, on=TODAY, by=None, slivers="The hedge is drawn from two surveys.")
        assert beck.decision.slivers == "The hedge is drawn from two surveys."


def test_another_authority_sees_neither_application_nor_contest(working):
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("beck"):
        apply_here(square(500), "Beckside")
    with working("southby"):
        assert db.session.scalars(sa.select(Application)).all() == []
        assert db.session.scalars(sa.select(Contest)).all() == []
        assert [entry.name for entry in db.session.scalars(sa.select(RegisterEntry))] == ["Ash Hill"]


def settled(app):
    """What the worker does once the act is stored."""
    with app.app_context():
        db.session.rollback()
        jobs.run_due()


def test_a_contested_application_comes_on_when_its_ground_is_free(app, working, world):
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("beck"):
        apply_here(square(500), "Beckside")
    with working("northam"):
        refused = application_of(world.space["ash"])
        settling.refuse(refused, reasons="Beckside is the better area.", on=TODAY, by=None)
    settled(app)
    with working("beck"):
        assert register.application_now().state == "applied"
        assert on_the_register() == ["Beckside"]
    with working("dell"):
        assert apply_here(square(800), "Dell Road").state == "contested"


def test_of_two_contested_the_first_to_apply_comes_on_and_the_other_is_told_by_whom(app, working):
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("dell"):  # of another authority
        apply_here(square(500), "Dell Road")
    with working("beck"):
        apply_here(square(600), "Beckside")
    with working("ash"):
        register.withdraw(register.application_now(), by=None)
    settled(app)
    with working("dell"):
        assert register.application_now().state == "applied"
    with working("beck"):
        application = register.application_now()
        assert application.state == "contested"
        assert [contest.entry.name for contest in application.standing_contests] == ["Dell Road"]
    settled(app)  # nothing more to do
    with working("beck"):
        assert on_the_register() == ["Dell Road"]


def test_what_was_withdrawn_meanwhile_does_not_come_on(app, working):
    with working("ash"):
        apply_here(square(), "Ash Hill")
    with working("beck"):
        register.withdraw(apply_here(square(500), "Beckside"), by=None)
    with working("ash"):
        register.withdraw(register.application_now(), by=None)
    settled(app)
    with working("ash"):
        assert on_the_register() == []
