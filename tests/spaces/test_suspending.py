"""A suspended space: residents are told so, members read and export, and nobody changes anything."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult import audit, clock
from consult.database import db, unit_of_work
from consult.spaces import suspending
from consult.spaces.models import Space

SUSPEND = "/operator/spaces/ash/suspension"


@pytest.fixture
def suspended(sign_in):
    assert sign_in("operator").post(SUSPEND, data={"why": "It was asked for."}).status_code == 303


def test_residents_are_told_so_calmly(suspended, client):
    for address in ("/f/ash/", "/f/ash/plan/read", "/f/ash/area.geojson"):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "This space is closed for now" in answer.text
        assert "It was asked for" not in answer.text
    assert client.get("/f/beck/").status_code == 200


def test_they_are_told_in_urdu_as_well(suspended, client):
    client.set_cookie("language", "ur")
    assert client.get("/f/ash/").status_code == 403


def test_members_read_and_export_and_change_nothing(suspended, sign_in):
    chair = sign_in("ash")
    assert chair.get("/f/ash/settings").status_code == 200
    assert chair.post("/f/ash/settings", data={"name": "Another"}).status_code == 403
    assert chair.post("/f/ash/record/export").status_code == 303


def test_members_of_other_spaces_are_strangers(suspended, sign_in):
    assert sign_in("beck").get("/f/ash/").status_code == 403
    assert sign_in("operator").get("/f/ash/").status_code == 403


def test_it_is_on_record_and_the_chair_is_told_why(suspended, mailed, app, working):
    (mail,) = [each for each in mailed() if each["to"] == "chair@ash.example.org"]
    assert "It was asked for." in mail["text"]
    with app.app_context():
        assert db.session.scalars(sa.select(audit.OperatorDeed.act)).all() == ["space.suspended"]
    with working("ash"):
        assert db.session.scalars(sa.select(audit.Deed.act)).all() == ["space.suspended"]


def test_the_operator_lifts_it(suspended, sign_in, client):
    operator = sign_in("operator")
    assert "Suspended" in operator.get("/operator").text
    assert "It was asked for." in operator.get(SUSPEND).text
    assert operator.post(SUSPEND, data={"why": "Again."}).status_code == 409
    assert operator.post(f"{SUSPEND}/lifting").status_code == 303
    assert operator.post(f"{SUSPEND}/lifting").status_code == 409
    assert client.get("/f/ash/").status_code == 200


def test_it_ends_by_itself_as_its_day_begins(app, world, client):
    with app.app_context(), unit_of_work():
        space = db.session.get_one(Space, world.space["ash"])
        suspension = suspending.Suspension(space_id=space.id, why="A week.", until=clock.today())
        db.session.add(suspension)
        space.suspended = clock.now() - timedelta(days=7)
    assert client.get("/f/ash/").status_code == 403
    with app.app_context(), unit_of_work():
        suspending.lift_what_is_over()
    assert client.get("/f/ash/").status_code == 200


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"why": ""}, "Give the reason"),
        ({"why": "x", "until": ["1", "1", "2020"]}, "Enter tomorrow or a later day"),
        ({"why": "x", "until": ["40", "1", "2027"]}, "must be a real date"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(sign_in, client, given, words):
    answer = sign_in("operator").post(SUSPEND, data=given)
    assert answer.status_code == 422
    assert words in answer.text
    assert client.get("/f/ash/").status_code == 200


def test_nobody_else_suspends(sign_in, client):
    for someone in (sign_in("ash"), sign_in("northam", "officer")):
        assert someone.post(SUSPEND, data={"why": "x"}).status_code == 404
        assert someone.post(f"{SUSPEND}/lifting").status_code == 404
    assert client.post(SUSPEND, data={"why": "x"}).status_code == 302
    assert sign_in("operator").get("/operator/spaces/nobody/suspension").status_code == 404
