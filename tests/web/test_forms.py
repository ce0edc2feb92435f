"""WTForms' own sentences, as a person reads them."""

import unicodedata

import pytest
import wtforms
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from consult.web.forms import Form, at_most, tidy


class Asked(Form):
    some = wtforms.SelectMultipleField(choices=[("a", "A"), ("b", "B")])
    word = wtforms.StringField(validators=[wtforms.validators.Optional(), wtforms.validators.Length(min=3)])


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({"some": ["a", "nonsense"]}, "some", "Choose one of the answers that are offered."),
        ({"some": ["nonsense", "more"]}, "some", "Choose one of the answers that are offered."),
        ({"word": "ab"}, "word", "Field must be at least 3 characters long."),
    ],
)
def test_a_forged_or_short_answer_gets_a_sentence(app, sent, field, sentence):
    with app.test_request_context(method="POST", data=sent):
        form = Asked()
        assert not form.validate()
        assert form[field].errors == [sentence]


def test_what_is_too_long_may_have_a_sign_for_per_cent_in_its_name(app):
    class Long(Form):
        homes = wtforms.StringField(validators=[at_most(3, "“Are 100% new homes right?”")])

    with app.test_request_context(method="POST", data={"homes": "four"}):
        form = Long()
        assert not form.validate()
        assert form.homes.errors == ["“Are 100% new homes right?” must be 3 characters or fewer."]


ODD = "a\x00\x08\x0b\x0c\x1f\x7f\x85\u0301\u2028\ufffe\ufdd0\U0001fffe\ud800\r\n é"


@given(st.text() | st.text(alphabet=ODD, max_size=30))
def test_words_are_kept_as_a_page_and_a_document_can_hold_them(words):
    kept = tidy(words)
    assert kept == tidy(kept)
    assert unicodedata.is_normalized("NFC", kept)
    assert not any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in kept)
    etree.Element("said").text = kept  # refuses what XML cannot hold


@pytest.mark.parametrize(
    ("words", "kept"),
    [("one\x0btwo", "one\ntwo"), ("a\x08b", "ab"), ("Cafe\u0301", "Café"), ("\x08", ""), ("a\tb", "a\tb")],
)
def test_what_cannot_be_shown_is_taken_out_and_nothing_else(words, kept):
    assert tidy(words) == kept
