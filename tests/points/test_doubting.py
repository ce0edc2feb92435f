"""The order of doubt: beside that of arrival, from when enough is read, and never the same passage twice in a row."""

import pytest

from consult.points import doubting
from consult.points.doubting import beginning, can_doubt, following
from consult.points.passages import DOUBT, UNCODED, Wanted
from consult.points.queue import Progress, waiting
from tests.points.test_pages import CODING, THEMES

BY_DOUBT = Wanted(state=UNCODED, order=DOUBT)


@pytest.mark.parametrize(("passages", "coded", "can"), [(100, 19, False), (100, 20, True), (21, 20, False)])
def test_it_is_offered_once_enough_is_coded_and_something_is_left_to_choose_from(passages, coded, can):
    assert can_doubt(Progress(passages, coded)) is can


def test_what_could_be_either_theme_comes_before_what_is_plainly_one(said, coding):
    with coding() as (coder, passage):
        homes, trees = coder.write("Too many homes"), coder.write("More trees")
        coder.code(passage(said["R-BBBB-BB", "q3"]), "", {homes})
        here = coder.consultation
        plain, first = said["R-CCCC-CC", "q4"], beginning(here, BY_DOUBT)
        assert beginning(here, Wanted(state=UNCODED)) == said["R-AAAA-AA", "q3"]
        assert first not in (None, plain)
        walked = [first]
        while len(walked) < 4:
            coder.code(passage(walked[-1]), "", {trees})
            following_ = following(here, BY_DOUBT, walked[-1])
            if following_ is None:
                break
            walked.append(following_)
        assert len(walked) == len(set(walked)) == 4
        assert set(walked) >= {plain}


def test_filters_hold_for_it_too_and_one_alone_is_the_last(said, coding):
    with coding() as (coder, _):
        only = Wanted(question="q3", order=DOUBT)
        ids = waiting(coder.consultation, only, 9)
        assert ids == [said["R-AAAA-AA", "q3"], said["R-BBBB-BB", "q3"]]
        assert {following(coder.consultation, only, id_) for id_ in ids} == set(ids)
        assert following(coder.consultation, Wanted(question="q5", order=DOUBT), ids[0]) is not None
        assert waiting(coder.consultation, Wanted(question="q5"), 9, but=ids[0]) != []


def test_the_pages_offer_both_orders_as_links_and_keep_the_choice(reader, letter, monkeypatch):
    assert "least sure" not in reader.get(CODING).text
    monkeypatch.setattr(doubting, "ENOUGH", 0)
    reader.post(THEMES, data={"label": "Traffic", "parent": ""})
    assert "next?state=uncoded&amp;order=doubt" in reader.get(CODING).text
    assert "order=doubt" in reader.get(letter).text
    answer = reader.get(f"{CODING}/next?state=uncoded&order=doubt")
    assert answer.status_code == 302
    assert answer.location.endswith("order=doubt")
    page = reader.get(answer.location).text
    assert "Read in the order of arrival" in page
    answer = reader.post(answer.location, data={"label": "Roads"})
    assert answer.status_code == 303
    assert answer.location.endswith("order=doubt")
