"""A device that is handed from one person to the next: nothing of the last one is left, and everything is received."""

import pytest
import sqlalchemy as sa

from consult.database import db
from consult.responses.at_events.events import EventDevice
from consult.responses.drafts.drafts import Draft
from tests.inspector import Page
from tests.responses.asking import URL
from tests.responses.paging import Paging
from tests.responses.test_respond import stored

DEVICES = URL.removesuffix("respond") + "event-devices"


@pytest.fixture
def code(sign_in, opened, working):
    sign_in("ash", "organiser").send(DEVICES, name="Village hall, 3 May")
    with working("ash"):
        return db.session.scalars(sa.select(EventDevice)).one().code


@pytest.fixture
def at_the_hall(client, code):
    return lambda: Paging(client, event=code)


def test_whoever_comes_next_finds_an_empty_form_and_back_shows_nothing(client, at_the_hall, working):
    first = at_the_hall().to_the_end(q4="A secret", name="Ann Private")
    visited = [
        f"{first.draft}?at={at}&event={first.location.partition('event=')[2]}"
        for at in ("q1", "about", "check")
    ]
    answer = first.send()
    [response] = stored(working)
    assert (answer.status_code, response.channel) == (200, "event")
    assert response.reference in answer.text
    assert "cache" in answer.headers["Clear-Site-Data"]
    assert "A secret" not in answer.text
    for url in [*visited, first.location]:
        seen = client.get(url)
        assert seen.headers["Cache-Control"] == "no-store"
        for private in ("A secret", "Ann Private", response.reference):
            assert private not in seen.text
    again = Page(first.send())  # the browser sends the form once more, with Back and “resend”
    assert response.reference not in again.text
    assert "Next person" in again.text
    assert len(stored(working)) == 1
    assert "Ann" not in at_the_hall().page().html


def test_nothing_is_kept_on_the_device_and_no_link_is_offered(at_the_hall):
    html = at_the_hall().page().html
    for offered in ("data-keep", "come back later", 'autocomplete="name"'):
        assert offered not in html
    assert 'autocomplete="off"' in html


def test_clearing_deletes_the_draft_and_begins_anew(client, at_the_hall, working):
    paging = at_the_hall().writes(at="q1", q1=["H1"])
    answer = client.post(paging.location, data={"do": "clear"})
    assert answer.status_code == 303
    assert "event=" in answer.headers["Location"]
    assert stored(working, Draft) == []


def test_a_hall_full_of_people_shares_one_address(counting, client, code, working):
    for n in range(61):
        paging = Paging(client, event=code)
        Paging.of(client, paging.draft + f"?event={code}").writes(at="page-2", q4=f"Person {n}")
        assert Paging.of(client, paging.draft + f"?at=check&event={code}").send().status_code == 200
    assert len(stored(working)) == 61


def test_an_ended_code_a_made_up_one_and_one_of_another_space_open_nothing(client, sign_in, code, working):
    assert client.get(f"{URL}?event={code}").status_code == 200
    for url in (f"{URL}?event={code[:-1]}", URL.replace("ash", "beck") + f"?event={code}", f"{URL}?event=x"):
        assert client.get(url).status_code == 404
        assert client.send(url, do="start").status_code == 404
    with working("ash"):
        device = db.session.scalars(sa.select(EventDevice)).one().id
    sign_in("ash", "organiser").post(f"{DEVICES}/{device}/ending")
    assert client.get(f"{URL}?event={code}").status_code == 404


def test_only_who_may_consult_opens_and_ends_devices(client, sign_in, code, working):
    with working("ash"):
        device = db.session.scalars(sa.select(EventDevice)).one().id
    for who in (client, sign_in("ash", "viewer"), sign_in("beck", "chair")):
        assert who.send(DEVICES, name="Mine").status_code in (302, 403, 404)
        assert who.post(f"{DEVICES}/{device}/ending").status_code in (302, 403, 404)
    [left] = stored(working, EventDevice)
    assert left.ended is None
    assert sign_in("ash", "chair").send(DEVICES, name="").status_code == 422
