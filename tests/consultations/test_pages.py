"""What everyone sees, and does not see."""

import re
from datetime import timedelta

import pytest

from consult import clock, jobs
from consult.consultations import panel, words
from consult.consultations.models import find
from consult.plans.models import draft_version
from tests.consultations.setting import consultation, person, regulation_14

BASE = "/f/ash/consultations"
DAYS = timedelta(days=1)


@pytest.fixture
def closed(working, world):
    """One that closed a week ago."""
    long_ago = clock.now() - 60 * DAYS
    with working("ash"):
        made = regulation_14(last_day=clock.today() - 7 * DAYS)
        draft_version().add_document("plan.pdf", "The draft plan", "application/pdf", b"%PDF-1.7")
        made.open(person(world), now=long_ago)


def without_nonces(html):
    return re.sub(r'(nonce|value)="[^"]*"', "", html)


def test_to_a_stranger_a_draft_is_the_same_as_nothing(working, client, sign_in):
    with working("ash"):
        consultation(reference="secret")
    for who in (client, sign_in("beck")):
        there, nowhere = (who.get(f"{BASE}/{reference}/") for reference in ("secret", "nobody"))
        assert there.status_code == nowhere.status_code == 404
        assert without_nonces(there.text).replace("/secret/", "/nobody/") == without_nonces(nowhere.text)
        assert "secret" not in who.get(f"{BASE}/").text
        assert who.get(f"{BASE}/secret/documents/x.pdf").status_code == 404


def test_after_the_close_the_page_says_so_and_whom_to_ask(client, closed):
    page = client.page(f"{BASE}/reg14/")
    assert "This consultation has closed" in page.text
    assert "us@example.org" in page.text
    assert "/respond" not in page.html


def test_documents_and_policies_are_public_once_frozen(client, closed):
    page = client.page(f"{BASE}/reg14/")
    assert 'href="#policy-h1"' in page.html
    answer = client.get(f"{BASE}/reg14/documents/plan.pdf")
    assert answer.data == b"%PDF-1.7"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_what_was_frozen_stays_when_the_plan_goes_on(client, working, closed):
    with working("ash"):
        version = draft_version()
        version.rewrite(version.policy("H1"), "H1", "Fewer homes", "", "")
    assert "New homes" in client.page(f"{BASE}/reg14/").text
    assert "Fewer homes" not in client.page(f"{BASE}/reg14/").text


def test_a_plan_that_is_only_announced_is_not_shown_yet(client, working, world):
    with working("ash"):
        regulation_14(opens_on=clock.today() + 5 * DAYS, last_day=clock.today() + 90 * DAYS).announce(
            person(world)
        )
    assert "New homes" not in client.page(f"{BASE}/reg14/").text


def test_the_list_and_the_home_show_strangers_what_is_announced_and_members_drafts_too(
    client, working, world, sign_in
):
    with working("ash"):
        consultation(reference="one", title="Running now", last_day=clock.today() + 9 * DAYS).open(
            person(world)
        )
        consultation(reference="two", title="Only drafted")
    for path in (f"{BASE}/", "/f/ash/"):
        assert "Running now" in client.page(path).text
        assert "Only drafted" not in client.page(path).text
        assert "Only drafted" in sign_in("ash", "viewer").page(path).text
        assert "Running now" not in client.page(path.replace("ash", "beck")).text


def test_a_round_notes_for_everyone_that_it_has_closed_and_does_so_once(app, working, closed):
    with app.app_context():
        jobs.run_rounds()
        jobs.run_rounds()
    with working("ash"):
        made = find("reg14")
        assert made.announcement.closed == made.closes


def test_a_round_leaves_alone_what_was_announced_and_never_opened(app, working, world):
    with working("ash"):
        consultation(last_day=clock.today() - 7 * DAYS).announce(person(world), now=clock.now() - 60 * DAYS)
    with app.app_context():
        jobs.run_rounds()
    with working("ash"):
        made = find("first")
        assert made.announcement.closed is None
        assert made.state() == "announced"


def test_days_left_are_counted_on_the_uk_calendar(app):
    closes = clock.end_of(clock.today() + 3 * DAYS)
    with app.test_request_context():
        said = [
            words.days_left(closes, closes - left) for left in (timedelta(seconds=1), 25 * timedelta(hours=1))
        ]
        assert said == ["Today is the last day", "Tomorrow is the last day"]
        assert words.moment(closes).startswith("11:59pm on ")


def test_the_front_page_shows_what_is_open_and_where_to_respond(client, working, world):
    with working("ash"):
        regulation_14(title="The hill <b>plan</b>", last_day=clock.today() + 60 * DAYS).open(person(world))
    with working("beck"):
        consultation(title="Later", opens_on=clock.today() + 30 * DAYS, last_day=clock.today() + 60 * DAYS)
    page = client.page("/")
    assert "The hill <b>plan</b> Ash Hill Neighbourhood Forum" in page.text
    assert 'href="/f/ash/consultations/reg14/respond"' in page.html
    assert page.text.index("Open now") < page.text.index("Northam District Council")
    assert "Later" not in page.text


def test_the_front_page_says_when_nothing_is_open(client, closed):
    page = client.page("/")
    assert "No consultation is open just now" in page.text
    assert "/respond" not in page.html


def test_the_front_page_keeps_to_what_closes_first(client, working, world, monkeypatch):
    monkeypatch.setattr(panel, "MOST_ON_THE_FRONT", 1)
    for days, slug in ((60, "ash"), (50, "beck")):
        with working(slug):
            consultation(title=f"In {days}", last_day=clock.today() + days * DAYS).open(person(world, slug))
    page = client.page("/")
    assert "In 50" in page.text
    assert "In 60" not in page.text
    assert "These 1 close first, of 2" in page.text
