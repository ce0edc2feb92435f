"""A copy brings its consultees along, and none of them counts until somebody has looked again."""

import pytest
import sqlalchemy as sa

from consult.audit import Deed
from consult.consultations.consulted.notices import Delivery, Notice
from consult.consultations.consulted.schedule import schedule_1
from consult.consultations.copying import copy
from consult.consultations.models import find
from consult.database import db, new_id
from consult.web.errors import Refused
from tests.consultations.setting import NOON, person, regulation_14

HERE = "/f/ash/consultations/reg14-2/consultees"
RAIL = {"body": "rail", "organisation": "Network Rail", "email": "rail@example.org"}


@pytest.fixture
def copied(working, world):
    """An earlier consultation that consulted the railway and a club, and its copy; in Ash and in Beck."""
    for slug in ("ash", "beck"):
        with working(slug):
            earlier = regulation_14()
            rail = next(body for body in schedule_1().bodies if "ail" in body.name)
            earlier.consult(None, **(RAIL | {"body": rail.key}))
            earlier.consult(None, organisation="The bowls club", email="bowls@example.org")
            made = copy(earlier, person(world, slug))
            assert made.reference == "reg14-2"


def waiting(working, slug="ash"):
    with working(slug):
        return len(find("reg14-2").to_confirm)


def confirmations(working):
    with working("ash"):
        acts = sa.select(Deed).where(Deed.act == "consultees.confirmed")
        return [(deed.by, len(deed.detail["bodies"])) for deed in db.session.scalars(acts)]


def test_whom_it_consulted_and_left_out_comes_along_without_a_notice(copied, working):
    with working("ash"):
        earlier, made = find("reg14"), find("reg14-2")
        assert {each.identity for each in made.consultees} == {each.identity for each in earlier.consultees}
        assert {each.reason for each in made.unaffected} == {each.reason for each in earlier.unaffected}
        assert len(made.unaffected) == len(earlier.unaffected) == len(schedule_1().bodies) - 1
        assert all(each.copied_from == "reg14" and not each.notices for each in made.consultees)
        assert made.undecided == []


def test_the_gate_waits_for_each_body_and_not_for_a_contact_of_ones_own(copied, working):
    with working("ash"):
        made, number = find("reg14-2"), len(schedule_1().bodies)
        (lack,) = [each for each in made.lacks(NOON) if "confirm" in each.sentence]
        assert f"{number} decisions are not confirmed" in lack.sentence


def test_all_that_stands_as_it_did_is_confirmed_at_once(copied, sign_in, working):
    organiser, number = sign_in("ash", "organiser"), len(schedule_1().bodies)
    page = organiser.page(f"{HERE}/again")
    assert f"Confirm all {number} where nothing has changed" in page.text
    assert "Changed since" not in page.text
    assert organiser.post(f"{HERE}/confirmation", data={"which": "unchanged"}).status_code == 303
    assert waiting(working) == 0
    assert waiting(working, "beck") == number
    assert confirmations(working) == [("Organiser of Ash", number)]
    assert organiser.get(f"{HERE}/again").headers["Location"] == HERE


def test_one_is_confirmed_alone(copied, sign_in, working):
    with working("ash"):
        chosen = find("reg14-2").unaffected[0].id
    before = waiting(working)
    assert sign_in("ash").post(f"{HERE}/confirmation", data={"which": chosen}).status_code == 303
    assert waiting(working) == before - 1
    for nothing in (str(chosen), str(new_id()), "x", ""):
        assert sign_in("ash").post(f"{HERE}/confirmation", data={"which": nothing}).status_code == 404


def test_what_has_changed_is_said_first_and_is_never_confirmed_with_the_rest(copied, sign_in, working):
    with working("ash"):
        made, earlier = find("reg14-2"), find("reg14")
        made.unaffected[0].name = "As it was called then"
        rail = next(each for each in earlier.consultees if each.body)
        notice = Notice(consultee_id=rail.id, key="notice 1", kind="notice", how="email", to=rail.email)
        db.session.add(notice)
        db.session.flush()
        db.session.add(Delivery(notice_id=notice.id, outcome="returned", on=NOON.date()))
    page = sign_in("ash").page(f"{HERE}/again").text
    assert page.count("Changed since") == 2
    assert "Schedule 1 now has it as" in page
    assert "The last notice to rail@example.org: came back." in page
    sign_in("ash").post(f"{HERE}/confirmation", data={"which": "unchanged"})
    assert waiting(working) == 2


def test_deciding_or_changing_one_anew_confirms_it(copied, sign_in, working):
    organiser, before = sign_in("ash", "organiser"), waiting(working)
    with working("ash"):
        made = find("reg14-2")
        rail, other = next(each for each in made.consultees if each.body), made.unaffected[0].body
    contact = {"organisation": "Network Rail", "name": "", "email": "new@example.org", "address": ""}
    assert organiser.post(f"{HERE}/{rail.id}/details", data=contact).status_code == 303
    answer = organiser.post(
        f"{HERE}/bodies/{other}", data={"decision": "leave_out", "reason": "Still nothing of theirs."}
    )
    assert answer.status_code == 303, answer.text
    assert waiting(working) == before - 2


def test_once_it_is_open_nothing_is_confirmed_any_more(copied, working, world):
    with working("ash"):
        made = find("reg14-2")
        made.confirm_again(person(world), made.to_confirm)
        made.last_day = find("reg14").last_day
        db.session.flush()
        made.open(person(world), now=NOON)
        with pytest.raises(Refused, match="has been opened"):
            made.confirm_again(person(world), made.consultees)


def test_it_can_be_begun_where_a_consultation_is_started(copied, sign_in, working):
    organiser = sign_in("ash", "organiser")
    assert "Or begin with a copy" in organiser.page("/f/ash/consultations/new").text
    answer = organiser.post("/f/ash/consultations/reg14/copying")
    assert answer.headers["Location"] == "/f/ash/consultations/reg14-3/setup"
    assert "decisions are copied from an earlier consultation" in organiser.page(HERE).text
