"""Whom a consultation consults: each body of Schedule 1 decided, one's own contacts, and the copy to the authority."""

import csv
import io
from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult import clock
from consult.audit import Access, Deed
from consult.consultations.consulted.consultees import Consultee, Unaffected
from consult.consultations.consulted.schedule import schedule_1
from consult.consultations.models import find
from consult.database import db
from consult.web.errors import Refused
from tests.consultations.setting import (
    NOON,
    consultation,
    decide_bodies,
    designate,
    person,
    regulation_14,
    write_plan,
)

BASE = "/f/ash/consultations/reg14/consultees"
RAIL = schedule_1().body("network-rail")
CONTACT = {"organisation": "Network Rail", "name": "", "email": "plans@rail.example.org", "address": ""}


@pytest.fixture
def organiser(sign_in):
    return sign_in("ash", "organiser")


@pytest.fixture
def undecided(working):
    """A draft of regulation 14 that lacks only its consultees, in two forums."""
    for space in ("ash", "beck"):
        with working(space):
            designate()
            write_plan()
            consultation("regulation_14", reference="reg14", last_day=clock.today() + timedelta(days=60))


def test_the_schedule_is_dated_says_where_it_is_from_and_has_every_letter():
    schedule = schedule_1()
    assert schedule.as_of.isoformat() == "2026-11-24"
    assert schedule.source.startswith("https://www.legislation.gov.uk/uksi/2012/637/")
    assert [body.letter[1] for body in schedule.bodies] == list("abcdefghiijklllllmnopq")
    assert len({body.key for body in schedule.bodies}) == len(schedule.bodies) == 22
    assert all(body.wording and body.name for body in schedule.bodies)


def test_the_gate_stays_shut_until_the_last_body_is_decided(undecided, working, world):
    bodies = schedule_1().bodies
    with working("ash"):
        made = find("reg14")
        for left, body in zip(range(len(bodies), 0, -1), bodies, strict=True):
            (lack,) = made.lacks(clock.now())
            assert lack.regulation == "regulation 14(b)"
            assert len(made.undecided) == left
            if left % 2:
                made.leave_out([body], "Nothing of theirs is here.", None)
            else:
                made.consult(None, body=body.key, organisation=body.name, address="1 High Street")
        made.open(person(world))
    with working("beck"):
        assert len(find("reg14").undecided) == len(bodies)
        with pytest.raises(Refused, match="Decide about each body in Schedule 1"):
            find("reg14").open(person(world, "beck"))


def test_an_early_consultation_asks_about_no_body_and_may_consult_whom_it_likes(working, world):
    with working("ash"):
        made = consultation()
        assert made.undecided == []
        made.consult(None, organisation="The school", email="head@school.example.org")
        made.open(person(world), now=NOON)
        assert len(made.consultees[0].notices) == 1


def test_whoever_is_consulted_after_all_is_no_longer_left_out(undecided, working):
    with working("ash"):
        made = find("reg14")
        made.leave_out([RAIL], "No railway.", None)
        made.consult(None, body=RAIL.key, **CONTACT)
        assert made.left_out(RAIL) is None
        with pytest.raises(Refused, match="you consult this body already"):
            made.leave_out([RAIL], "No railway.", None)


def test_a_decision_is_not_taken_back_after_the_opening(working, world):
    with working("ash"):
        made = regulation_14()
        made.open(person(world), now=NOON)
        with pytest.raises(Refused, match="decided before the opening"):
            made.leave_out([RAIL], "Another reason.", person(world))
        late = made.consult(person(world), body=RAIL.key, **CONTACT)
        assert made.left_out(RAIL) is None
        with pytest.raises(Refused, match="has been given notice"):
            made.remove(late, person(world))
        other = made.consult(person(world), body="gas", organisation="Gas Networks", address="2 Low Street")
        with pytest.raises(Refused, match="stays decided"):
            made.remove(other, person(world))


def test_bodies_are_decided_one_after_another_on_their_pages(undecided, organiser, working):
    first = organiser.page(f"{BASE}/bodies/mayor-of-london").text
    assert "where the local planning authority is a London borough council" in first
    said = {"decision": "leave_out", "reason": "Not in London."}
    answer = organiser.post(f"{BASE}/bodies/mayor-of-london", data=said)
    assert answer.location.endswith("/bodies/neighbouring-authorities")
    answer = organiser.post(f"{BASE}/bodies/network-rail", data={"decision": "consult"} | CONTACT)
    assert answer.status_code == 303
    page = organiser.page(BASE).text
    assert "Undecided: 20 of 22 bodies" in page
    assert "(h) Network Rail" in page
    assert "Not in London." in page
    with working("ash"):
        acts = [deed.act for deed in db.session.scalars(sa.select(Deed))]
    assert {"consultee.added", "consultee.unaffected"} <= set(acts)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Choose whether you consult it"),
        ({"decision": "leave_out"}, "Say why its interests are not affected"),
        ({"decision": "consult", "organisation": ""}, "Enter the organisation or the person"),
        ({"decision": "consult", "organisation": "Kept"}, "Enter an email address or a postal address"),
        ({"decision": "consult", "organisation": "Kept", "email": "no"}, "like name@example.org"),
        (
            {"decision": "consult", "organisation": "Kept", "email": "a@example.org, b@example.org"},
            "name@example.org",
        ),
        ({"decision": "leave_out", "reason": "x" * 1001}, "1,000 characters or fewer"),
    ],
)
def test_a_faulty_decision_is_explained_and_kept(undecided, organiser, working, said, sentence):
    answer = organiser.post(f"{BASE}/bodies/network-rail", data=said)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Kept" in answer.text or "organisation" not in said or not said["organisation"]
    with working("ash"):
        assert find("reg14").consultees == []


