"""Reading again: by another person, of a part that nobody chose, and never counted."""

import pytest

from consult.accounts.models import Person
from consult.database import db
from consult.points.frame import uses
from consult.points.queue import progress
from consult.points.seconding import Seconds, both, sample, waiting_for
from consult.web.errors import Refused

ON_H1 = ("R-AAAA-AA", "q3")
AGREEMENT = "/f/ash/consultations/reg14/coding/second"


@pytest.fixture
def twice(said, coding, world):
    """The letter coded “Traffic” by the analyst; the second reader, the chair, at work."""
    with coding() as (coder, passage):
        themes = {name: coder.write(name) for name in ("Traffic", "Green")}
        coder.code(passage(said[ON_H1]), "", {themes["Traffic"]})
        chair = db.session.get(Person, world.person["ash", "chair"])
        yield coder, Seconds(coder.consultation, chair), lambda: passage(said[ON_H1]), themes


def test_the_sample_is_the_same_for_everybody_and_of_those_to_be_read(twice):
    coder, *_ = twice
    assert sample(coder.consultation) == sample(coder.consultation)
    assert len(set(sample(coder.consultation))) == 5


def test_it_is_read_again_by_another_and_counts_once(twice):
    coder, second, letter, themes = twice
    here = coder.consultation
    assert waiting_for(here, coder.by.id) is None
    assert waiting_for(here, second.by.id) == (letter().id, "")
    with pytest.raises(Refused, match="somebody else"):
        Seconds(here, coder.by).read_again(letter(), "", {themes["Green"]})
    second.read_again(letter(), "", {themes["Green"]})
    assert waiting_for(here, second.by.id) is None
    assert uses(here.id) == {themes["Traffic"]: 1}
    assert progress(here).coded == 1
    (found,) = both(here, coder.frame)
    assert (found.first, found.second) == ({themes["Traffic"]}, {themes["Green"]})


def test_putting_right_what_differs_does_not_make_the_two_agree(twice):
    coder, second, letter, themes = twice
    second.read_again(letter(), "", {themes["Green"]})
    coder.code(letter(), "", {themes["Green"]})
    assert uses(coder.consultation.id) == {themes["Green"]: 1}
    assert both(coder.consultation, coder.frame)[0].first == {themes["Traffic"]}


def test_themes_that_are_merged_agree(twice):
    coder, second, letter, themes = twice
    second.read_again(letter(), "", {themes["Green"]})
    coder.merge(themes["Green"], themes["Traffic"])
    (found,) = both(coder.consultation, coder.frame)
    assert found.first == found.second == {themes["Traffic"]}


@pytest.mark.parametrize(("letter_", "which"), [("q", "Green"), ("", None)])
def test_what_cannot_be_read_again_is_refused(twice, letter_, which):
    _, second, letter, themes = twice
    with pytest.raises(Refused):
        second.read_again(letter(), letter_, {themes[which]} if which else set())


def test_the_page_of_the_second_reader_shows_nothing_of_the_first(reader, letter, sign_in):
    assert "Nothing was read twice yet" in reader.get(AGREEMENT).text
    reader.post(letter, data={"label": "Traffic"})
    assert "needs another reader" in reader.get(AGREEMENT).text
    assert reader.post(f"{letter}/second", data={"nothing": "yes"}).status_code == 422
    chair = sign_in("ash", "chair")
    assert f'href="{letter}/second"' in chair.get(AGREEMENT).text
    page = chair.get(f"{letter}/second").text
    assert 'name="theme"' in page
    assert "checked" not in page
    assert "Suggested" not in page
    assert chair.post(f"{letter}/second", data={}).status_code == 422
    assert chair.post(f"{letter}/second", data={"theme": "made up"}).status_code == 422
    assert chair.get(f"{letter}/second?point=q").status_code == 404
    assert chair.post(f"{letter}/second", data={"nothing": "yes"}).location == AGREEMENT
    text = chair.get(AGREEMENT).text
    assert "1 point read twice" in text
    assert "the first reader found Traffic; the second Raises nothing to answer" in text
    assert "1 of 5 passages read" in chair.get(AGREEMENT.removesuffix("/second")).text


@pytest.mark.parametrize(("slug", "role", "answer"), [("beck", "chair", 404), ("ash", "viewer", 403)])
def test_reading_again_is_nobody_elses(sign_in, letter, slug, role, answer):
    stranger = sign_in(slug, role)
    for path in (AGREEMENT, f"{letter}/second"):
        assert stranger.get(path).status_code == answer
    assert stranger.post(f"{letter}/second", data={"nothing": "yes"}).status_code == answer
