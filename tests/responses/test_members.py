from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from consult import audit, clock
from consult.database import db
from consult.responses.models import Response, SettingAside
from tests.inspector import Page
from tests.responses import asking
from tests.responses.asking import FULL, URL

LIST = "/f/ash/consultations/reg14/responses/"


@pytest.fixture
def reference(client, opened, working) -> str:
    client.send(URL, **FULL, idempotency_key=str(uuid4()))
    with working("ash"):
        return db.session.scalars(sa.select(Response.reference)).one()


@pytest.mark.parametrize("role", ["chair", "organiser", "analyst"])
def test_members_read_what_arrived(sign_in, reference, role):
    client = sign_in("ash", role)
    assert reference in client.page(LIST).text
    page = client.page(LIST + reference)
    for words in (
        "Too many",
        "By the bridge",
        "ann@example.org",
        "BA11AA",
        "Inside the area",
        "Homes & gardens",
    ):
        assert words in page.text


def test_nobody_else_reads_anything(client, sign_in, reference):
    assert client.get(LIST).status_code == 302
    assert sign_in("ash", "viewer").get(LIST).status_code == 403
    for space, role in (("beck", "chair"), ("northam", "officer"), ("dell", "chair")):
        foreign = sign_in(space, role)
        assert foreign.get(LIST).status_code == 404
        assert foreign.get(LIST + reference).status_code == 404
    assert reference not in sign_in("beck").page("/f/beck/consultations/reg14/responses/").text
    assert sign_in("beck").get(f"/f/beck/consultations/reg14/responses/{reference}").status_code == 404


def test_the_list_is_paged(sign_in, client, reference):
    for number in range(51):
        client.send(URL, q4=f"Number {number}", idempotency_key=str(uuid4()))
    chair = sign_in("ash")
    first, second = chair.page(LIST), chair.page(f"{LIST}?page=2")
    assert ("Older" in first.text, "Newer" in first.text) == (True, False)
    assert ("Older" in second.text, "Newer" in second.text) == (False, True)
    assert reference in second.text
    assert reference not in first.text
    for beyond in ("9", "9" * 30):
        assert chair.get(f"{LIST}?page={beyond}").status_code == 404


def test_a_response_is_entered_for_somebody(sign_in, opened, working):
    client = sign_in("ash", "analyst")
    assert client.get(f"{LIST}new").status_code == 200
    day = clock.today() - timedelta(days=2)
    form = FULL | {
        "channel": "paper",
        "arrived": f"{day:%d/%m/%Y}",
        "people": "3",
        "idempotency_key": str(uuid4()),
    }
    answer = client.send(f"{LIST}new", **form)
    assert answer.status_code == 303
    assert client.send(f"{LIST}new", **form).headers["Location"] == answer.headers["Location"]
    with working("ash"):
        response = db.session.scalars(sa.select(Response)).one()
        assert (response.channel, response.people, clock.uk(response.received).date()) == ("paper", 3, day)
        assert response.entered_by_id is not None
        assert db.session.scalars(sa.select(audit.Deed).where(audit.Deed.act == "response.entered")).one()


def test_what_is_typed_for_somebody_can_be_kept_on_the_device_until_it_is_stored(sign_in, opened):
    client, key = sign_in("ash", "analyst"), "entered:ash/reg14"
    form = next(f for f in client.page(f"{LIST}new").tree.iter("form") if f.get("data-keep"))
    assert form.get("data-keep") == key
    assert any("data-keep-panel" in part.keys() for part in form.iter("div"))  # noqa: SIM118
    entered = client.send(f"{LIST}new", q4="Hello", channel="paper", idempotency_key=str(uuid4()))
    there = entered.headers["Location"]
    assert f'data-clear-draft="{key}"' in client.get(there).text
    assert "data-clear-draft" not in client.get(there.partition("?")[0]).text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"channel": ""}, "Say how it arrived."),
        ({"channel": "web"}, "Choose one of the answers listed here."),
        ({"arrived": "1/1/2999"}, "such as 14/3/2027: that is in the future."),
        ({"arrived": "1/1/1999"}, "such as 14/3/2027: that is before 6 April 2012, when"),
        ({"arrived": "0001-01-01"}, "that is before 6 April 2012, when"),
        ({"arrived": "soon"}, "Enter the day it arrived"),
        ({"people": "0"}, "a whole number from 1"),
        ({"people": "9" * 5000}, "10 characters or fewer"),
        ({"q99": "Hello"}, "There is no question q99"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said_and_nothing_is_lost(sign_in, opened, change, sentence):
    answer = sign_in("ash").send(f"{LIST}new", **FULL | {"channel": "paper"} | change)
    assert answer.status_code == 422
    assert sentence in Page(answer).text
    assert "By the bridge" in answer.text


def test_paper_that_came_on_the_last_day_is_not_late(sign_in, working):
    with working("ash"):
        asking.consultation(last_day_in=-2)
    client = sign_in("ash")
    for days, late in ((2, False), (1, True)):
        day = clock.today() - timedelta(days=days)
        client.send(
            f"{LIST}new", q4="Hello", channel="paper", arrived=day.isoformat(), idempotency_key=str(uuid4())
        )
        with working("ash"):
            newest = db.session.scalars(sa.select(Response).order_by(Response.received.desc())).first()
            assert newest.late is late


def test_nothing_is_entered_before_the_consultation_opens(sign_in, working):
    with working("ash"):
        asking.consultation(opened=clock.now() + timedelta(days=3))
    assert sign_in("ash").get(f"{LIST}new").status_code == 409
    assert sign_in("ash").send(f"{LIST}new", q4="Hello", channel="paper").status_code == 409


def test_setting_aside_is_recorded_with_its_reason_and_can_be_undone(sign_in, reference, working):
    client = sign_in("ash", "analyst")
    assert client.send(f"{LIST}{reference}/setting-aside", kind="duplicate").status_code == 422
    assert client.send(f"{LIST}{reference}/setting-aside", kind="disliked", reason="No").status_code == 422
    for reason in ("The same as R-1", "The same as R-2"):
        answer = client.send(f"{LIST}{reference}/setting-aside", kind="duplicate", reason=reason)
        assert answer.status_code == 303
    assert "The same as R-2" in client.page(LIST + reference).text
    with working("ash"):
        assert db.session.scalars(sa.select(SettingAside)).one().reason == "The same as R-2"
        assert (
            len(db.session.scalars(sa.select(audit.Deed).where(audit.Deed.act == "response.set_aside")).all())
            == 2
        )
    client.send(f"{LIST}{reference}/counting")
    with working("ash"):
        assert db.session.scalars(sa.select(SettingAside)).all() == []
        assert db.session.scalars(
            sa.select(audit.Deed).where(audit.Deed.act == "response.counted_again")
        ).one()


def test_the_home_page_tells_members_how_many_arrived_and_nobody_else(client, sign_in, reference):
    assert "received" in sign_in("ash").page("/f/ash/").text
    assert "responses/" not in client.page("/f/ash/").html
    assert "responses/" not in sign_in("beck").page("/f/ash/").html
