"""The officers' weekly letter: asked for, sent once on a UK Monday morning, silent when nothing happened."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from consult import clock, jobs
from consult.database import db, unit_of_work
from consult.feedback import announced
from consult.officers import digest
from consult.officers.models import Digest, DigestSubscription, subscribe
from consult.spaces.models import Membership
from consult.tenancy import inside
from tests.consultations.setting import person
from tests.reports import scene

HERE = "/a/northam/digest"


@pytest.fixture
def at(app, monkeypatch):
    """`at(moment)` runs the worker's round and what is due, at that moment; mail is left as it was written."""
    monkeypatch.setitem(jobs._handlers, "mail", lambda job: {})

    def run(moment):
        token = clock.standing_at.set(moment)
        try:
            with app.app_context():
                with unit_of_work():
                    digest.post_digests()
                return jobs.run_due()
        finally:
            clock.standing_at.reset(token)

    return run


@pytest.fixture
def letters(mailed):
    return lambda: [mail for mail in mailed() if "what is due" in mail["subject"]]


def next_monday():
    return digest.monday_of(clock.today()) + timedelta(days=7)


def morning(monday, hour=7, minute=5):
    return clock.start_of(monday) + timedelta(hours=hour, minutes=minute)


@pytest.fixture
def news(world, working):
    """Ash Hill has opened its consultation this week."""
    with working("ash"):
        made = scene.consultation()
        scene.respond(made, 12)
        made.announcement.opened = clock.now()
        announced.bring_up_to_date(made)


def asked(world, working, **wish):
    with working("northam"):
        return subscribe(person(world, "northam", "officer"), quiet_too=wish.get("quiet_too", False)).id


def test_an_officer_asks_for_it_on_a_page_and_stops_it_there(sign_in, working, world):
    officer = sign_in("northam", "officer")
    assert "Send me the letter" in officer.page(HERE).text
    assert officer.send(f"{HERE}/subscription", quiet_too="y").status_code == 303
    assert officer.send(f"{HERE}/subscription", quiet_too="y").status_code == 303
    assert "comes every week" in officer.page(HERE).text
    with working("northam"):
        assert len(db.session.scalars(sa.select(DigestSubscription)).all()) == 1
    assert officer.send(f"{HERE}/unsubscription").status_code == 303
    assert "Send me the letter" in officer.page(HERE).text
    for who in (sign_in("northam", "viewer"), sign_in("southby", "officer"), sign_in("ash", "chair")):
        assert who.get(HERE).status_code in (403, 404)
        assert who.send(f"{HERE}/subscription").status_code in (403, 404)


def test_it_is_sent_once_on_monday_morning(news, at, letters, world, working):
    asked(world, working)
    monday = next_monday()
    at(morning(monday, 6, 59))
    assert not letters()
    at(morning(monday))
    first = letters()
    assert len(first) == 1
    assert first[0]["to"] == "officer@northam.example.org"
    for _ in range(2):
        at(morning(monday, 8))
        at(morning(monday + timedelta(days=3)))
    assert len(letters()) == 1
    at(morning(monday + timedelta(days=7)))
    with working("northam"):
        assert db.session.scalars(sa.select(Digest.week).order_by(Digest.week)).all()[0] == monday


@pytest.mark.parametrize(
    ("monday", "before", "after"),
    [
        (
            date(2026, 3, 30),
            datetime(2026, 3, 30, 5, 59, tzinfo=UTC),
            datetime(2026, 3, 30, 6, 1, tzinfo=UTC),
        ),
        (
            date(2026, 10, 26),
            datetime(2026, 10, 26, 6, 59, tzinfo=UTC),
            datetime(2026, 10, 26, 7, 1, tzinfo=UTC),
        ),
    ],
)
def test_monday_morning_is_the_uk_s(monday, before, after, app, at, letters, world, working):
    token = clock.standing_at.set(clock.start_of(monday - timedelta(days=2)))
    try:
        asked(world, working, quiet_too=True)
    finally:
        clock.standing_at.reset(token)
    at(before)
    with working("northam"):
        assert not db.session.scalars(sa.select(Digest).where(Digest.week == monday)).all()
    at(after)
    with working("northam"):
        assert db.session.scalars(sa.select(Digest).where(Digest.week == monday)).one().sent


def test_it_says_what_happened_and_nothing_of_residents(news, at, letters, world, working):
    asked(world, working)
    at(morning(next_monday()))
    text = letters()[0]["text"]
    assert "“The draft plan” of Ash Hill Neighbourhood Forum opened." in text
    assert "Dell Road" not in text
    for private in (*scene.PRIVATE, "by the mill"):
        assert private not in text


def test_nothing_is_sent_where_nothing_happened_unless_wanted(at, letters, world, working):
    asked(world, working)
    monday = next_monday()
    at(morning(monday))
    assert not letters()
    with working("northam"):
        assert not db.session.scalars(sa.select(Digest)).one().sent
    asked(world, working, quiet_too=True)
    at(morning(monday + timedelta(days=7)))
    assert "Nothing happened last week" in letters()[0]["text"]


def test_its_link_ends_it_without_signing_in(news, at, letters, client, world, working):
    asked(world, working)
    at(morning(next_monday()))
    link = re.search(r"(/a/northam/digest/letters/\S+)", letters()[0]["text"])[1]
    assert "Stop the letter" in client.page(link).text
    with working("northam"):
        assert db.session.scalars(sa.select(DigestSubscription)).one().ended is None
    assert "No letter comes any more" in client.send(link).get_data(as_text=True)
    assert "No letter comes any more" in client.page(link).text
    assert client.get(link.replace("northam", "southby")).status_code == 404
    assert client.get(link[:-3] + "xyz").status_code == 404
    at(morning(next_monday() + timedelta(days=7)))
    assert len(letters()) == 1


def test_who_is_no_officer_any_more_gets_none(news, at, letters, app, world, working):
    asked(world, working)
    with app.app_context(), unit_of_work(), inside(world.space["northam"]):
        officer = world.person["northam", "officer"]
        mine = sa.select(Membership).where(
            Membership.person_id == officer, Membership.space_id == world.space["northam"]
        )
        db.session.scalars(mine).one().ended = clock.now()
        db.session.flush()
    at(morning(next_monday()))
    assert not letters()
