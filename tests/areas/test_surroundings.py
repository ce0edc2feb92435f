"""What the law says of where an area lies, once the boundaries are loaded: asked at applying and at designating."""

from datetime import date

import pytest
import sqlalchemy as sa

from consult.areas import boundary_files, register
from consult.areas.decisions import settling
from consult.areas.loaded.boundaries import Boundary, consents_of
from consult.areas.models import ParishConsent, latest_version, save_version
from consult.areas.outline import surroundings
from consult.audit import Deed
from consult.database import db, unit_of_work
from consult.spaces.models import standing
from consult.web.errors import Refused
from geodata.boundary import canonical
from geodata.reading import Feature
from tests.areas.ground import application_of, apply_here, drawn, square

DAY = date(2026, 3, 14)
WORDS = {"name": "Ours", "why_appropriate": "One place.", "relevant_body": "It is ours."}
CONSENT = {
    "brook-by_whom": "Brook Parish Council",
    "brook-on": ["14", "3", "2026"],
    "brook-evidence": "minute 26/7",
}


@pytest.fixture
def load(app):
    """`load("parish", Cole=square(), …)` puts boundaries into the table."""

    def load(kind, **shapes):
        features = [Feature(name, {"name": name}, shape) for name, shape in shapes.items()]
        with app.app_context(), unit_of_work():
            done = boundary_files.load(features, boundary_files.Source(kind, "name", "", "", "a test"))
            assert not done.refused

    return load


@pytest.fixture
def parishes(load):
    """Cole, which has a council here, and Brook east of it, which has none."""
    load("parish", Cole=square(), Brook=square(1000))


def test_nothing_is_held_against_boundaries_that_are_not_loaded(working):
    with working("ash"):
        assert apply_here(square()).spans == ""
        assert surroundings.of(standing(), square()).findings == []


def test_a_forum_cannot_apply_for_part_of_a_parish_and_is_told_why(working, parishes):
    with (
        working("ash"),
        pytest.raises(Refused, match=r"parish of Brook, .* may contain no part .* section 61G\(3\)"),
    ):
        apply_here(square(1900))
    with working("ash"):
        assert apply_here(square(1999.5)).state == "applied"  # a sliver is nobody's ground


def test_a_parish_that_was_loaded_since_stands_in_the_way_of_a_designation(working, world, load):
    with working("ash"):
        apply_here(square())
    load("parish", Brook=square(900))
    with working("northam"):
        ash = application_of(world.space["ash"])
        with pytest.raises(Refused, match="parish of Brook"):
            settling.designate(ash, on=DAY, by=None)
        smaller = canonical(square().difference(square(900)))
        assert settling.designate(ash, on=DAY, by=None, outline=smaller).hectares == 90


def test_a_council_applies_for_its_parish_and_not_for_ground_that_has_none_of_it(working, parishes):
    with working("cole"), pytest.raises(Refused, match="no part of the parish of Cole"):
        apply_here(square(5000))
    with working("cole"):
        assert apply_here(square(0, 0, 900)).state == "applied"


def test_a_council_that_reaches_into_another_parish_needs_its_consent(working, parishes, world):
    with working("cole"), pytest.raises(Refused, match=r"parish of Brook.* only if that council consents"):
        apply_here(square(500))
    with working("cole"):
        db.session.add(
            ParishConsent(authority_id=world.space["northam"], parish="brook", parish_name="Brook",
                          by_whom="Brook Parish Council", on=DAY, evidence="minute 26/7")
        )  # fmt: skip
    with working("cole"):
        assert consents_of(standing()) == {"brook"}
        assert apply_here(square(500)).state == "applied"
    with working("northam"):
        assert settling.designate(application_of(world.space["cole"]), on=DAY, by=None)


def test_an_area_in_two_districts_says_that_both_decide(working, world, load, sign_in):
    load(
        "authority", Northam=square(0, 0, 5000).difference(square(500, 0, 5000)), Southby=square(500, 0, 5000)
    )
    with working("ash"):
        apply_here(square(), "Ash Hill")
        spans = register.application_now().spans
        assert "Northam and Southby: both decide" in spans
    with working("northam"):
        address = f"/a/northam/applications/{application_of(world.space['ash']).id}"
    assert "both decide" in sign_in("northam", "officer").page(address).text


def test_the_applicant_is_told_that_both_decide_before_it_applies(working, load, sign_in):
    load(
        "authority", Northam=square(0, 0, 5000).difference(square(500, 0, 5000)), Southby=square(500, 0, 5000)
    )
    with working("ash"):
        save_version(square(), source="drawn", by=None)
    assert "Northam and Southby: both decide" in sign_in("ash").page("/f/ash/area/application").text


