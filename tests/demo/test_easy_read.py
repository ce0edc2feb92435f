"""The demo's Easy Read version: pictures that print, and sentences that its own form would take."""

import pytest

from consult.consultations.easy_read.forms import MOST_WORDS
from consult.consultations.paper import printed_pictures
from consult.demo import easy_read


@pytest.mark.parametrize("line", easy_read.LINES, ids=lambda line: line[2])
def test_each_sentence_is_short_and_has_a_picture(line):
    words, drawing, alt = line
    picture = easy_read.png(drawing())
    assert printed_pictures.size_of(picture) == (easy_read.WIDE, easy_read.HIGH)
    assert picture == easy_read.png(drawing())
    assert alt and len(words.split()) <= MOST_WORDS
