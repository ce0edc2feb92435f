"""Cutting words into points: nothing that was written is lost, and nothing is in two points."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from consult.points.spans import EVERYTHING, Span, cut, in_pieces, marked, sentences, trimmed

WRITTEN = {"text": "I like the green. The road is too fast!", "suggested_change": "Move the road."}
ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=60).map(
    lambda words: unicodedata.normalize("NFC", words)
)


def words_of(spans, written=WRITTEN):
    return [span.of(written) for span in spans]


def test_the_whole_is_all_that_was_written():
    assert EVERYTHING.of(WRITTEN) == "I like the green. The road is too fast!\n\nMove the road."
    assert EVERYTHING.of({"text": "Only this."}) == "Only this."


def test_what_is_marked_becomes_a_point_of_its_own():
    found = marked(EVERYTHING, Span("text", 18, 39), WRITTEN)
    assert words_of(found) == ["I like the green.", "The road is too fast!", "Move the road."]


def test_marking_in_the_middle_leaves_what_stands_before_and_after():
    found = marked(Span("text", 0, 39), Span("text", 2, 6), WRITTEN)
    assert words_of(found) == ["I", "like", "the green. The road is too fast!"]


def test_white_space_or_what_lies_outside_cannot_be_marked():
    assert marked(EVERYTHING, Span("text", 17, 18), WRITTEN) == []
    assert marked(EVERYTHING, Span("text", 30, 99), WRITTEN) == []
    assert marked(EVERYTHING, Span("words", 0, 3), WRITTEN) == []
    assert marked(Span("text", 0, 17), Span("text", 10, 30), WRITTEN) == []


def test_sentences_end_at_their_mark_or_at_a_new_line():
    written = {"text": "One. Two!  “Three?” Four\nFive e.g. six"}
    assert words_of(sentences(EVERYTHING, written), written) == [
        "One.",
        "Two!",
        "“Three?”",
        "Four",
        "Five e.g.",
        "six",
    ]


def test_cut_before_a_sentence():
    second = sentences(EVERYTHING, WRITTEN)[1]
    found = cut(EVERYTHING, [second], WRITTEN)
    assert words_of(found) == ["I like the green.", "The road is too fast!", "Move the road."]


def test_what_is_cut_nowhere_stays_one():
    assert cut(Span("text", 0, 39), [], WRITTEN) == [Span("text", 0, 39)]


def covered(spans):
    return sorted((span.field, at) for span in spans for at in range(span.start, span.end))


def spoken(written):
    return sorted((name, at) for name, words in written.items() for at, c in enumerate(words) if c.strip())


@given(text=ANY_TEXT, more=ANY_TEXT, data=st.data())
def test_no_letter_is_lost_and_none_is_twice(text, more, data):
    written = {"text": text, "suggested_change": more}
    field = data.draw(st.sampled_from(sorted(written)))
    start = data.draw(st.integers(0, len(written[field]) - 1))
    end = data.draw(st.integers(start + 1, len(written[field])))
    for found in (
        in_pieces(EVERYTHING, written),
        sentences(EVERYTHING, written),
        cut(EVERYTHING, [Span(field, start, end)], written),
        marked(EVERYTHING, Span(field, start, end), written) or in_pieces(EVERYTHING, written),
    ):
        ground = covered(found)
        assert len(ground) == len(set(ground))
        assert set(ground) >= set(spoken(written))
        assert all(piece == trimmed(piece, written[piece.field]) for piece in found)
