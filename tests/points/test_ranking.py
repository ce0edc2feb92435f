"""Themes ranked by what was coded: no database, no page."""

import sys

import numpy as np
import pytest

from consult.points.ranking import Ranking, Vocabulary, of_length_1, shares, warm

THEMES = {"traffic": "Traffic and parking", "green": "Green space", "homes": "Too many homes"}
WRITTEN = ["The lorries rattle past our school", "Keep the meadow", "Cars are parked on the verge", "?"]


def ranking(coded=(), themes=THEMES, written=WRITTEN):
    vocabulary = Vocabulary(written)
    rows, raises = [words for words, _ in coded], [found for _, found in coded]
    return Ranking(vocabulary, themes, vocabulary.vectors(rows), raises, vocabulary.vectors(written))


def names(learnt, text, most=3):
    return [each.theme for each in learnt.suggest(text, most)]


def test_before_anything_is_coded_a_themes_own_words_speak_for_it():
    assert names(ranking(), "No more parking here")[0] == "traffic"


def test_what_was_coded_teaches_words_that_no_theme_names():
    assert "traffic" not in names(ranking(), "lorries again", 1)
    taught = ranking([("The lorries rattle past our school", {"traffic"})])
    assert names(taught, "lorries again", 1) == ["traffic"]


def test_a_coding_with_a_theme_that_is_gone_teaches_nothing():
    assert names(ranking([("lorries", {"retired"})]), "lorries") == names(
        ranking([("lorries", set())]), "lorries"
    )


@pytest.mark.parametrize("text", ["", "?", "مزید درخت", "xyzzy qwfp"])
def test_words_that_nobody_knows_get_no_suggestion_rather_than_a_guess(text):
    assert names(ranking(written=["Keep the meadow"]), text) == []


@pytest.mark.parametrize("written", [[], [""], ["?"], ["the of and"]])
def test_it_can_learn_from_next_to_nothing(written):
    assert names(ranking(written=written), "nothing") == []
    assert ranking(themes={}, written=written).suggest("nothing", 3) == []


def test_the_same_texts_give_the_same_scores():
    one, other = (ranking([("lorries", {"traffic"})]).suggest("lorries in the meadow", 9) for _ in "ab")
    assert one == other


def test_equals_stand_in_the_order_of_the_frame():
    same = {"b": "Meadow", "a": "Meadow"}
    assert names(ranking(themes=same), "meadow") == ["b", "a"]


def test_doubt_is_greatest_where_nothing_speaks_for_any_theme_and_least_where_one_stands_alone():
    learnt = ranking([("lorries rattle", {"traffic"})])
    either, alone, neither = learnt.doubt(
        learnt.vocabulary.vectors(["meadow and lorries", "the lorries rattle past our school", "0"])
    )
    assert alone < either <= neither == 1
    assert list(ranking(themes={"one": "One"}).doubt(learnt.vocabulary.vectors(["meadow"]))) == [1]


def test_what_nobody_has_coded_is_shared_out_whole():
    assert shares(np.array([[0.1, 0.9], [0.5, 0.5]])).sum(axis=1) == pytest.approx([1, 1])
    assert np.linalg.norm(of_length_1(np.array([[3.0, 4.0], [0.0, 0.0]])), axis=1) == pytest.approx([1, 0])


def test_what_weighs_words_is_loaded_beside_and_once():
    beside = warm()
    assert beside is warm()
    assert beside.daemon  # it keeps no process from ending
    beside.join()
    assert {"sklearn.feature_extraction.text", "sklearn.preprocessing"} <= set(sys.modules)
