"""A whole response is hidden from everyone with a reason, and shown again; it counts as before."""

import pytest
import sqlalchemy as sa

from consult.audit import Deed
from consult.clearing import hiding, public
from consult.clearing.models import Hiding
from consult.database import db
from consult.feedback import tallies
from consult.responses.models import Response
from consult.web.errors import Refused
from tests.clearing import speaking

QUEUE = "/f/ash/consultations/reg14/clearing/"


@pytest.fixture
def publication():
    return "names"


@pytest.fixture
def response(opened, working, chair):
    with working("ash"):
        made = speaking.respond()
        speaking.clear_all(made, chair())
        return made.id


def test_nothing_of_what_is_hidden_is_public_until_it_is_shown_again(response, working, chair):
    with working("ash"):
        one = speaking.only()
        rows = [*one.answers, *one.places]
        counted = tallies.figures(tallies.take(speaking.asked()))
        words, name = [public.words_of(row) for row in rows], public.name_of(one)
        said = public.said(speaking.asked())
        hiding.hide(one, "abusive", "It threatens the chair.", chair())
        assert [public.words_of(row) for row in rows] == [None] * 3
        assert public.name_of(one) is None
        assert public.said(speaking.asked()) == []
        assert not public.is_anything_said(speaking.asked())
        assert tallies.figures(tallies.take(speaking.asked())) == counted
        hiding.show_again(one, chair())
        assert ([public.words_of(row) for row in rows], public.name_of(one)) == (words, name)
        assert public.said(speaking.asked()) == said != []
        assert public.is_anything_said(speaking.asked())


def test_both_are_on_record(response, working, chair):
    with working("ash"):
        one = speaking.only()
        hiding.hide(one, "elsewhere", "It is about another parish.", chair())
        hiding.hide(one, "abusive", "Twice.", chair())
        hiding.show_again(one, chair())
        hiding.show_again(one, chair())
        [kept] = db.session.scalars(sa.select(Hiding))
        assert (kept.ground, kept.reason) == ("elsewhere", "It is about another parish.")
        assert kept.by_id == kept.ended_by_id == chair().id
        acts = db.session.scalars(
            sa.select(Deed.act).where(Deed.subject == one.reference).order_by(Deed.at)
        ).all()
        assert [act for act in acts if act.startswith(("response.hid", "response.shown"))] == [
            "response.hidden",
            "response.shown_again",
        ]


@pytest.mark.parametrize(("ground", "reason"), [("abusive", ""), ("dull", "We disagree"), ("", "x")])
def test_a_ground_and_a_reason_are_asked_for(response, working, chair, ground, reason):
    with working("ash"), pytest.raises(Refused, match="Give the reason"):
        hiding.hide(speaking.only(), ground, reason, chair())


def test_a_member_hides_it_on_a_page_and_finds_it_again(response, working, sign_in):
    chair, at = sign_in("ash"), f"/f/ash/hidings/{response}"
    assert chair.send(at, ground="", reason="").status_code == 422
    assert chair.send(at, ground="abusive", reason="It threatens the chair.").status_code == 303
    page = chair.page(QUEUE)
    assert "it is abusive or threatening" in page.text
    assert at in page.html
    assert "It threatens the chair." in chair.page(at).text
    assert "This whole response is hidden" in chair.page(f"/f/ash/clearing/{response}").text
    assert chair.send(f"{at}/ending").status_code == 303
    assert at not in chair.page(QUEUE).html


def test_what_is_hidden_does_not_wait_to_be_cleared(opened, working, chair, sign_in):
    with working("ash"):
        hiding.hide(speaking.respond(), "abusive", "It threatens the chair.", chair())
    assert "Nothing waits" in sign_in("ash").page(QUEUE).text


def test_those_who_combine_hide_and_nobody_else(response, client, sign_in, working):
    at = f"/f/ash/hidings/{response}"
    assert client.get(at).status_code == 302
    assert sign_in("ash", "analyst").get(at).status_code == 200
    for who in (("ash", "viewer"), ("beck", "chair"), ("northam", "officer")):
        assert sign_in(*who).get(at).status_code in (403, 404)
        assert sign_in(*who).post(at, data={"ground": "abusive", "reason": "x"}).status_code in (403, 404)
    assert sign_in("beck").get(f"/f/beck/hidings/{response}").status_code == 404
    with working("ash"):
        assert db.session.scalars(sa.select(Hiding)).all() == []
        assert db.session.scalars(sa.select(Response)).one()
