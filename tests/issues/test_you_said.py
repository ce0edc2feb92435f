"""“You said, we did”: what is agreed and published, in the forum’s words; and for each who responded, their part."""

from datetime import date

import pytest
import sqlalchemy as sa

from consult.database import db
from consult.feedback import answering
from consult.issues.deciding import agree, decide
from consult.issues.gathered import issue_at, raised
from consult.points.coder import Coder
from consult.points.passages import passage_at
from consult.responses import receipts
from consult.responses.models import Answer, Response
from consult.web.errors import Refused
from consult.web.languages import QUERY
from tests.feedback import stored
from tests.issues.conftest import WORDS

HERE = "/f/ash/consultations/reg14/you-said-we-did"
PUBLISHING = "/f/ash/consultations/reg14/issues/publication"
DAY, MINUTE = date(2026, 5, 14), "Minute 6.2"
THEIRS = ("too fast", "By the mill", "Too many homes", "I like the green")


@pytest.fixture
def agreed(issue, at_work):
    with at_work() as (consultation, person):
        agree(consultation, decide(consultation, issue, person, **WORDS), person, DAY, MINUTE)
    return issue


@pytest.fixture
def published(agreed, at_work):
    with at_work() as (consultation, person):
        answering.publish(consultation, person)
    return agreed


def receipt_of(working, client, reference):
    with working("ash"):
        response = db.session.scalar(sa.select(Response).where(Response.reference == reference))
        token = receipts.token_of(response)
    return f"/f/ash/consultations/reg14/receipts/{token}/answers"


def test_nothing_is_public_before_a_person_publishes_it(client, agreed):
    page = client.get(HERE)
    assert "The replies are not published yet" in page.text
    assert "We agree." not in page.text
    assert "You said, we did" not in client.get("/f/ash/consultations/reg14/").text


def test_what_is_agreed_is_published_in_the_forums_words(client, sign_in, agreed):
    chair = sign_in("ash", "chair")
    page = chair.get(PUBLISHING)
    assert "We agree." in page.text
    assert chair.post(PUBLISHING).status_code == 303
    text = client.get(HERE).text
    for words in ("Fast cars", "People find it fast.", "The plan changes", "We agree.", "14 May 2026"):
        assert words in text
    assert "From fewer than 5 responses" in text
    assert not [words for words in THEIRS if words in text]
    assert "You said, we did" in client.get("/f/ash/consultations/reg14/").text
    assert "as it stood then" in chair.get(PUBLISHING).text


def test_enough_responses_are_counted(client, agreed, coded, at_work):
    with at_work() as (consultation, person):
        coder = Coder(consultation, person)
        for number in range(4):
            row = stored.written(consultation, "Fast!")
            stored.respond(consultation, number, row, people=2 if number else 1)
            coder.code(passage_at(consultation, row.id), "", {coded["Traffic"]})
        agree(consultation, decide(consultation, agreed, person, **WORDS), person, DAY, MINUTE)
        answering.publish(consultation, person)
    assert "From 6 responses, 9 people" in client.get(HERE).text


def test_drafts_and_later_replies_wait_for_the_next_publication(client, published, at_work):
    with at_work() as (consultation, person):
        again = decide(consultation, published, person, **WORDS | {"reply": "Rather not."})
    assert "Rather not." not in client.get(HERE).text
    with at_work() as (consultation, person):
        agree(consultation, db.session.merge(again), person, DAY, MINUTE)
    assert "Rather not." not in client.get(HERE).text
    with at_work() as (consultation, person):
        answering.publish(consultation, person)
    text = client.get(HERE).text
    assert "Rather not." in text
    assert "We agree." not in text


def test_it_is_taken_back(client, sign_in, published):
    sign_in("ash", "chair").post(f"{PUBLISHING}/ending")
    assert "We agree." not in client.get(HERE).text
    answer = sign_in("ash", "chair").post(f"{PUBLISHING}/ending")
    assert answer.status_code == 409


def test_nothing_agreed_is_not_published(issue, at_work):
    with at_work() as (consultation, person), pytest.raises(Refused, match="No reply has been agreed"):
        answering.publish(consultation, person)


def test_what_is_still_open_is_not_published(app, working, at_work):
    with working("ash"):
        stored.consultation("open")
    with (
        at_work() as (consultation, person),
        pytest.raises(Refused, match="once the consultation has closed"),
    ):
        answering.publish(consultation, person)


