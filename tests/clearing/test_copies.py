"""What is held about one person: all of it, nobody else’s, and that a copy was made is recorded."""

import io
import json
import zipfile

import pytest
import sqlalchemy as sa

from consult.audit import Deed
from consult.database import db
from consult.responses import receipts
from tests.clearing import speaking
from tests.responses import asking

AT = "/f/ash/personal-data"


def copy_of(client, asked):
    answer = client.post(f"{AT}/copies", data={"asked": asked})
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_copy_holds_all_and_that_it_was_made_is_recorded(opened, working, chair, sign_in):
    with working("ash"):
        reference = speaking.with_everything(chair()).reference
        speaking.respond("Somebody else", key="two", email="b@example.org", name="B C")
    client = sign_in("ash")
    for asked in (speaking.EMAIL, speaking.EMAIL.upper(), reference):
        page = client.send(AT, asked=asked).get_data(as_text=True)
        assert reference in page
        files = copy_of(client, asked)
        data = json.loads(files["data.json"])
        assert set(data["rows"]) >= {
            "response",
            "answer",
            "place",
            "answer_file",
            "draft",
            "clearance",
            "follower",
            "mail",
            "hiding",
            "held_file",
            "deed",
        }
        assert {row["act"] for row in data["rows"]["deed"]} >= {"response.hidden", "comment.cleared"}
        assert "Somebody else" not in files["data.json"].decode()
        assert speaking.SIGNATURE in files["read-me-first.html"].decode()
        assert any(name.startswith("files/") and name.endswith("a.pdf") for name in files)
    with working("ash"):
        deeds = db.session.scalars(sa.select(Deed).where(Deed.act == "personal_data.copied")).all()
        assert len(deeds) == 3
        assert all(speaking.EMAIL not in f"{deed.subject} {deed.detail}" for deed in deeds)


def test_a_copy_has_no_way_to_the_receipt(opened, client, working, sign_in):
    """It passes through organisers’ hands: the key of a form, or a mail that waits, would open the receipt to them."""
    client.send(asking.URL, q4="Keep the mill.", email=speaking.EMAIL, idempotency_key="the-key-of-the-form")
    with working("ash"):
        link = receipts.token_of(speaking.only())
    files = copy_of(sign_in("ash"), speaking.EMAIL)
    held = b"".join(files.values())
    assert b"Keep the mill." in held
    assert b"We have your response" in held
    assert b"the-key-of-the-form" not in held
    assert link.encode() not in held


def test_what_another_space_holds_is_in_no_copy(opened, working, sign_in):
    with working("beck"):
        theirs = speaking.respond("Only in Beck").reference
    client = sign_in("ash")
    for asked in (speaking.EMAIL, theirs):
        assert "Nothing is held" in client.send(AT, asked=asked).get_data(as_text=True)
        assert client.post(f"{AT}/copies", data={"asked": asked}).status_code == 409


def test_where_an_address_is_only_mentioned_is_said_and_no_more(opened, working, sign_in):
    with working("ash"):
        speaking.respond(f"Ask {speaking.EMAIL}", email="b@example.org", name="B C", key="two")
        speaking.respond()
    client = sign_in("ash")
    assert "answer: 2" in client.send(AT, asked=speaking.EMAIL).get_data(as_text=True)
    assert "b@example.org" not in copy_of(client, speaking.EMAIL)["data.json"].decode()


@pytest.mark.parametrize("asked", ["", "@", "a@", "x", "%@%", "a b@c"])
def test_half_an_address_finds_nothing(opened, working, sign_in, asked):
    with working("ash"):
        speaking.respond()
    client = sign_in("ash")
    assert client.send(AT, asked=asked).status_code == 422
    assert client.post(f"{AT}/copies", data={"asked": asked}).status_code == 409


def test_only_whoever_answers_for_the_data_looks(opened, client, sign_in):
    assert sign_in("ash", "organiser").get(AT).status_code == 403
    assert sign_in("beck").get(AT).status_code == 404
    assert sign_in("northam", "officer").get("/a/northam/personal-data").status_code == 200
    assert client.get(AT).status_code == 302
