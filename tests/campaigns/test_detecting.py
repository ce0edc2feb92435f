"""Which texts are grouped as copies of one letter, and which are not."""

import pytest

from consult.campaigns.detecting import Group, groups
from consult.campaigns.own_words import added, pieces
from tests.bench._letters import easy, stock
from tests.bench.campaigns import scored

LETTER = (
    "I am writing about the draft plan and its proposal for Cooper’s Field. The proposal would bring too many homes to "
    "a street that is already at capacity. Parking on Weir Lane is full by six every evening and nobody can pass. "
    "There is no new surgery, no new school class and no improvement to the drains. "
    "I ask that the number of homes be halved and that the mature trees on the boundary be kept."
)
SENTENCES = LETTER.split(". ")
OWN = [
    "The bench by the mill wants mending and the swans have nowhere to nest any more.",
    "More buses please, and a shelter at the stop by the chapel where it rains in.",
    "My son cycles to school and the verge by the quarry is no place for a child.",
    "We moved here for the quiet and the stars, so keep the lamps off the hill.",
]


def test_copies_are_grouped_and_everybody_elses_words_are_not():
    texts = [*OWN, *[LETTER] * 6]
    assert groups(texts) == [Group(4, (4, 5, 6, 7, 8, 9), (1.0,) * 6)]


def test_four_copies_are_no_campaign():
    assert groups([*OWN, *[LETTER] * 4]) == []


def test_nothing_is_found_in_nothing():
    assert groups([]) == groups([""]) == groups(["", "one two three"] * 9) == []


@pytest.mark.parametrize(
    "copy",
    [
        LETTER.upper().replace(".", "!"),
        LETTER.replace("too many", "far too many").replace("mature", "old"),
        f"{OWN[0]} {OWN[1]}\n\n{LETTER}\n\n{OWN[2]} {OWN[3]}",
        f"{SENTENCES[1]}. {OWN[3]} {SENTENCES[4]}",
    ],
    ids=["in capitals", "touched up", "amid their own words", "two of its sentences"],
)
def test_what_was_changed_about_it_is_seen_through(copy):
    (group,) = groups([*OWN, *[LETTER] * 8, copy])
    assert group.members == tuple(range(4, 13))


def test_who_resembles_one_who_resembles_the_letter_is_not_in_it():
    """A text that shares nothing with the letter itself but much with a copy that somebody lengthened."""
    long = f"{LETTER} {' '.join(OWN)}"
    (group,) = groups([*[LETTER] * 8, long, " ".join(OWN), f"{' '.join(OWN)} And so say all of us."])
    assert group.members == tuple(range(9))


def test_a_sentence_that_everybody_uses_makes_no_campaign():
    everyones = "We would like to keep our village as it is for our children and our grandchildren."
    made = stock(11, own=600, copies=0, sentences=40)
    assert groups([f"{everyones} {text}" for text in made.texts]) == []


def test_two_letters_are_two_groups_the_larger_first():
    other = " ".join(OWN)
    texts = [*[other] * 5, *[LETTER] * 7]
    assert [group.members for group in groups(texts)] == [tuple(range(5, 12)), tuple(range(5))]


def test_short_words_of_agreement_are_no_letter():
    assert groups(["I support this plan."] * 30) == []


def test_the_template_is_the_plainest_copy():
    padded = [f"{LETTER} {words}" for words in OWN]
    (group,) = groups([*padded, LETTER, *padded])
    assert group.template == 4


def test_a_small_parish_and_a_corpus_of_stock_sentences():
    for made, least in ((easy(101, own=300, copies=100), 0.98), (stock(101, own=1_700, copies=300), 0.95)):
        recalled, wrong = scored(made, [group.members for group in groups(made.texts)])
        copies = sum(campaign >= 0 for campaign in made.campaign)
        assert len(recalled) >= least * copies
        assert len(wrong) <= 0.02 * (len(made.texts) - copies)


def test_the_same_texts_give_the_same_groups():
    texts = easy(5, own=200, copies=60).texts
    assert groups(texts) == groups(list(texts))


def test_what_somebody_added_stands_apart_and_nothing_is_lost():
    text = f"{OWN[0]} {LETTER} PS: I cannot sleep for it."
    found = pieces(text, LETTER)
    assert "".join(piece.words for piece in found) == text
    assert [piece.own for piece in found] == [True, False, True]
    assert added(text, LETTER) == f"{OWN[0]} … PS: I cannot sleep for it."
    assert added(LETTER, LETTER) == ""


def test_a_word_changed_is_how_it_was_touched_up():
    assert added(LETTER.replace("too many", "far too many"), LETTER) == ""
    assert added("Quite another matter", LETTER) == "Quite another matter"
    assert pieces("", LETTER) == []
