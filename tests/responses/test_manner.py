"""Optional questions about people, addresses that are confirmed, and what each stage asks of whoever answers."""

from uuid import uuid4

import pytest
import sqlalchemy as sa

from consult.consultations.models import Consultation, find
from consult.database import db
from consult.responses import equality
from consult.responses.confirming import EmailConfirmation
from consult.responses.equality import EqualityTally
from consult.responses.manner import Manner
from consult.responses.models import Response
from tests.inspector import Page
from tests.responses import asking
from tests.responses.asking import URL
from tests.responses.paging import Paging
from tests.responses.test_respond import hidden, stored

HERE = URL.removesuffix("respond")


@pytest.fixture
def chosen(working):
    with working("ash"):
        made = asking.drafted()
        asking.add(Manner(consultation_id=made.id, asks_equality=True, confirms_email=True))
        asking.open_it(made)
        asking.postcodes()
    with working("beck"):
        asking.consultation()


def answered(client, times, **given):
    for _ in range(times):
        assert client.post(f"{HERE}about-people", data=given).status_code == 200


def test_answers_are_added_up_and_no_row_is_a_person(client, chosen, working):
    answered(client, 1, age="25-34", sex="female", religion="")
    answered(client, 2, age="25-34", sex="nonsense")
    numbers = {(t.question, t.answer): t.number for t in stored(working, EqualityTally)}
    assert {key: n for key, n in numbers.items() if n} == {("age", "25-34"): 3, ("sex", "female"): 1}
    # Every answer has its row from the first moment, so that their order says nothing.
    assert len(numbers) == sum(len(topic.options) for topic in equality.topics())
    columns = set(sa.inspect(EqualityTally).columns.keys())
    assert columns == {"space_id", "id", "consultation_id", "question", "answer", "number"}


def test_the_page_knows_nothing_of_the_response(client, chosen):
    location = client.send(URL, q4="Hello", email="ann@example.org").headers["Location"]
    page = client.page(location)
    [link] = [a for a in page.tree.iter("a") if "about-people" in (a.get("href") or "")]
    assert link.get("href") == f"{HERE}about-people"
    assert link.get("rel") == "noreferrer"
    asked = client.page(f"{HERE}about-people")
    names = {i.get("name") for i in asked.tree.iter("input")}
    assert names == {"csrf_token", *(topic.key for topic in equality.topics())}


def test_small_numbers_are_shown_to_nobody_and_none_before_the_close(client, sign_in, chosen, working):
    answered(client, 5, age="25-34")
    answered(client, 4, age="35-49")
    member = sign_in("ash", "analyst")
    assert "25 to 34" not in member.page(f"{HERE}equality").text
    with working("ash"):
        asking.close(find("reg14"))
    text = member.page(f"{HERE}equality").text
    assert "25 to 34 5" in text
    assert "35 to 49 Fewer than 5" in text
    assert client.post(f"{HERE}about-people", data={"age": "25-34"}).status_code == 404
    assert sign_in("beck", "chair").get(f"{HERE}equality").status_code == 404


def test_where_nobody_chose_them_they_are_not_asked(client, opened):
    assert client.get(f"{HERE}about-people").status_code == 404
    assert "about-people" not in client.get(client.send(URL, q4="Hello").headers["Location"]).text


def test_they_are_chosen_before_the_opening_and_not_after(sign_in, opened, working):
    organiser = sign_in("ash", "organiser")
    assert organiser.send(f"{HERE}responding", asks_equality="y").status_code == 409
    with working("ash"):
        other = Consultation(reference="early", stage="early_engagement", title="Early")
        db.session.add(other)
    there = HERE.replace("reg14", "early")
    assert organiser.send(f"{there}responding", asks_equality="y").status_code == 303
    [manner] = stored(working, Manner)
    assert (manner.asks_equality, manner.confirms_email) == (True, False)
    assert sign_in("ash", "viewer").get(f"{there}responding").status_code == 403


