"""The statement says who was consulted and how: regulation 15(2)(a) and (b)."""

from datetime import timedelta

import pytest

from consult import clock, jobs
from consult.consultations.consulted.schedule import schedule_1
from consult.consultations.consulted.telling import long as day
from consult.consultations.models import find
from consult.consultations.publicity.publicising import Publicity
from consult.database import db
from consult.reports import consulted
from tests.consultations.setting import person, regulation_14

RAIL = schedule_1().body("network-rail")
TODAY = clock.today()


@pytest.fixture
def told(app, working, world):
    with working("ash"):
        made = regulation_14(last_day=TODAY + timedelta(days=60))
        made.consult(None, body=RAIL.key, organisation="Network Rail", email="rail@example.org")
        ann = made.consult(None, name="Ann Private", address="1 Mill Lane")
        made.open(person(world))
        made.note_by_hand(ann, "post", ann.address, TODAY, "notice", person(world))
        made.note_copy(TODAY, "own_email", "Planning", person(world))
        for when, what, many in (
            (TODAY, "A drop-in", 31),
            (TODAY + timedelta(days=9), "Still to come", None),
        ):
            about = {"kind": "event", "what": what, "where": "The hall", "how_many": many}
            db.session.add(Publicity(consultation_id=made.id, from_day=when, **about))
    with working("beck"):
        regulation_14().consult(None, organisation="Rail of Beck", address="Station Road")
    with app.app_context():
        jobs.run_due()


def said(working, public):
    with working("ash"):
        made = find("reg14")
        blocks = [*consulted.bodies(made, public=public), *consulted.ways(made, public=public)]
    return [line for block in blocks for line in ([block.text] if block.kind == "words" else block.items)]


def test_each_body_is_named_with_its_place_in_the_schedule_or_with_the_reason(told, working):
    lines = said(working, public=False)
    assert "Network Rail (Schedule 1, paragraph 1(h))" in lines
    assert "Ann Private" in lines
    coal = "The Coal Authority (Schedule 1, paragraph 1(c)): Nothing of theirs is in or near the area."
    assert coal in lines
    assert sum("Nothing of theirs" in line for line in lines) == len(schedule_1().bodies) - 1
    assert not [line for line in lines if "Beck" in line]


def test_each_notice_is_listed_with_its_way_and_day_and_so_is_all_publicity_to_date(told, working):
    lines = said(working, public=False)
    assert f"Network Rail: notice by email on {day(TODAY)}" in lines
    assert f"Ann Private: notice by post on {day(TODAY)}" in lines
    assert f"{day(TODAY)}. An event: A drop-in; The hall; 31 came" in lines
    assert any("copy of the proposals was sent to the local planning authority" in line for line in lines)
    assert not [line for line in lines if "Still to come" in line]


def test_people_in_their_own_name_and_every_address_stay_out_of_the_public_statement(told, working):
    lines = "\n".join(said(working, public=True))
    assert "1 person in their own name" in lines
    for private in ("Ann Private", "1 Mill Lane", "rail@example.org"):
        assert private not in lines
