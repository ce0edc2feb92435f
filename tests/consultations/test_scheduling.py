"""An opening that is planned: looked at when it is planned, and again when it is to open."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult import clock, jobs
from consult.accounts.models import SignIn
from consult.areas import register
from consult.consultations.models import find
from consult.database import db, unit_of_work
from consult.feedback import publications
from consult.jobs import Job
from consult.spaces.models import Space
from consult.web.errors import Refused
from tests.consultations.setting import consultation, designate, person, regulation_14

DAYS, SECOND = timedelta(days=1), timedelta(seconds=1)
HERE = "/f/ash/consultations/reg14/"


@contextmanager
def standing(at):
    token = clock.standing_at.set(at)
    try:
        yield
    finally:
        clock.standing_at.reset(token)


def worked(app, at):
    """The worker does what is due by then."""
    with standing(at), app.app_context():
        jobs.run_due()


@pytest.fixture
def opens():
    return clock.start_of(clock.today() + 5 * DAYS)


@pytest.fixture
def planned(working, world, opens):
    for slug in ("ash", "beck"):
        with working(slug):
            made = regulation_14(opens_on=clock.uk(opens).date(), last_day=clock.uk(opens).date() + 60 * DAYS)
            made.schedule(opens, person(world, slug))


def test_it_opens_by_itself_at_the_instant_and_not_before(app, planned, working, world, opens):
    worked(app, opens - SECOND)
    with working("ash"):
        assert find("reg14").opening is None
    worked(app, opens)
    with working("ash"):
        made = find("reg14")
        assert (made.opening.at, made.opening.by_id) == (opens, world.person["ash", "chair"])
        assert made.scheduled is None
        assert made.plan_version.frozen == opens
        assert made.announcement.opened == opens
        assert made.told_state(opens) == "open"
    worked(app, opens + DAYS)
    with working("ash"):
        assert find("reg14").opening.at == opens


def test_a_suspended_space_opens_nothing(app, planned, working, world, opens, mailed):
    """Else consultees would be written to, and its weeks would run, while nobody could read or answer it."""
    with working("ash"):
        db.session.get_one(Space, world.space["ash"]).suspended = clock.now()
    worked(app, opens)
    with working("ash"):
        made = find("reg14")
        assert (made.opening, made.scheduled) == (None, None)
        assert "suspended" in made.stayed_shut.refusal
    assert [each["subject"] for each in mailed() if "It has not opened" in each["subject"]]


def test_what_is_missing_by_then_keeps_it_shut_and_the_organisers_are_told(
    app, planned, working, opens, mailed, client, sign_in
):
    with working("ash"):
        find("reg14").privacy_notice = ""
    worked(app, opens)
    with working("ash"):
        made = find("reg14")
        assert made.opening is None
        assert made.told_state(opens) == "announced"
        assert "Write a privacy notice" in made.stayed_shut.refusal
    told = {mail["to"]: mail["subject"] for mail in mailed() if "not opened" in mail["subject"]}
    assert told == {
        f"{role}@ash.example.org": "It has not opened: Your place, your say"
        for role in ("chair", "organiser")
    }
    with standing(opens):
        assert client.get(f"{HERE}respond").status_code == 200
        assert "/respond" not in client.page(HERE).html
    page = sign_in("ash").page(f"{HERE}setup").text
    assert "It did not open on" in page
    assert "Write a privacy notice" in page
    with working("beck"):
        assert find("reg14").told_state(opens) == "open"


def test_an_area_that_has_left_the_register_keeps_it_shut(app, planned, working, world, opens):
    with working("northam"):
        register.entry_of(world.space["ash"]).left = clock.now()
    worked(app, opens)
    with working("ash"):
        assert "designated" in find("reg14").stayed_shut.refusal


def test_the_gate_is_passed_when_it_is_planned(working, world, opens):
    with working("ash"):
        made = consultation("regulation_14", reference="reg14")
        designate()
        with pytest.raises(Refused, match="complete draft plan"):
            made.schedule(opens, person(world))
        assert made.told_state() == "draft"


def test_it_is_planned_once_for_a_later_instant_and_called_off(app, planned, working, world, opens):
    with working("ash"):
        made = find("reg14")
        with pytest.raises(Refused, match="planned already"):
            made.schedule(opens + DAYS, person(world))
        made.call_off(person(world))
        assert made.told_state() == "announced"
        with pytest.raises(Refused, match="No opening is planned"):
            made.call_off(person(world))
        with pytest.raises(Refused, match="for a later day"):
            made.schedule(clock.now(), person(world))
    worked(app, opens)
    with working("ash"):
        assert find("reg14").opening is None


def test_opened_by_hand_before_its_day_it_is_not_opened_again(app, planned, working, world, opens):
    with working("ash"):
        find("reg14").open(person(world))
    worked(app, opens)
    with working("ash"):
        made = find("reg14")
        assert made.opening.at < opens
        assert made.scheduled is None
    with app.app_context():
        assert db.session.scalar(sa.select(Job).where(Job.kind == "opening", Job.error != "")) is None


def test_until_then_everything_can_still_be_changed_and_the_day_stays(planned, sign_in, client, opens):
    organiser = sign_in("ash", "organiser")
    page = organiser.page(f"{HERE}setup/dates")
    assert "call that off first" in page.text
    assert 'name="opens_on"' not in page.html
    assert organiser.post(f"{HERE}questions/q1", data={"kind": "text", "title": "Changed"}).status_code == 303
    assert organiser.post(f"{HERE}scheduling/ending").status_code == 303
    assert 'name="opens_on"' in organiser.page(f"{HERE}setup/dates").html
    assert organiser.post(f"{HERE}scheduling").status_code == 303
    for refused in (client, sign_in("ash", "viewer"), sign_in("beck")):
        assert refused.post(f"{HERE}scheduling/ending").status_code in (302, 403, 404)
    assert "Scheduled" in client.page(HERE).text


@pytest.fixture
def stays_signed_in(app):
    """Weeks go by: whoever looks has signed in anew."""

    def anew(at):
        with app.app_context(), unit_of_work():
            for each in db.session.scalars(sa.select(SignIn)):
                each.began = at

    return anew


def test_every_page_says_the_same_state(
    app, planned, working, world, client, sign_in, stays_signed_in, opens
):
    """Scheduled, open, closed, results published: on its page, in the list and on the road."""
    chair = sign_in("ash")

    def said(at, word, on_the_road):
        with standing(at):
            stays_signed_in(at)
            for page in (HERE, "/f/ash/consultations/"):
                assert f"{word} " in client.page(page).text, (word, page)
            assert on_the_road in chair.page("/f/ash/").text, word

    said(clock.now(), "Scheduled", "“Your place, your say” opens by itself")
    worked(app, opens)
    said(opens, "Open", "“Your place, your say” is open for responses")
    with working("ash"):
        closes = find("reg14").closes
    said(closes - SECOND, "Open", "is open for responses")
    said(closes, "Closed", "“Your place, your say” has closed.")
    with standing(closes), working("ash"):
        publications.publish(find("reg14"), person(world))
    said(closes, "Results published", "has closed, and its results are published")
    with standing(closes), working("ash"):
        publications.end(find("reg14"), person(world))
    said(closes, "Closed", "“Your place, your say” has closed.")


def test_results_so_far_are_not_the_results(app, planned, working, world, opens):
    worked(app, opens)
    with standing(opens + DAYS), working("ash"):
        made = find("reg14")
        publications.publish(made, person(world))
        assert made.told_state(made.closes) == made.announcement.told_state(made.closes) == "closed"
