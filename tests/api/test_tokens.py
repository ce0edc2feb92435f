"""Making, showing, using and ending a token."""

import re
import time
from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult import clock
from consult.access import Act
from consult.accounts.models import Person
from consult.api.models import ApiToken, hashed
from consult.audit import Deed
from consult.database import db, unit_of_work
from consult.spaces.models import Membership
from tests.api.keys import the_token

NEW = "/account/api-tokens/new"


@pytest.fixture
def chair(sign_in):
    client = sign_in("ash", "chair")
    with client.session_transaction() as session:
        session["fs_paa"] = time.time()
    return client


def made(chair, world, **changes):
    fields = {"name": "Our GIS", "spaces": [world.space["ash"]], "acts": ["LOOK"], "days": "30"} | changes
    return chair.send(NEW, **fields)


def secret_in(answer):
    return re.search(r"consult_[\w-]{43}", answer.text)[0]


def test_is_shown_once_and_kept_as_a_hash(app, world, chair):
    answer = made(chair, world)
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "no-store"
    secret = secret_in(answer)
    assert secret not in chair.get("/account/api-tokens").text
    with app.app_context():
        token = the_token("Our GIS")
        assert token.token_hash == hashed(secret)
        columns = [getattr(token, column.key) for column in sa.inspect(ApiToken).columns]
        assert not any(secret[8:-4] in str(value) for value in columns)


def test_its_space_notes_that_it_was_made_and_revoked(app, world, chair, working):
    made(chair, world)
    with app.app_context():
        token_id = the_token("Our GIS").id
    assert chair.send(f"/account/api-tokens/{token_id}/revocation").status_code == 303
    with working("ash"):
        acts = set(db.session.scalars(sa.select(Deed.act)))
    assert {"api_token.made", "api_token.revoked"} <= acts


def test_who_one_is_is_asked_again_first(sign_in):
    answer = sign_in("ash").get(NEW)
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in/again?next=")
    assert sign_in("ash").send(NEW, name="x").status_code == 303


def test_what_is_missing_is_said_beside_the_field(world, chair):
    answer = made(chair, world, name="", spaces=[], acts=[], days="9999")
    assert answer.status_code == 422
    assert "Say what the token is for" in answer.text
    assert "Choose at least one space" in answer.text


def test_another_body_s_space_cannot_be_chosen(world, chair):
    assert made(chair, world, spaces=[world.space["beck"]]).status_code == 422


def test_nobody_revokes_another_person_s(app, world, chair, sign_in):
    made(chair, world)
    with app.app_context():
        token_id = the_token("Our GIS").id
    assert sign_in("beck").send(f"/account/api-tokens/{token_id}/revocation").status_code == 404


def refused(reader, url="/api/v1/spaces"):
    answer = reader.get(url)
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == answer.status_code
    return answer.status_code


def changed(app, name, **values):
    with app.app_context(), unit_of_work():
        for key, value in values.items():
            setattr(the_token(name), key, value)


def test_a_revoked_or_expired_token_opens_nothing(app, reading):
    reader = reading("ash")
    assert reader.get("/api/v1/spaces").status_code == 200
    changed(app, "chair of ash", expires=clock.now() - timedelta(seconds=1))
    assert refused(reader) == 401
    changed(app, "chair of ash", expires=clock.now() + timedelta(days=1), revoked=clock.now())
    answer = reader.get("/api/v1/spaces")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_somebody_who_was_shut_out_reads_nothing(app, world, reading):
    reader = reading("ash")
    with app.app_context(), unit_of_work():
        db.session.get_one(Person, world.person["ash", "chair"]).active = False
    assert refused(reader) == 401


def test_an_ended_membership_opens_nothing_from_that_moment(world, reading, working):
    reader = reading("ash")
    assert reader.get("/api/v1/f/ash/consultations").status_code == 200
    with working("ash"):
        mine = sa.select(Membership).where(Membership.person_id == world.person["ash", "chair"])
        db.session.scalars(mine).one().ended = clock.now()
    assert refused(reader, "/api/v1/f/ash/consultations") == 404
    assert reader.get("/api/v1/spaces").json["items"] == []


def test_it_never_does_more_than_it_was_made_for(reading):
    reader = reading("ash", acts=[Act.LOOK])
    assert reader.get("/api/v1/f/ash/consultations").status_code == 200
    assert refused(reader, "/api/v1/f/ash/consultations/reg14/responses") == 403


def test_nor_more_than_its_person_may(reading):
    assert refused(reading("ash", "viewer"), "/api/v1/f/ash/consultations/reg14/responses") == 403


def test_nor_in_a_space_that_it_was_not_made_for(reading):
    assert refused(reading("ash", spaces=["beck"]), "/api/v1/f/ash/consultations") == 404


def test_a_cookie_opens_no_api_and_a_token_no_page(app, sign_in, reading):
    chair = sign_in("ash", "chair")
    assert chair.get("/api/v1/spaces").status_code == 401
    assert chair.get("/api/v1/f/ash/consultations").status_code == 401
    assert reading("ash").get("/account").status_code == 302
    assert reading("ash").get("/f/ash/settings").status_code == 302


def test_a_token_in_an_address_is_refused_and_says_why(app, reading):
    secret = reading("ash").headers["Authorization"].partition(" ")[2]
    for name in ("token", "access_token", "cursor"):
        answer = reading().get(f"/api/v1/spaces?{name}={secret}")
        assert answer.status_code == 400
        assert "never belongs in an address" in answer.json["detail"]


def test_the_day_of_use_is_noted_by_a_get_that_writes_nothing_else(app, reading):
    assert reading("ash").get("/api/v1/spaces").status_code == 200
    with app.app_context():
        assert the_token("chair of ash").last_used == clock.today()


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Basic eA==", "Bearer consult_x", "bearer é", "Bearer a b c"]
)
def test_what_is_no_token_is_answered_in_a_sentence(reading, header):
    reader = reading()
    reader.headers = {"Authorization": header}
    assert refused(reader) == 401


def test_too_many_requests_of_one_token_are_refused_and_others_go_on(counting, reading, monkeypatch):
    monkeypatch.setattr("consult.api.keys.WITH_TOKEN", "2 per minute")
    one, other = reading("ash"), reading("beck")
    answers = [one.get("/api/v1/spaces") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].headers["Retry-After"]
    assert answers[-1].mimetype == "application/problem+json"
    assert other.get("/api/v1/spaces").status_code == 200
