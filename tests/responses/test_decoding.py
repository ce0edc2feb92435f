import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.responses.tables.decoding import Undecodable, decoded

WORDS = "external_id,q4\r\nA1,“Keep the café” – £5\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_letters_of_each_encoding_are_read(encoding):
    found = decoded(WORDS.encode(encoding))
    assert found.text == WORDS
    assert bool(found.told) == (encoding == "cp1252")


def test_utf_16_may_begin_with_either_byte():
    for mark, encoding in ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le")):
        assert decoded(mark + WORDS.encode(encoding)).text == WORDS


def test_what_was_taken_for_granted_shows_a_line_by_which_one_sees_it():
    told = decoded(("external_id,q4\nA1,Plain\nA2," + "x" * 200 + " café\n").encode("cp1252")).told
    assert "Line 3 then says “" in told
    assert "café”." in told
    assert len(told) < 200


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("A1,café\nA2,".encode() + b"caf\xe9", "Line 2 of the file is not UTF-8, and other lines are"),
        (b"A1,Hello\nA2,\x81\n", "Line 2 of the file holds letters that cannot be read"),
        (b"\xff\xfeA\x00\n\x00\x00\xd8\x00\x00", "Line 2 of the file is damaged"),
        (b"\xff\xfeA", "of the file is damaged"),
    ],
)
def test_what_could_be_two_things_is_refused_with_its_line(content, sentence):
    with pytest.raises(Undecodable, match=sentence):
        decoded(content)


@given(
    st.binary(max_size=300) | st.text(max_size=100).map(lambda text: text.encode("utf-16", "surrogatepass"))
)
def test_any_bytes_are_text_or_a_sentence(content):
    assert text_or_sentence(content).encode("utf-8") or not content.strip(b"\xff\xfe\xef\xbb\xbf")


def text_or_sentence(content):
    try:
        return decoded(content).text
    except Undecodable as problem:
        return str(problem)
