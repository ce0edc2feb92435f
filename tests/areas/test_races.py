import pytest

from consult.areas import register
from consult.areas.decisions import settling
from consult.web.errors import Refused
from tests.areas.ground import application_of, apply_here, square
from tests.areas.races import (
    DAY,
    overlaps,
    race,
    settled,
    two_applications,
    two_claims,
    two_designations,
    two_settlements,
    withdraw_all,
)

TIMES = 20


def test_two_applications_at_once_end_with_one_on_the_register_and_one_contested(app, world):
    ash, beck = world.space["ash"], world.space["beck"]
    for turn in range(TIMES):
        ended = two_applications(app, ash, beck)
        assert sorted(ended.said) == ["applied", "contested"], f"race {turn}: {ended}"
        assert ended.states == ["applied", "contested"]
        assert len(ended.on_register) == 1
        withdraw_all(app, ash, beck)


def test_two_designations_at_once_end_with_exactly_one(app, world):
    dell, ash, beck = (world.space[slug] for slug in ("dell", "ash", "beck"))
    ended = two_designations(app, world.space["northam"], dell, ash, beck)
    assert sorted(ended.said) in (["Ash", "refused"], ["Beck", "refused"])
    assert len(ended.on_register) == 1
    assert ended.states == ["contested", "designated"]


def test_two_officers_deciding_one_application_decide_it_once(app, world, working):
    with working("ash"):
        apply_here(square(), "Ash")
    ash = world.space["ash"]

    def refuse():
        settling.refuse(application_of(ash), reasons="No.", on=DAY, by=None)
        return "done"

    def designate():
        settling.designate(application_of(ash), on=DAY, by=None)
        return "done"

    here = world.space["northam"]
    assert sorted(race(app, (here, refuse), (here, designate))) == ["done", "refused"]


WAYS = [("modify", "modify"), ("smaller", "smaller"), ("modify", "smaller"), ("refuse", "modify")]


@pytest.mark.parametrize("ways", WAYS, ids="+".join)
def test_two_officers_settling_at_once_never_leave_an_overlap(app, world, ways):
    """Each settles another application for some of the same ground: who comes second is told, or sees what is left."""
    where = [world.space[slug] for slug in ("northam", "cole", "ash", "beck")]
    for turn in range(5):
        ended = two_settlements(app, *where, ways, north=2000 * turn)
        assert set(ended.said) <= {"Ash", "Beck", "refused"}, f"race {turn}: {ended}"
        assert ended.said != ["refused", "refused"]
        assert overlaps(app) == 0
        withdraw_all(app, *where[1:])


def test_two_officers_settling_one_application_settle_it_once(app, world, working):
    for slug, east in (("cole", 0), ("ash", 500)):
        with working(slug):
            apply_here(square(east), slug)
        if slug == "cole":
            with working("northam"):
                settling.designate(application_of(world.space["cole"]), on=DAY, by=None)
    here, ash = world.space["northam"], world.space["ash"]
    ended = race(
        app,
        (here, lambda: settled(application_of(ash), "modify")),
        (here, lambda: settled(application_of(ash), "smaller")),
    )
    assert sorted(ended) == ["ash", "refused"]
    assert overlaps(app) == 0


def claims_that_ended_well(app, world):
    ash, beck, northam = (world.space[slug] for slug in ("ash", "beck", "northam"))
    good = 0
    for _ in range(TIMES):
        ended = two_claims(app, ash, beck, northam)
        good += sorted(ended.said) == ["clash", "on the register"] and len(ended.on_register) == 1
        withdraw_all(app, ash, beck)
    return good


def test_two_imports_at_once_put_one_area_on_the_register(app, world):
    assert claims_that_ended_well(app, world) == TIMES


def test_without_its_lock_the_race_is_lost(app, world, monkeypatch):
    """A test of the tests above: with the lock taken out, they see it."""
    monkeypatch.setattr(register, "alone", lambda what: None)
    assert claims_that_ended_well(app, world) < TIMES


def test_a_refusal_in_a_race_is_told_from_a_fault(app, world):
    def refuse():
        raise Refused("no")

    def fail():
        raise ZeroDivisionError

    said = race(app, (world.space["ash"], refuse), (world.space["beck"], fail))
    assert said == ["refused", "ZeroDivisionError"]
