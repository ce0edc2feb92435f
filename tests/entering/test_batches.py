import re
from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from consult import clock
from consult.consultations.models import find
from consult.database import db
from consult.entering.models import Batch, Sheet
from consult.feedback import tallies
from consult.responses.models import Response, SettingAside
from tests.entering.conftest import HOME
from tests.inspector import Page
from tests.responses import asking

TYPED = {"q2": "yes", "channel": "event"}


def key_in(client, batch, **change):
    form = TYPED | {"idempotency_key": str(uuid4())} | change
    return client.send(f"/f/ash/batches/{batch}/sheets", **form)


def numbers(working):
    with working("ash"):
        return sorted(db.session.scalars(sa.select(Sheet.number)))


def test_several_people_type_one_batch_and_every_sheet_has_a_number_of_its_own(sign_in, batch, working):
    typists = [sign_in("ash", "analyst"), sign_in("ash", "organiser")]
    for number in range(4):
        answer = key_in(typists[number % 2], batch, q4=f"Sheet {number}")
        assert f"/batches/{batch}/sheets" in answer.headers["Location"]
    assert numbers(working) == [1, 2, 3, 4]
    page = typists[0].page(f"/f/ash/batches/{batch}")
    assert "4 of 30 sheets entered." in page.text
    with working("ash"):
        assert len(set(db.session.scalars(sa.select(Response.entered_by_id)))) == 2


def test_a_form_sent_twice_is_one_sheet(sign_in, batch, working):
    client, key = sign_in("ash"), str(uuid4())
    for _ in range(2):
        assert key_in(client, batch, idempotency_key=key).status_code == 303
    assert numbers(working) == [1]


def came(page):
    """How and when the page takes the sheet to have come."""
    day = re.search(r'name="arrived"[^>]* value="([^"]*)"', page.html).group(1)
    return re.search(r'value="(\w+)" checked', page.html).group(1), day


def test_the_next_sheet_remembers_how_and_when_the_last_came(sign_in, batch):
    client, first = sign_in("ash"), f"{clock.today() - timedelta(days=3):%d/%m/%Y}"
    page = client.page(f"/f/ash/batches/{batch}/sheets")
    assert came(page) == ("event", first)
    later = f"{clock.today() - timedelta(days=1):%d/%m/%Y}"
    following = key_in(client, batch, channel="email", arrived=later).headers["Location"]
    assert came(client.page(following)) == ("email", later)
    assert came(client.page(f"/f/ash/batches/{batch}/sheets")) == ("event", first)  # begun anew


def test_what_is_undone_is_kept_uncounted_and_its_number_is_given_again(sign_in, batch, working):
    client = sign_in("ash", "analyst")
    for words in ("One", "Two", "Three"):
        key_in(client, batch, q4=words)
    with working("ash"):
        second = db.session.scalars(sa.select(Sheet).where(Sheet.number == 2)).one().response_id
    there = f"/f/ash/entries/{second}/undoing"
    assert client.send(there, reason="").status_code == 409
    assert client.send(there, reason="The wrong sheet").status_code == 303
    assert numbers(working) == [1, 3]
    key_in(client, batch, q4="Two again")
    assert numbers(working) == [1, 2, 3]
    with working("ash"):
        assert db.session.scalars(sa.select(SettingAside.reason)).one() == "Entered in error: The wrong sheet"
        line = tallies.reconciliation(tallies.take(find("reg14")))
        assert (line.received, line.counted, line.excluded, line.adds_up) == (4, 3, 1, True)


def test_sheets_are_late_by_the_day_on_which_they_came(sign_in, batch, working):
    client = sign_in("ash")
    with working("ash"):
        asking.close(find("reg14"), at=clock.now() - timedelta(days=2))
    key_in(client, batch, arrived=f"{clock.today() - timedelta(days=3):%d/%m/%Y}")
    key_in(client, batch, arrived=f"{clock.today() - timedelta(days=1):%d/%m/%Y}")
    with working("ash"):
        rows = db.session.execute(sa.select(Sheet.number, Response.late).join(Response, Sheet.response))
        assert {number: late for number, late in rows} == {1: False, 2: True}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Name the batch."),
        ({"name": "Drop-in"}, "There is a batch of that name already"),
        ({"received": "soon"}, "that is not a day"),
        ({"received": "1/1/2999"}, "that is in the future"),
        ({"sheets": "0"}, "whole number from 1"),
        ({"sheets": "³"}, "whole number from 1"),
        ({"channel": "web"}, "Choose one of the answers"),
    ],
)
def test_a_batch_that_cannot_be_is_refused_in_a_sentence(sign_in, batch, working, change, sentence):
    about = {"name": "Post", "channel": "paper", "received": "14/3/2026", "sheets": "3"} | change
    answer = sign_in("ash").send(f"{HOME}batches", **about)
    assert answer.status_code == 422
    assert sentence in Page(answer).text
    with working("ash"):
        assert db.session.scalars(sa.select(Batch)).one().name == "Drop-in"


def test_nobody_else_sees_a_batch_or_types_into_it(client, sign_in, batch, working):
    assert client.get(f"/f/ash/batches/{batch}").status_code == 302
    assert sign_in("ash", "viewer").get(f"/f/ash/batches/{batch}").status_code == 403
    beck = sign_in("beck")
    assert beck.get(f"/f/beck/batches/{batch}").status_code == 404
    assert beck.send(f"/f/beck/batches/{batch}/sheets", **TYPED).status_code == 404
    assert numbers(working) == []