def test_an_address_is_confirmed_by_the_mailed_link_and_a_scanner_confirms_nothing(
    client, chosen, working, mailed
):
    client.send(URL, q4="Hello", email="ann@example.org", idempotency_key=str(uuid4()))
    [mail] = mailed()
    link = next(line for line in mail["text"].splitlines() if "/confirmations/" in line).strip()
    path = link.replace("http://localhost", "")
    assert client.get(path).status_code == 200
    assert stored(working, EmailConfirmation) == []
    for _ in range(2):
        assert "confirmed" in client.post(path).text
    assert len(stored(working, EmailConfirmation)) == 1
    assert client.get(path.replace("ash", "beck")).status_code == 404
    assert client.get(path[:-1]).status_code == 404


# What each stage asks.


@pytest.fixture
def regulation_16(working):
    with working("northam"):
        asking.consultation(reference="reg16", stage="regulation_16")
    return "/a/northam/consultations/reg16/respond"


def test_at_regulation_16_a_name_and_an_address_are_needed_and_wishes_are_taken(
    client, regulation_16, working
):
    paging = Paging(client, regulation_16)
    missing = paging.post(at="about")
    assert missing.status_code == 422
    for sentence in ("Enter your name", "Enter your postal address", "regulation 19"):
        assert sentence in Page(missing).text
    given = {
        "name": "Ann",
        "address": "1 The Lane",
        "tell_decision": "y",
        "wants_hearing": "y",
        "why_hearing": "Noise",
    }
    paging.to_the_end(q4="Hello", **given)
    shown = paging.page().text
    for words in ("1 The Lane", "Noise"):
        assert words in shown
    receipt = client.page(paging.send().headers["Location"])
    assert "1 The Lane" in receipt.text
    with working("northam"):
        response = db.session.scalars(sa.select(Response)).one()
        assert (response.address, response.tell_decision, response.wants_hearing) == (
            "1 The Lane",
            True,
            True,
        )
        assert response.why_hearing == "Noise"
        assert response.publication


def test_earlier_stages_need_nothing_and_take_no_wishes(client, opened, working):
    paging = Paging(client)
    page = Page(client.get(f"{paging.draft}?at=about"))
    assert "Postal address" not in page.text
    assert "hearing" not in page.text
    paging.to_the_end(q4="Hello").send()
    [response] = stored(working)
    assert (response.name, response.address, response.wants_hearing) == ("", "", False)


def test_an_agent_says_whom_they_answer_for(client, opened, working):
    paging = Paging(client)
    answer = paging.post(at="about", kind="agent")
    assert answer.status_code == 422
    assert "Say whom you answer for." in Page(answer).text
    paging.writes(at="about", kind="agent", client="Mill Farm").to_the_end()
    Paging.of(client, paging.draft).writes(at="page-2", q4="Hello")
    Paging.of(client, f"{paging.draft}?at=check").send()
    [response] = stored(working)
    assert (response.kind, response.client) == ("agent", "Mill Farm")


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        ("names", "Published beside what you said."),
        ("redacted", "Not published."),
        ("summaries", "Not published."),
    ],
)
def test_each_field_says_who_will_see_it(policy, words):
    from consult.responses.form import personal

    class Asked:
        publication = policy

    notes = personal.public_notes(Asked())
    assert notes["name"] == words
    assert "Not published" in notes["email"]
    assert "Not published" in notes["postcode"]


def test_the_notice_and_the_policy_are_kept_as_they_were_shown(client, opened, working):
    paging = Paging(client).to_the_end(q4="Hello")
    shown = paging.page()
    paging.send(idempotency_key=hidden(shown, "idempotency_key"))
    [response] = stored(working)
    assert response.notice in shown.text
    assert response.publication in shown.text


def test_the_trap_is_on_the_paged_form_too(client, opened):
    answer = Paging(client).post(at="about", website="https://robots.example")
    assert answer.status_code == 422
    assert "trap for robots" in Page(answer).text
