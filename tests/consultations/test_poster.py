"""The poster: a page to print, whatever was typed, with a code that leads to the consultation."""

import re

import pytest

from consult.consultations.models import find
from consult.consultations.paper import poster
from tests.consultations.setting import consultation, regulation_14

URL = "/f/ash/consultations/reg14/publicity/poster.pdf"


def test_a_poster_is_one_tagged_page(sign_in, working):
    with working("ash"):
        regulation_14()
    answer = sign_in("ash", "viewer").get(URL)
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert b"/MarkInfo" in answer.data or b"/StructTreeRoot" in answer.data
    assert len(re.findall(rb"/Type\s*/Page\b", answer.data)) == 1


@pytest.mark.parametrize(
    "words",
    [
        "x" * 120,
        "The very long title of a plan for " * 3,
        "#set page(fill: red) $x$ *bold* \\ @ref <label>",
        "A party 🎉 in Łódź, 東京 and القاهرة",
        "\u202eturned round\u202c",
    ],
)
def test_whatever_was_typed_there_is_a_poster(app, working, words):
    with working("ash"):
        made = consultation(title=words, where_to_see=f"{words}\n" * 20, contact_address=words, last_day=None)
        assert poster.pdf(made).startswith(b"%PDF-")


def test_it_says_the_dates_that_hold_and_the_address_that_the_code_leads_to(app, working):
    with working("ash"):
        regulation_14()
        said = poster.said(find("reg14"))
        assert said["dates"].endswith("to 26 October 2026")
        assert said["address"].endswith("/f/ash/consultations/reg14/")
        assert said["body"] == "Ash Hill Neighbourhood Forum"
        assert said["code"].startswith("<svg")


def test_the_code_carries_the_address():
    """Read back module by module: the same address makes the same code, another one another."""
    one, same, other = (poster.drawn(f"https://example.org/{path}") for path in ("a", "a", "b"))
    assert one == same != other
