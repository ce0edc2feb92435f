"""People are kept by name until the day has come, and somebody has confirmed it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult import clock, jobs
from consult.audit import Deed
from consult.clearing import erasing, retaining
from consult.clearing.models import IDENTITY
from consult.database import db
from consult.responses.models import Response
from tests.clearing import speaking
from tests.responses import asking

AT = "/f/ash/consultations/reg14/retention"


@pytest.fixture
def closed(opened, working):
    for slug in ("ash", "beck"):
        with working(slug):
            speaking.respond()
            speaking.respond("As a body", key="two", kind="business", organisation="Mill Ltd")
            asking.close(speaking.asked())


def day(in_days=0):
    when = clock.today() + timedelta(days=in_days)
    return {"day": [str(when.day), str(when.month), str(when.year)]}


def responses():
    return db.session.scalars(sa.select(Response).order_by(Response.key)).all()


def test_the_day_is_set_after_the_close_by_whoever_answers_for_the_data(opened, working, sign_in):
    assert sign_in("ash", "organiser").get(AT).status_code == 403
    assert sign_in("beck").get(AT).status_code == 404
    chair = sign_in("ash")
    assert "once the consultation has closed" in chair.page(AT).text
    assert chair.post(AT, data=day()).status_code == 409
    with working("ash"):
        asking.close(speaking.asked())
    assert chair.post(AT, data={"day": ["", "", ""]}).status_code == 422
    assert chair.post(AT, data=day(3)).status_code == 303
    assert chair.post(f"{AT}/confirming").status_code == 409  # it has not come


def test_the_chair_is_told_once_and_nothing_goes_until_it_is_confirmed(closed, app, working, sign_in, mailed):
    chair = sign_in("ash")
    chair.post(AT, data=day())
    with app.app_context():
        jobs.run_rounds()
        jobs.run_rounds()
    told = [sent for sent in mailed() if "kept by name" in sent["subject"]]
    assert [sent["to"] for sent in told] == ["chair@ash.example.org"]
    assert AT in told[0]["text"]
    with working("ash"):
        assert {response.email for response in responses()} == {speaking.EMAIL}


def test_who_it_was_goes_and_the_words_stay(closed, app, working, sign_in):
    chair = sign_in("ash")
    chair.post(AT, data=day())
    assert "The day has come" in chair.page(AT).text
    assert chair.post(f"{AT}/confirming", data={"words": "keep"}).status_code == 303
    with app.app_context():
        jobs.run_due()
    with working("ash"):
        one, body = responses()
        assert (one.name, one.email, one.postcode, one.organisation) == ("", "", "", "")
        assert (body.name, body.organisation) == ("", "Mill Ltd")
        assert one.answers[1].text == "Keep the mill."
        assert one.home == "inside"
        assert [erasure.extent for erasure in erasing.erasures_of(one)] == [IDENTITY]
        assert db.session.scalars(sa.select(Deed).where(Deed.act == "retention.carried_out")).one()
        assert retaining.retention_of(speaking.asked()).carried_out is not None
    assert "no response says who sent it" in chair.page(AT).text
    with working("beck"):
        assert {response.email for response in responses()} == {speaking.EMAIL}


def test_the_words_go_too_where_that_is_chosen(closed, app, working, sign_in):
    chair = sign_in("ash")
    chair.post(AT, data=day())
    chair.post(f"{AT}/confirming", data={"words": "erase"})
    assert chair.post(f"{AT}/confirming", data={"words": "erase"}).status_code == 409
    with app.app_context():
        jobs.run_due()
    with working("ash"):
        assert {answer.text for response in responses() for answer in response.answers} == {"[erased]"}