def test_several_bodies_that_share_a_reason_are_left_out_at_once(undecided, organiser, working):
    said = {"bodies": ["coal-authority", "marine-management"], "reason": "No coal, no coast."}
    assert organiser.post(f"{BASE}/unaffected", data=said).status_code == 303
    for faulty in ({"reason": "Why"}, {"bodies": ["gas"]}, {"bodies": ["nobody"], "reason": "Why"}):
        assert organiser.post(f"{BASE}/unaffected", data=faulty).status_code == 422
    with working("ash"):
        assert {u.body for u in db.session.scalars(sa.select(Unaffected))} == set(said["bodies"])


def test_own_contacts_are_added_changed_and_removed(undecided, organiser, working):
    organiser.post(f"{BASE}/new", data={"name": "=Ann <b>Other</b>", "address": "1 Mill Lane\n<script>"})
    with working("ash"):
        known = db.session.scalars(sa.select(Consultee)).one().id
    html = organiser.get(f"{BASE}/{known}").text
    assert "<b>Other" not in html
    assert "<script>\n" not in html
    organiser.post(f"{BASE}/{known}/details", data={"organisation": "The mill", "email": "mill@example.org"})
    assert "The mill" in organiser.page(BASE).text
    assert organiser.post(f"{BASE}/{known}/removal").status_code == 303
    with working("ash"):
        assert db.session.scalars(sa.select(Consultee)).all() == []


def test_regulation_14_owes_the_authority_a_copy_until_it_is_recorded(undecided, organiser, working, world):
    with working("ash"):
        decide_bodies(find("reg14"))
        find("reg14").open(person(world))
    setup = "/f/ash/consultations/reg14/setup"
    assert "send your authority a copy" in organiser.page(setup).text
    today = clock.today()
    said = {
        "how": "own_email",
        "to": "Planning policy",
        "on": [str(today.day), str(today.month), str(today.year)],
    }
    later = said | {"on": ["1", "1", "2099"]}
    assert organiser.post(f"{BASE}/authority-copy", data=later).status_code == 422
    assert organiser.post(f"{BASE}/authority-copy", data=said).status_code == 303
    assert organiser.post(f"{BASE}/authority-copy", data=said).status_code == 409
    assert "send your authority a copy" not in organiser.page(setup).text
    assert "A copy went to the local planning authority" in organiser.page(BASE).text


def test_the_proof_lists_who_was_consulted_how_when_and_who_was_left_out(
    undecided, organiser, working, world
):
    with working("ash"):
        made = find("reg14")
        decide_bodies(made)
        made.consult(None, body=RAIL.key, **CONTACT)
        by_post = made.consult(None, name="=1+1", address="1 Mill Lane")
        made.open(person(world))
        made.note_by_hand(by_post, "post", by_post.address, clock.today(), "notice", person(world))
    answer = organiser.get(f"{BASE}/notices.csv")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert len(rows) == 2 + 21
    rail, own = rows[0], rows[1]
    assert (rail["schedule_1"], rail["to"], rail["how"]) == ("(h)", CONTACT["email"], "By email")
    assert (own["name"], own["how"], own["outcome"]) == ("'=1+1", "By post", "Recorded by hand")
    assert rows[-1]["outcome"] == "Not affected"
    with working("ash"):
        assert db.session.scalars(sa.select(Access)).one().what == "notices of reg14"


def test_sixty_consultees_are_one_list(undecided, organiser, working):
    with working("ash"):
        for number in range(60):
            find("reg14").consult(None, organisation=f"Group {number:02}", email=f"g{number}@example.org")
    page = organiser.page(BASE)
    assert "Consulted: 60" in page.text
    assert page.text.index("Group 00") < page.text.index("Group 59")


def test_viewers_look_and_strangers_find_nothing(undecided, sign_in, working):
    with working("ash"):
        known = find("reg14").consult(None, **CONTACT).id
    viewer, stranger = sign_in("ash", "viewer"), sign_in("beck", "chair")
    assert viewer.get(BASE).status_code == 200
    assert viewer.get(f"{BASE}/{known}").status_code == 200
    assert viewer.post(f"{BASE}/{known}/removal").status_code == 403
    for path in ("", "/notices.csv", f"/{known}"):
        assert stranger.get(BASE + path).status_code == 404
    for path in (f"/{known}", f"/{known}/details"):
        assert stranger.get(BASE.replace("/ash/", "/beck/") + path).status_code == 404


def test_a_consultee_of_another_consultation_is_not_found_under_this_one(undecided, organiser, working):
    with working("ash"):
        other = consultation(reference="other").consult(None, **CONTACT).id
    assert organiser.get(f"{BASE}/{other}").status_code == 404
    assert organiser.post(f"{BASE}/{other}/removal").status_code == 404