def test_an_area_outside_its_authority_cannot_be_applied_for(working, load):
    load("authority", Northam=square(20_000), Southby=square())
    with working("ash"), pytest.raises(Refused, match="lies wholly outside Northam"):
        apply_here(square())


def test_a_forum_sees_on_the_page_what_stands_in_its_way(sign_in, parishes, working):
    with working("ash"):
        save_version(square(500), source="drawn", by=None)
    chair = sign_in("ash")
    page = chair.page("/f/ash/area/application")
    assert "may contain no part of a parish council’s area" in page.text
    assert "Send the application" not in page.text
    answer = chair.send("/f/ash/area/application", **WORDS)
    assert answer.status_code == 409
    assert "parish of Cole" in answer.get_data(as_text=True)


def test_consents_are_recorded_on_their_page_and_handed_to_the_authority(sign_in, parishes, working, world):
    with working("cole"):
        save_version(square(500), source="drawn", by=None)
    chair = sign_in("cole")
    assert "Record the consents of other parishes" in chair.page("/f/cole/area/application").text
    assert "Brook" in chair.page("/f/cole/area/consents").text
    assert chair.send("/f/cole/area/consents/brook", **CONSENT).status_code == 303
    assert "Every consent that your outline needs is recorded" in chair.page("/f/cole/area/consents").text
    assert chair.send("/f/cole/area/application", **WORDS).status_code == 303
    with working("northam"):
        address = f"/a/northam/applications/{application_of(world.space['cole']).id}"
        [consent] = db.session.scalars(sa.select(ParishConsent)).all()
        assert (consent.by_whom, consent.on) == ("Brook Parish Council", DAY)
        assert consent.by_id == world.person["cole", "chair"]
    assert (
        "Brook Parish Council, 14 March 2026, minute 26/7" in sign_in("northam", "officer").page(address).text
    )
    with working("southby"):
        assert db.session.scalars(sa.select(ParishConsent)).all() == []
    with working("cole"):
        assert db.session.scalar(sa.select(Deed).where(Deed.act == "consent.recorded")).subject == "Brook"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"brook-by_whom": ""}, "Enter who consented"),
        ({"brook-on": []}, "Enter the day of the consent"),
        ({"brook-on": ["1", "1", "2099"]}, "must be today or in the past"),
        ({"brook-evidence": " "}, "Enter the minute or the letter"),
        ({"brook-evidence": "x" * 301}, "300 characters or fewer"),
    ],
)
def test_an_incomplete_consent_is_asked_for_again(sign_in, parishes, working, change, sentence):
    with working("cole"):
        save_version(square(500), source="drawn", by=None)
    answer = sign_in("cole").send("/f/cole/area/consents/brook", **CONSENT | change)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)


def test_a_consent_is_recorded_once_and_withdrawn_without_a_trace_being_lost(sign_in, parishes, working):
    with working("cole"):
        save_version(square(500), source="drawn", by=None)
    chair = sign_in("cole")
    assert chair.send("/f/cole/area/consents/brook", **CONSENT).status_code == 303
    assert chair.send("/f/cole/area/consents/brook", **CONSENT).status_code == 409
    with working("cole"):
        [consent] = db.session.scalars(sa.select(ParishConsent)).all()
        key = consent.id
    assert chair.send(f"/f/cole/area/consents/{key}/withdrawal").status_code == 303
    with working("cole"):
        assert consents_of(standing()) == set()
        assert db.session.get_one(ParishConsent, (standing().id, key)).withdrawn is not None
    assert chair.send("/f/cole/area/application", **WORDS).status_code == 409


def test_only_a_council_has_consents_and_only_for_parishes_that_it_reaches_into(sign_in, parishes, working):
    assert sign_in("ash").get("/f/ash/area/consents").status_code == 404
    chair = sign_in("cole")
    assert "Draw your area first" in chair.page("/f/cole/area/consents").text
    assert chair.send("/f/cole/area/consents/brook", **CONSENT).status_code == 404
    assert chair.send("/f/cole/area/draft", outline=drawn(square())).status_code == 303
    assert "reaches into no other parish" in chair.page("/f/cole/area/consents").text
    assert sign_in("cole", "viewer").get("/f/cole/area/consents").status_code == 403
    with working("cole"):
        assert latest_version() is not None


def test_a_council_of_several_parishes_may_apply_in_each_of_them(working, world, load, app):
    load("parish", Cole=square(), Brook=square(1000), Far=square(2000))
    with app.app_context(), unit_of_work():
        db.session.execute(
            sa.update(Boundary).where(Boundary.name == "Brook").values(body_id=world.space["cole"])
        )
    with working("cole"):
        assert surroundings.of(standing(), square(500)).in_the_way == []
        assert [p.name for p in surroundings.reached_into(standing(), square(1500))] == ["Far"]
