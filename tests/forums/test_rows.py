"""The private list as a table: taken whole, or its mistakes named row by row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.forums import rows
from consult.forums.models import ForumMember

HEAD = "name,address,live,work,elected\n"


def test_a_list_is_read_from_commas_semicolons_and_tabs():
    for mark in ",;\t":
        read = rows.read(HEAD.replace(",", mark) + mark.join(("Ada", "1 Ash Lane", "yes", "no", "")))
        assert read.faults == []
        assert read.members == [
            {"name": "Ada", "address": "1 Ash Lane", "lives": True, "works": False, "elected": False}
        ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "nothing in the list"),
        (HEAD, "no members below"),
        ("name,phone\nAda,1", "“phone” is not one of the columns"),
        ("name,name,live\nAda,Ada,yes", "twice"),
        ("name,address\nAda,here", "The first line must name the columns"),
        (HEAD + ",1 Ash Lane,yes,no,no", "Row 2: it has no name."),
        (HEAD + "Ada,,maybe,no,no", "Row 2: “maybe” under live is neither yes nor no."),
        (HEAD + "Ada,,no,no,no", "Row 2: say yes to at least one"),
        (HEAD + "Ada,,yes,no,no\nAda,,yes,no,no", "Row 3: “Ada” is in row 2 already."),
        (HEAD + "Ada,,yes,no,no,more", "Row 2: it has 6 cells"),
        (HEAD + '"Ada,,yes', "not readable"),
        (HEAD + "A" * 151 + ",,yes,,", "Row 2: its name is longer than 150"),
    ],
)
def test_what_is_wrong_is_said_with_its_row(text, fault):
    assert fault in " ".join(rows.read(text).faults)


def test_what_is_downloaded_can_be_pasted_again():
    members = [ForumMember(name="=Ada", address="1, “Ash” Lane", lives=True, works=False, elected=True)]
    read = rows.read(rows.table_of(members).decode("utf-8-sig"))
    assert read.faults == []
    assert read.members[0]["name"] == "=Ada"
    assert read.members[0]["elected"] is True


@given(st.text(max_size=300))
def test_no_text_raises(text):
    read = rows.read(text)
    assert read.members or read.faults
