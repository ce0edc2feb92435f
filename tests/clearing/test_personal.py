"""What the rules propose, what they leave alone, and that nothing of what they mark is left."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from consult.clearing import people, personal

MARKED = [
    ("Write to ann.other@example.org.", "ann.other@example.org", "email"),
    ("ann(at)example.org or", "ann(at)example.org", "email"),
    ("Mail <Ann.Other+plan@mail.example.co.uk>", "Ann.Other+plan@mail.example.co.uk", "email"),
    ("Ring 07700 900123 after six", "07700 900123", "phone"),
    ("Ring 07700 900123, or write", "07700 900123", "phone"),
    ("Ring (01632) 960 999.", "(01632) 960 999", "phone"),
    ("Ring +44 (0)20 7946 0018", "+44 (0)20 7946 0018", "phone"),
    ("Ring 0117 496 0123, please", "0117 496 0123", "phone"),
    ("Paris +33 1 42 68 53 00 too", "+33 1 42 68 53 00", "phone"),
    ("I live at BA1 1AA", "BA1 1AA", "postcode"),
    ("I live at sw1a1aa now", "sw1a1aa", "postcode"),
    ("It is QQ123456C no", None, ""),
    ("It is AB 12 34 56 C.", "AB 12 34 56 C", "national_insurance"),
    ("It is jg103759a", "jg103759a", "national_insurance"),
    ("The van AB12 CDE is", "AB12 CDE", "registration"),
    ("The van ab12cde is", "ab12cde", "registration"),
    ("The van M123 XYW is", "M123 XYW", "registration"),
    ("I live at 12 High Street and", "12 High Street", "address"),
    ("I live at 12a, St John's Road", "12a, St John's Road", "address"),
    ("flat 3, 12 high street", "flat 3, 12 high street", "address"),
    ("at 7-9 Old Mill Lane.", "7-9 Old Mill Lane", "address"),
    ("Mrs Other said", "Mrs Other", "name"),
    ("Mr. and Mrs. J. Smith-Jones agree", "Mr. and Mrs. J. Smith-Jones", "name"),
    ("ask dr patel about it", "dr patel", "name"),
    ("Ask Mr Brown. Write to all", "Mr Brown", "name"),
    ("Dr Ada Lovelace.", "Dr Ada Lovelace", "name"),
    ("Cllr O’Brien voted", "Cllr O’Brien", "name"),
]
LEFT_ALONE = [
    "the B1 road", "policy H1", "1,200 homes", "policy H1 2nd draft", "on the B1 2nd", "Policy EN10 and policy EN11",
    "POLICY EN10 AND POLICY LGS12", "LGS 3 and LGS 12B", "A303 and M25", "A303 AND THE M25", "20 houses in the street",
    "In 2019 Mill Lane was flooded", "a 20 mph road", "12 new homes on High Street", "a two way street", "1 way street",
    "£12,500,000 for 1,000 homes", "between 2020 and 2035", "on 14/03/2027 at 10:30", "grid reference SP 123 456",
    "SP 12345 67890", "0.75 hectares", "we would miss the bus", "Miss the bus and walk", "High Street",
    "St Mary’s church",
    "the doctor", "mr and mrs", "10.5 km", "regulation 14(a)(v)", "Sir William Road", "3 storey buildings on the hill",
    "a 10% rise", "Class E(a) to C3", "10 minutes walk", "60 dwellings per hectare", "@home and @ 5",
    "100 metres of road",
]  # fmt: skip


@pytest.mark.parametrize(("text", "found", "kind"), MARKED)
def test_what_is_personal_is_marked_whole(text, found, kind):
    spans = personal.find(personal.nfc(text))
    assert [(text[s.start : s.end], s.kind) for s in spans] == ([(found, kind)] if found else [])


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_plans_are_about_is_left_alone(text):
    assert personal.find(text) == []


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=200)
PLANTED = st.sampled_from([found for _, found, _ in MARKED if found])


@given(WORDS)
def test_spans_lie_within_the_text_in_order_and_apart(text):
    text = personal.nfc(text)
    spans, end = personal.find(text), 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        end = span.end
    assert "".join(words for words, _ in personal.pieces(text, spans)) == text


@given(WORDS, PLANTED, WORDS)
@example("é", "ann.other@example.org", "e\u0301")
def test_nothing_of_what_is_marked_is_left(before, planted, after):
    text = personal.nfc(f"{before}\n{planted}\n{after}")
    left = personal.without(text, personal.find(text))
    assert planted not in left or planted in f"{before}\n{after}"


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(1, 20), st.sampled_from(sorted(personal.KINDS))), max_size=8
    )
)
def test_spans_that_overlap_take_out_all_that_either_would(given_spans):
    spans = [personal.Span(start, start + size, kind) for start, size, kind in given_spans]
    covered = {at for span in spans for at in range(span.start, span.end)}
    merged = personal.apart(spans)
    assert {at for span in merged for at in range(span.start, span.end)} == covered
    assert all(one.end <= other.start for one, other in pairwise(merged))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Yours, Ann Mary Other, of this parish", ["Ann Mary Other"]),
        ("yours\nann other\n", ["ann other"]),
        ("Regards,\n  Ann.", ["Ann"]),
        ("A. M. Other wrote", ["A. M. Other"]),
        ("No other place, an annexe", []),
    ],
)
def test_who_sent_it_is_found_by_name(text, found):
    assert [text[a:b] for a, b in sorted(set(people.signed(text, "Ann Mary Other")))] == found


def test_a_name_that_is_also_a_word_is_only_found_as_a_signature():
    assert list(people.signed("Will it rain? I will go.", "Will")) == []
    assert list(people.signed("No.\nWill", "Will")) == [(4, 8)]
