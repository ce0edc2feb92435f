"""People are kept by name until the day that was set begins, and no longer."""

from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes

import pytest
import sqlalchemy as sa

from consult import clock, jobs, mail
from consult.accounts.models import Person
from consult.audit import Deed
from consult.clearing import erasing, public, retaining
from consult.clearing.models import IDENTITY, Redaction
from consult.database import db
from consult.responses.models import Response
from tests.clearing import speaking
from tests.responses import asking

AT = "/f/ash/consultations/reg14/retention"
WORDS = f"Ask Mr Brown. {speaking.ALL_OF_IT}"


@pytest.fixture
def closed(opened, working, world):
    for slug in ("ash", "beck"):
        with working(slug):
            one = speaking.respond(WORDS)
            speaking.respond("As a body", key="two", kind="business", organisation="Mill Ltd")
            speaking.clear_all(one, db.session.get_one(Person, world.person[slug, "chair"]))
            asking.close(speaking.asked())


def day(in_days=1, words="keep"):
    when = clock.today() + timedelta(days=in_days)
    return {"day": [str(when.day), str(when.month), str(when.year)], "words": words}


def responses():
    return db.session.scalars(sa.select(Response).order_by(Response.key)).all()


@contextmanager
def when(days):
    """So many days from now, a minute into the UK day."""
    begins = clock.start_of(clock.today() + timedelta(days=days)) + timedelta(minutes=1)
    token = clock.standing_at.set(begins)
    try:
        yield
    finally:
        clock.standing_at.reset(token)


def work(app, days):
    with app.app_context(), when(days):
        jobs.run_due()


def test_the_day_is_set_after_the_close_by_whoever_answers_for_the_data(opened, working, sign_in):
    assert sign_in("ash", "organiser").get(AT).status_code == 403
    assert sign_in("beck").get(AT).status_code == 404
    chair = sign_in("ash")
    assert "once the consultation has closed" in chair.page(AT).text
    assert chair.post(AT, data=day()).status_code == 409
    with working("ash"):
        asking.close(speaking.asked())
    assert chair.post(AT, data={"day": ["", "", ""]}).status_code == 422
    assert "tomorrow or a later day" in chair.post(AT, data=day(0)).get_data(as_text=True)
    assert chair.post(AT, data=day(3)).status_code == 303
    assert "as that day begins, it is carried out" in chair.page(AT).text
    with working("ash"):
        [deed] = db.session.scalars(sa.select(Deed).where(Deed.act == "retention.set"))
        assert deed.detail == {"day": (clock.today() + timedelta(days=3)).isoformat(), "keeps_words": True}


def test_the_chair_is_reminded_two_weeks_before_and_nothing_goes_until_the_day(
    closed, app, working, sign_in, mailed
):
    sign_in("ash").post(AT, data=day(30))
    work(app, 15)
    assert reminders(mailed) == []
    work(app, 16)
    [told] = reminders(mailed)
    assert told["to"] == "chair@ash.example.org"
    with app.app_context():
        [sent] = [path for path in mail.folder().iterdir() if "People are kept" in path.read_text()]
        assert AT in message_from_bytes(sent.read_bytes()).get_payload(decode=True).decode()
    work(app, 29)
    with working("ash"):
        assert {response.email for response in responses()} == {speaking.EMAIL}
    work(app, 30)
    with working("ash"):
        assert {response.email for response in responses()} == {""}


def reminders(mailed):
    return [sent for sent in mailed() if "People are kept by name" in sent["subject"]]


def test_who_it_was_goes_and_the_words_stay_without_what_tells_it(closed, app, working, sign_in):
    chair = sign_in("ash")
    chair.post(AT, data=day())
    work(app, 1)
    with working("ash"):
        one, body = responses()
        assert (one.name, one.email, one.postcode, one.organisation) == ("", "", "", "")
        assert (body.name, body.organisation) == ("", "Mill Ltd")
        assert body.answers[1].text == "As a body"
        kept = one.answers[1].text
        assert kept.startswith("Ask ████████. Write to ██")
        assert not any(word in kept for word in (*speaking.PLANTED, "Brown"))
        assert len(kept) == len(WORDS)
        assert one.home == "inside"
        assert [erasure.extent for erasure in erasing.erasures_of(one)] == [IDENTITY]
        [deed] = db.session.scalars(sa.select(Deed).where(Deed.act == "retention.carried_out"))
        assert deed.detail == {"responses": 2}
        assert retaining.retention_of(speaking.asked()).carried_out is not None
    assert "no response says who sent it" in chair.page(AT).text
    assert chair.post(AT, data=day(3)).status_code == 409
    with working("beck"):
        assert {response.email for response in responses()} == {speaking.EMAIL}


def test_what_everyone_reads_stays_as_it_was(closed, app, working, sign_in):
    with working("ash"):
        before = public.said(speaking.asked())
        assert any("[email address removed]" in each.words for each in before)
        assert db.session.scalars(sa.select(Redaction)).all()
    sign_in("ash").post(AT, data=day())
    work(app, 1)
    with working("ash"):
        assert public.said(speaking.asked()) == before


def test_the_words_go_too_where_that_is_chosen(closed, app, working, sign_in):
    sign_in("ash").post(AT, data=day(words="erase"))
    work(app, 1)
    with working("ash"):
        assert {answer.text for response in responses() for answer in response.answers} == {"[erased]"}
        assert public.said(speaking.asked()) == []
        assert erasing.number_erased(speaking.asked()) == 2


def test_of_two_days_the_one_set_last_stands(closed, app, working, sign_in):
    chair = sign_in("ash")
    chair.post(AT, data=day(1))
    chair.post(AT, data=day(5))
    work(app, 2)
    with working("ash"):
        assert {response.email for response in responses()} == {speaking.EMAIL}
    work(app, 5)
    with working("ash"):
        assert {response.email for response in responses()} == {""}
