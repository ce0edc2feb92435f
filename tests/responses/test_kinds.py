"""Every kind of question: answered, refused in a sentence, required, asked only of some, and never a 500."""

from uuid import uuid4

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.consultations.questions.conditions import asked_of
from consult.database import db
from consult.responses.form import filing
from consult.responses.form.files import AnswerFile, HeldFile, ending_of, tidy_name
from consult.responses.models import Answer, Place, Response
from tests.responses import kinds
from tests.responses.kinds import ANSWERS, PNG, URL, a_file


@pytest.fixture
def each(working):
    def each(**how):
        for slug in ("ash", "beck"):
            with working(slug):
                kinds.consultation(**how)

    return each


def rows(working, model):
    with working("ash"):
        found = db.session.scalars(sa.select(model)).all()
        for row in found:
            if model is AnswerFile:
                assert row.content
        db.session.expunge_all()
    return found


def test_each_kind_is_kept_as_what_it_is_and_told_back(client, each, working):
    each()
    sent = client.send(URL, **ANSWERS, q6=a_file())
    assert sent.status_code == 303, sent.text
    said = rows(working, Answer)
    assert {(a.choice, a.number, str(a.day or ""), a.text) for a in said} == {
        ("o1", None, "", ""),
        ("4", None, "", ""),
        (None, 12.0, "", ""),
        (None, None, "2027-03-14", ""),
        (None, None, "", "Quiet and green"),
        (None, None, "", "A plan.pdf"),
        ("agreed", None, "", ""),
    }
    [file] = rows(working, AnswerFile)
    assert (file.name, file.media_type, file.content) == ("A plan.pdf", "application/pdf", b"%PDF-1.7 words")
    assert rows(working, HeldFile) == []
    [place] = rows(working, Place)
    assert place.shape is not None
    receipt = client.page(sent.headers["Location"]).text
    for words in ("4", "12 homes", "14 March 2027", "Quiet and green", "A plan.pdf", "I agree", "hectares"):
        assert words in receipt


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"q2": "9"}, "Choose one of the answers listed here"),
        ({"q3": "many"}, "Enter a number, such as 12"),
        ({"q3": "1e3"}, "Enter a number, such as 12"),
        ({"q3": "NaN"}, "Enter a number, such as 12"),
        ({"q3": "٣"}, "Enter a number, such as 12"),
        ({"q3": "2.5"}, "Enter a whole number"),
        ({"q3": "-1"}, "Enter 0 or more"),
        ({"q3": "51"}, "Enter 50 or less"),
        ({"q4.day": "30", "q4.month": "2", "q4.year": "2027"}, "Enter a real date"),
        ({"q4.day": "1", "q4.month": "", "q4.year": "2027"}, "day, month and year in numbers"),
        ({"q4.day": "1", "q4.month": "2", "q4.year": "27"}, "year with four numbers"),
        ({"q4.day": "1", "q4.month": "2", "q4.year": "2031"}, "or an earlier day"),
        ({"q4.day": "1", "q4.month": "2", "q4.year": "2019"}, "or a later day"),
        ({"q5": "x" * 201}, "200 characters or fewer"),
        ({"q6": ("", "x")}, ""),
        ({"q7": "no"}, "is not one of the answers"),
        ({"q8.as": "line", "q8.points": "-2.3,51.4"}, "at least 2 points"),
        ({"q8.as": "area", "q8.points": "-2.3,51.4 -2.4,51.4"}, "at least 3 points"),
        ({"q8.as": "area", "q8.points": "-2.3,51.4 -2.4,51.5 -2.3,51.5 -2.4,51.4"}, "crosses itself"),
        ({"q8.as": "line", "q8.points": "-2.3,51.4 20,20"}, "not in Great Britain"),
        ({"q8.as": "line", "q8.points": "here there"}, "could not be read"),
        ({"q8.as": "line", "q8.points": "-2.3,51.4 " * 101}, "100 points or fewer"),
        ({"q8.grid": "ST 74 6"}, "6, 8 or 10 figures"),
        ({"q8.grid": "AA 748 648"}, "no square"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_and_the_rest_is_kept(client, each, working, wrong, sentence):
    if not sentence:
        wrong, sentence = {"q6": a_file("run.exe", b"MZ\x90")}, "none of the files we take"
    each()
    answer = client.send(URL, **({"q5": "Keep this"} | wrong))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Keep this" in answer.text or "q5" in wrong
    assert rows(working, Response) == []


@pytest.mark.parametrize("number", range(1, 9))
def test_a_required_question_says_so_and_is_not_asked_again_once_it_is_answered(
    client, each, working, number
):
    each(required=(f"q{number}",))
    other = {"q5": "Words"} if number != 5 else {"q2": "3"}
    answer = client.send(URL, **other)
    assert answer.status_code == 422
    kind = kinds.EACH[number - 1][0]
    said = {
        "agree": "your response needs it",
        "choice": "Choose an answer to",
        "scale": "Choose an answer to",
    }
    assert said.get(kind, "“About") in answer.text
    assert rows(working, Response) == []
    whole = {name: value for name, value in ANSWERS.items() if name.split(".")[0] == f"q{number}"}
    whole |= {"q6": a_file()} if number == 6 else {}
    assert client.send(URL, **(other | whole)).status_code == 303


def test_paper_may_leave_out_what_is_required_online(sign_in, each, working):
    each(required=("q1", "q5"))
    entered = sign_in("ash", "organiser").post(
        "/f/ash/consultations/kinds/responses/new", data={"q2": "3", "channel": "paper"}
    )
    assert entered.status_code == 303, entered.text


def test_what_is_not_asked_is_neither_required_nor_kept(client, each, working):
    each(required=("q3", "q5"), show_if={"q3": ("o1",), "q5": ("o1",), "q6": ("o1",)})
    sent = client.send(URL, q1="o2", q2="5", q3="rubbish", q5="Not asked")
    assert sent.status_code == 303, sent.text
    assert {(a.choice, a.text) for a in rows(working, Answer)} == {("o2", ""), ("5", "")}
    asked = client.send(URL, q1="o1", q5="Asked")
    assert asked.status_code == 422
    assert "Enter a number for “About number?”." in asked.text


def test_without_a_script_the_page_says_of_whom_a_question_is_asked(client, each):
    each(show_if={"q3": ("o1",)})
    page = client.page(f"{URL}?whole=1")
    assert "Answer this if you chose “Yes” for “About choice?”." in page.text
    assert 'data-asked-if="q1"' in client.get(f"{URL}?whole=1").text


# Files.


def test_a_file_is_sent_once_and_waits_while_the_rest_is_put_right(client, each, working):
    each()
    key = str(uuid4())
    first = client.send(URL, q6=a_file(), q3="rubbish", idempotency_key=key)
    assert first.status_code == 422
    assert "We have these files of yours" in first.text
    [held] = rows(working, HeldFile)
    assert client.send(URL, q3="5", idempotency_key=key).status_code == 303
    assert [file.name for file in rows(working, AnswerFile)] == ["A plan.pdf"]
    again = client.send(URL, q3="5", idempotency_key=key)
    assert again.status_code == 303, "the same form once more, its file gone already, is the same response"
    assert len(rows(working, Response)) == 1
    assert held.name == "A plan.pdf"


def test_a_held_file_can_be_taken_out(client, each, working):
    each()
    key = str(uuid4())
    client.send(URL, q6=a_file(), do="pause", idempotency_key=key)
    [held] = rows(working, HeldFile)
    client.send(URL, **{"q6.remove": str(held.id), "q5": "Words", "idempotency_key": key})
    assert rows(working, AnswerFile) == []
    assert len(rows(working, Response)) == 1


def test_no_more_than_five_files_and_none_too_large(client, each, working, monkeypatch):
    each()
    monkeypatch.setattr(filing, "MOST_BYTES", 1000)
    many = client.send(URL, q6=[a_file(f"{n}.pdf", b"%PDF-" + bytes([n])) for n in range(6)], do="send")
    assert many.status_code == 422
    assert "up to 5 files" in many.text
    assert len(rows(working, HeldFile)) == 5
    large = client.send(URL, q6=a_file("big.pdf", b"%PDF-" + b"x" * 1000))
    assert large.status_code == 422
    assert "“big.pdf” is larger than" in large.text


def test_a_network_and_a_forum_bring_so_many_files_and_the_form_keeps_the_rest(
    client, each, working, counting, monkeypatch
):
    each()
    monkeypatch.setattr("consult.responses.door.flood.FILES_OF_A_NETWORK", "2 per hour")
    for n in range(3):
        content = b"%PDF-" + bytes([n])
        answer = client.send(URL, q6=a_file(f"{n}.pdf", content), q5="Mine", idempotency_key=str(uuid4()))
        assert answer.status_code == (303 if n < 2 else 422)
    assert "“2.pdf” was not taken" in answer.text
    assert "Mine" in answer.text
    assert len(rows(working, HeldFile)) == 0
    assert len(rows(working, AnswerFile)) == 2


def test_a_large_file_counts_by_its_size(client, each, working, counting, monkeypatch):
    each()
    monkeypatch.setattr("consult.responses.door.flood.FILES_OF_A_FORUM", "4 per day")
    monkeypatch.setattr(filing, "MEGABYTE", 100)
    for size, taken in ((300, True), (20, False)):
        file = a_file("A.pdf", b"%PDF-" + b"x" * size)
        answer = client.send(URL, q6=file, do="pause", idempotency_key=str(uuid4()))
        assert ("was not taken" not in answer.text) is taken
    assert len(rows(working, HeldFile)) == 1


def test_files_are_for_members_as_downloads_only(client, sign_in, each, working):
    each()
    client.send(URL, q6=a_file("../../<b>.html", PNG))
    [file] = rows(working, AnswerFile)
    assert file.name == "b.png"
    address = f"/f/ash/response-files/{file.id}"
    assert client.get(address).status_code in (302, 303, 401, 404)
    assert sign_in("beck", "chair").get(f"/f/beck/response-files/{file.id}").status_code == 404
    answer = sign_in("ash", "organiser").get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("content", "ending"),
    [(b"%PDF-1.4", "pdf"), (PNG, "png"), (b"\xff\xd8\xff\xe0", "jpg"), (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
     (b"<svg onload=alert(1)>", ""), (b"PK\x03\x04 broken", ""), (b"GIF89a", ""), (b"", "")],
)  # fmt: skip
def test_what_a_file_is_is_told_by_its_bytes(content, ending):
    assert ending_of(content) == ending


@given(st.text(max_size=300), st.binary(max_size=300))
def test_any_name_and_any_bytes_are_taken_calmly(name, content):
    tidied = tidy_name(name, "pdf")
    assert tidied.endswith(".pdf")
    assert not set(tidied) & set('/\\<>:"|?*\r\n\0')
    assert ending_of(content) in ("", "pdf", "png", "jpg", "webp")


# Any form at all.


PRINTED = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"))
NAMES = st.sampled_from(
    [
        *ANSWERS,
        "q3",
        "q8.words",
        "q8.lon",
        "q8.lat",
        "q8.grid",
        "q8.postcode",
        "q8.about",
        "q8.view",
        "do",
        "q6.remove",
    ]
)
PRINTED = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"))
KNOWN = st.sampled_from([*ANSWERS.values(), "o2", "send", "", "q8.back", "q8.closer"])
VALUES = KNOWN | st.text(PRINTED, max_size=30)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(NAMES, VALUES, max_size=10),
    st.dictionaries(
        st.sampled_from(["q2", "q3", "q5", "q8"]), st.sampled_from([("o1",), ("o2",), ("o1", "o2")])
    ),
    st.sets(st.sampled_from(["q1", "q3", "q8"])),
)
def test_any_form_is_answered_and_only_what_was_asked_is_kept(client, working, posted, show_if, required):
    reference = f"kinds-{uuid4().hex[:8]}"
    with working("ash"):
        kinds.consultation(reference=reference, required=required, show_if=show_if)
    answer = client.post(URL.replace("/kinds/", f"/{reference}/"), data=posted)
    assert answer.status_code in (200, 303, 422, 429)
    with working("ash"):
        newest = sa.select(Response).order_by(Response.received.desc()).limit(1)
        response = db.session.scalars(newest).first() if answer.status_code == 303 else None
        if response is not None:
            given_to = {}
            for said in response.answers:
                given_to.setdefault(said.question_id, []).append(said.choice)
            there = set(given_to) | {place.question_id for place in response.places}
            questions = list(kinds.find(reference).questions)
            assert there <= asked_of(questions, lambda question: given_to.get(question.id, ()))
            assert required <= {q.reference for q in questions if q.id in there or q.reference in show_if}
