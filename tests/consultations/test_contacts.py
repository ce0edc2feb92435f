"""Contacts from a file: all or nothing, each mistake with its row, and twice adds nothing."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.consultations.consulted import contacts
from consult.consultations.consulted.schedule import schedule_1
from consult.consultations.models import find
from consult.web import cells
from tests.consultations.setting import consultation

URL = "/f/ash/consultations/first/consultees/contacts"
GOOD = "body,organisation,name,email,address\n(h),Network Rail,,Plans@Rail.example.org,\n,,Ann Other,,1 Mill Lane\n"
FAULTY = [
    (b"", "empty"),
    (b"\x00\x01", "not a CSV table"),
    ("organisation,email\nCafé,a@example.org\n".encode("latin-1"), "not UTF-8"),
    ("organisation,email\nCafé,a@example.org\n".encode("utf-16"), "not UTF-8"),
    (b"organisation,email\n", "no contacts"),
    (b"who,email\nA,a@example.org\n", "“who” is not one of the columns"),
    (b"organisation,organisation,email\nA,A,a@example.org\n", "there twice"),
    (b"organisation\nA\n", "must name the columns"),
    (b"email\na@example.org\n", "must name the columns"),
    (b"organisation,email\nA,a@example.org,more\n", "Row 2 has 3 cells"),
    (b"organisation,email\nA,a@example.org\n,b@example.org\n", "Row 3: it names neither"),
    (b"organisation,email\nA,\n", "Row 2: it has neither an email nor a postal address"),
    (b"organisation,email\nA,nobody\n", "Row 2: “nobody” is not an email address"),
    (b"organisation,email\nA,\"a@example.org\nBcc: b@example.org\"\n", "is not an email address"),
    (b"organisation,email\nA,\"a@example.org,b@example.org\"\n", "is not an email address"),
    (b"body,organisation,email\nzz,A,a@example.org\n", "Row 2: “zz” is no body of Schedule 1"),
    (b"organisation,email\n" + b"A" * 151 + b",a@example.org\n", "Row 2: its organisation is longer than 150"),
    (b"organisation,email\nA,a@example.org\n\"B,b@example.org\n", "not readable as CSV"),
    (b"organisation,email\n" + b"A,a@example.org\n" * 1001, "more than 1,000 contacts"),
    (b"organisation,email\n" + b"A" * 400_000, "larger than 400 kB"),
]  # fmt: skip


@pytest.fixture
def draft(working):
    for space in ("ash", "beck"):
        with working(space):
            consultation()


@pytest.fixture
def send(sign_in, draft):
    organiser = sign_in("ash", "organiser")

    def send(content):
        content = content.encode() if isinstance(content, str) else content
        return organiser.post(URL, data={"file": (io.BytesIO(content), "contacts.csv")})

    return send


def on_the_list(working, space="ash"):
    with working(space):
        return sorted(consultee.identity for consultee in find("first").consultees)


def test_a_file_goes_in_and_twice_adds_nothing(send, working):
    assert send(GOOD).status_code == 303
    once = on_the_list(working)
    assert once == [("", "", "ann other", ""), ("network-rail", "network rail", "", "plans@rail.example.org")]
    assert send("\ufeff" + GOOD.replace("\n", "\r\n")).status_code == 303
    assert on_the_list(working) == once
    assert on_the_list(working, "beck") == []


def test_the_same_line_twice_in_a_file_is_one_contact(send, working):
    send("organisation,email\nA,a@example.org\na,A@EXAMPLE.org\n")
    assert len(on_the_list(working)) == 1


@pytest.mark.parametrize(("content", "sentence"), FAULTY, ids=[sentence for _, sentence in FAULTY])
def test_a_faulty_file_is_explained_row_by_row_and_adds_nothing(send, working, content, sentence):
    answer = send(content)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert on_the_list(working) == []


def test_one_bad_row_keeps_the_good_ones_out_and_every_bad_row_is_named(send, working):
    answer = send("organisation,email\nA,a@example.org\nB,no\n,c@example.org\nD,d@example.org\n")
    assert "Row 3:" in answer.text
    assert "Row 4:" in answer.text
    assert "Row 2:" not in answer.text
    assert on_the_list(working) == []


def test_no_file_is_explained(sign_in, draft):
    assert "Choose a file" in sign_in("ash", "organiser").post(URL, data={}).text


def test_cells_that_a_spreadsheet_would_run_are_only_words(send, working, sign_in):
    hostile = ['=HYPERLINK("http://example.org")', "+1", "-1", "@SUM(1)", "<script>alert(1)</script>", "\t=1"]
    made = cells.table(["organisation", "address"], [(cell, cell) for cell in hostile])
    assert send(made).status_code == 303
    organiser = sign_in("ash", "organiser")
    assert "<script>alert" not in organiser.get(URL.replace("/contacts", "")).text
    proof = organiser.get(URL.replace("/contacts", "/notices.csv")).data.decode("utf-8-sig")
    assert '"=HYPERLINK' not in proof
    assert "'=HYPERLINK" in proof


def test_the_file_to_fill_in_can_be_read_once_it_is_filled_in(sign_in, draft, send, working):
    answer = sign_in("ash", "organiser").get(f"{URL}.csv")
    lines = answer.data.decode("utf-8-sig").split("\r\n")
    assert len(lines) == len(schedule_1().bodies) + 2
    filled = [line.replace('""\r', "") for line in lines[:1]]
    filled += [
        line.rsplit(",", 2)[0] + ',"them@example.org",""' if line.split(",")[1] != '""' else ""
        for line in lines[1:-1]
    ]
    assert send("\r\n".join(filled)).status_code == 303
    assert ("natural-england", "natural england", "", "them@example.org") in on_the_list(working)


@given(st.binary(max_size=400))
def test_whatever_the_bytes_are_something_is_said(content):
    read = contacts.read(content)
    assert read.contacts or read.faults


@given(st.lists(st.lists(st.text(max_size=30), min_size=1, max_size=6), max_size=8))
def test_whatever_the_cells_are_a_contact_is_whole_or_its_row_is_named(rows):
    content = cells.table(["organisation", "email", "address"], rows)
    read = contacts.read(content)
    if not read.faults:
        for contact in read.contacts:
            assert contact["organisation"]
            assert contact["email"] or contact["address"]
            assert "\n" not in contact["organisation"] + contact["email"]
