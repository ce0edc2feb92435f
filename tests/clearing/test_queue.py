"""The pages on which a member clears what people wrote."""

import pytest
import sqlalchemy as sa

from consult.audit import Deed
from consult.clearing import public
from consult.clearing.models import Clearance, Redaction
from consult.database import db
from tests.clearing import speaking

QUEUE = "/f/ash/consultations/reg14/clearing/"


@pytest.fixture
def response(opened, working):
    with working("ash"):
        return speaking.respond("Ask Mr Brown of 12 High Street. Keep the mill.").id


def review(response):
    return f"/f/ash/clearing/{response}"


def names_of(page):
    return {
        field.get("name")
        for field in page.tree.iter("textarea")
        if field.get("name", "").startswith("words-")
    }


def decisions():
    return db.session.scalars(sa.select(Clearance).order_by(Clearance.at)).all()


def test_those_who_combine_see_the_queue_and_nobody_else(opened, response, client, sign_in):
    assert "1 response waits" in sign_in("ash", "analyst").page(QUEUE).text
    assert sign_in("ash", "viewer").get(QUEUE).status_code == 403
    assert client.get(QUEUE).status_code == 302
    for at in (QUEUE, review(response)):
        assert sign_in("beck").get(at).status_code == 404
    assert sign_in("beck").get(f"/f/beck/clearing/{response}").status_code == 404


def test_what_is_marked_is_shown_in_its_place(response, sign_in):
    page = sign_in("ash").page(QUEUE)
    marked = ["".join(mark.itertext()) for mark in page.tree.iter("mark")]
    assert "[name: Mr Brown]" in marked
    assert "[street address: 12 High Street]" in marked


def test_several_are_cleared_as_they_are_marked(response, sign_in, working):
    chair = sign_in("ash")
    assert chair.send(QUEUE, response=str(response)).status_code == 303
    assert "Nothing waits" in chair.page(QUEUE).text
    with working("ash"):
        text = speaking.only().answers[1]
        assert public.words_of(text) == "Ask [name removed] of [street address removed]. Keep the mill."
        assert {clearance.by_id for clearance in decisions()} != {None}
        assert {redaction.reason for redaction in db.session.scalars(sa.select(Redaction))} == {
            "Personal details"
        }
        assert db.session.scalars(sa.select(Deed).where(Deed.act == "comment.cleared")).all()
    assert chair.send(QUEUE, response="not an id").status_code == 409


def test_a_member_chooses_what_is_taken_out_and_why(response, sign_in, working):
    chair = sign_in("ash")
    page = chair.page(review(response))
    fields = {}
    for name in names_of(page):
        comment = name.removeprefix("words-")
        fields |= {name: "Keep the mill.", f"outcome-{comment}": "cleared", f"reason-{comment}": "Tells who"}
    assert chair.send(review(response), **fields).status_code == 303
    with working("ash"):
        assert (
            public.words_of(speaking.only().answers[1])
            == "Ask Mr Brown of 12 High Street. [personal details removed]"
        )


def test_what_is_unsaid_is_not_cleared(response, sign_in, working):
    assert sign_in("ash").send(review(response)).status_code == 303
    with working("ash"):
        assert decisions() == []


def test_words_that_do_not_stand_there_and_missing_reasons_are_told(response, sign_in, working):
    chair = sign_in("ash")
    comment = sorted(names_of(chair.page(review(response))))[0].removeprefix("words-")
    wrong = {f"words-{comment}": "No such words", f"outcome-{comment}": "cleared", f"reason-{comment}": "x"}
    answer = chair.send(review(response), **wrong)
    assert answer.status_code == 422
    assert "“No such words” does not stand in this comment" in answer.get_data(as_text=True)
    answer = chair.send(review(response), **{f"outcome-{comment}": "withheld", f"reason-{comment}": ""})
    assert answer.status_code == 422
    assert "Give the reason" in answer.get_data(as_text=True)
    with working("ash"):
        assert decisions() == []


def test_a_comment_is_withheld_and_later_waits_again(response, sign_in, working):
    chair = sign_in("ash")
    comment = sorted(names_of(chair.page(review(response))))[0].removeprefix("words-")
    name = f"outcome-{comment}"
    chair.send(review(response), **{name: "withheld", f"reason-{comment}": "Abusive"})
    chair.send(review(response), **{name: "waiting", f"reason-{comment}": ""})
    with working("ash"):
        assert [clearance.outcome for clearance in decisions()] == ["withheld", "reopened"]
    assert "1 response waits" in chair.page(QUEUE).text


@pytest.mark.parametrize("publication", ["summaries"])
def test_where_only_summaries_are_published_there_is_no_queue(response, sign_in):
    chair = sign_in("ash")
    assert "nothing to clear" in chair.page(QUEUE).text
    assert "nothing to clear" in chair.page(review(response)).text
    assert chair.send(review(response)).status_code == 409


def test_the_page_of_the_consultation_leads_there(response, sign_in):
    page = sign_in("ash").page("/f/ash/consultations/reg14/setup")
    assert "Clear comments for publication : 1 response waits" in page.text
    assert "What you hold about a person" in page.text
    assert (
        "What you hold about a person"
        not in sign_in("ash", "organiser").page("/f/ash/consultations/reg14/setup").text
    )