def test_who_may_publish(sign_in, client, agreed):
    for who, code in ((("ash", "analyst"), 403), (("beck", "chair"), 404)):
        assert sign_in(*who).get(PUBLISHING).status_code == code
        assert sign_in(*who).post(PUBLISHING).status_code == code
    assert "We agree." not in client.get(HERE).text


def test_personal_details_in_the_forums_words_are_pointed_out(sign_in, issue, at_work):
    with at_work() as (consultation, person):
        words = WORDS | {"reply": "Write to ann@example.org."}
        agree(consultation, decide(consultation, issue, person, **words), person, DAY, MINUTE)
    assert "This may be personal: “ann@example.org" in sign_in("ash", "chair").get(PUBLISHING).text


# Each their own.


def test_by_the_reference_alone_the_issue_is_named_and_no_word(client, published):
    text = client.get(f"{HERE}?reference=r-aaaa-aa").text
    assert "R-AAAA-AA is answered here:" in text
    assert 'href="#issue-1"' in text
    assert not [words for words in THEIRS if words in text]
    assert "noindex" in text


def test_what_is_not_answered_is_said_so(client, published):
    assert "What it raised besides is still being answered." in client.get(f"{HERE}?reference=R-BBBB-BB").text
    assert "None of the issues below answers R-CCCC-CC." in client.get(f"{HERE}?reference=R-CCCC-CC").text
    assert (
        "No response to this consultation has the reference" in client.get(f"{HERE}?reference=R-ZZZZ-ZZ").text
    )


def test_whoever_holds_the_receipt_reads_their_own_words_and_the_reply(client, published, working):
    page = receipt_of(working, client, "R-AAAA-AA")
    text = client.get(page).text
    assert "The road is too fast!" in text
    assert "We agree." in text
    assert "I like the green" not in text  # raises nothing that is answered
    assert "By the mill" not in text
    assert client.get(page.replace("/receipts/", "/receipts/x")).status_code == 404
    assert client.get(page.replace("/f/ash/", "/f/beck/")).status_code == 404


def test_a_reply_to_one_point_alone_is_for_the_receipt_only(client, published, at_work, working):
    with at_work() as (consultation, person):
        owner = db.session.scalar(sa.select(Response.id).where(Response.reference == "R-AAAA-AA"))
        point = next(p for p, who in issue_at(consultation, published).points.items() if who == owner)
        words = WORDS | {"outcome": "noted", "change": "", "reply": "To you alone."}
        alone = decide(consultation, published, person, point=point, **words)
        agree(consultation, alone, person, DAY, MINUTE)
    assert "To you alone." not in client.get(HERE).text
    text = client.get(f"{HERE}?reference=R-AAAA-AA").text
    assert "To you alone." not in text
    assert "a reply of its own" in text
    text = client.get(receipt_of(working, client, "R-AAAA-AA")).text
    assert "To you alone." in text
    assert "The reply to all who raised this" not in text
    assert "To you alone." not in client.get(receipt_of(working, client, "R-BBBB-BB")).text


def test_erased_words_are_nowhere(client, published, at_work, working):
    from consult.clearing import erasing

    with at_work() as (_, person):
        response = db.session.scalar(sa.select(Response).where(Response.reference == "R-AAAA-AA"))
        erasing.erase(response, "Asked for it.", person)
    text = client.get(receipt_of(working, client, "R-AAAA-AA")).text
    assert "too fast" not in text


def test_it_is_spoken_in_urdu(client, published):
    text = client.get(f"{HERE}?{QUERY}=ur").text
    assert "منصوبہ بدلتا ہے" in text
    assert "We agree." in text


def test_the_points_that_a_reply_answers_are_those_published(published, at_work, coded, said):
    """One that was coded after the reply is not said to be answered."""
    with at_work() as (consultation, person):
        Coder(consultation, person).code(
            passage_at(consultation, said["R-CCCC-CC", "q4"]), "", {coded["Traffic"]}
        )
        response = db.session.scalar(sa.select(Response).where(Response.reference == "R-CCCC-CC"))
        mine, left = answering.mine(consultation, answering.current(consultation), response)
        assert (mine, left) == ([], True)
        assert len(raised(consultation, response.id).owners) == 1
        assert db.session.scalar(sa.select(Answer.text).where(Answer.response_id == response.id))
