from consult.areas import register, settling
from consult.web.errors import Refused
from tests.areas.ground import application_of, apply_here, square
from tests.areas.races import DAY, race, two_applications, two_claims, two_designations, withdraw_all

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
