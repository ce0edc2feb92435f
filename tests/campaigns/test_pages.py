"""The pages of letters and petitions: by form, nothing lost, nobody else's."""

import re

import pytest
import sqlalchemy as sa

from consult import jobs
from consult.campaigns.models import Campaign
from consult.clearing.erasing import erase
from consult.database import db, unit_of_work
from tests.campaigns.conftest import MINE
from tests.campaigns.test_detecting import LETTER

HERE = "/f/ash/consultations/reg14/campaigns"


@pytest.fixture
def analyst(sign_in, sent):
    return sign_in("ash", "analyst")


@pytest.fixture
def work(app):
    def run():
        with app.app_context():
            return jobs.run_due()

    return run


@pytest.fixture
def letter(analyst, work):
    analyst.post(f"{HERE}/searches")
    work()
    return re.search(r"/f/ash/campaigns/[0-9a-f-]+", analyst.get(HERE).text).group()


def test_a_search_is_a_job_and_the_page_says_how_far_it_is_and_what_came_of_it(analyst, work):
    assert "No letters found yet" in analyst.get(HERE).text
    assert analyst.post(f"{HERE}/searches").status_code == 303
    page = analyst.get(HERE).text
    assert "Searching …" in page and 'http-equiv="refresh"' in page and "No letters found" not in page
    assert analyst.get(f"{HERE}/searches/last").json["done"] is False
    analyst.post(f"{HERE}/searches")  # while it lasts, that is the same search
    assert work() == 1
    page = analyst.get(HERE).text
    assert "9 more copies were found" in page and "C1: 9 copies" in page and "to be looked at" in page
    assert 'http-equiv="refresh"' not in page
    analyst.post(f"{HERE}/searches")
    work()
    assert "nothing new was found" in analyst.get(HERE).text


def test_a_job_that_is_done_twice_finds_nothing_twice(analyst, app, work):
    analyst.post(f"{HERE}/searches")
    work()
    with app.app_context(), unit_of_work():
        job = db.session.scalars(sa.select(jobs.Job).where(jobs.Job.kind == "search")).one()
        job.done, job.tries, job.leased_until = None, 0, None
    assert work() == 1
    assert "C1: 9 copies" in analyst.get(HERE).text and "C2" not in analyst.get(HERE).text


def test_the_letter_and_what_each_added_are_shown(analyst, letter):
    page = analyst.get(letter).text
    assert LETTER[:60] in page
    assert f">{MINE}</blockquote>" in page
    assert page.index(MINE) < page.index("Nothing of their own")
    assert "9 copies; 1 with words of its sender’s own" in page


def test_it_is_confirmed_changed_and_taken_back(analyst, letter):
    assert analyst.post(f"{letter}/confirmation").status_code == 303
    assert "confirmed" in analyst.get(HERE).text
    analyst.post(f"{letter}/removals", data={"response": "R019"})
    page = analyst.get(letter).text
    assert "8 copies" in page and "Taken out by hand" in page
    analyst.post(f"{letter}/undoing")
    assert "9 copies" in analyst.get(letter).text
    analyst.post(f"{letter}/dismissal")
    assert "no campaign" in analyst.get(HERE).text


def test_a_response_is_put_in_by_its_reference_and_a_wrong_one_is_told(analyst, letter):
    answer = analyst.post(f"{letter}/copies", data={"response": " no-such "})
    assert answer.status_code == 422
    assert "There is no response “NO-SUCH”" in answer.text and 'value=" no-such "' in answer.text
    assert analyst.post(f"{letter}/copies", data={"response": " r001 "}).status_code == 303
    assert "10 copies" in analyst.get(letter).text
    assert analyst.post(f"{letter}/removals", data={"response": "R002"}).status_code == 422


def test_where_the_first_copy_was_erased_another_stands_for_the_letter(analyst, letter, at_work):
    with at_work() as (_, petitions, _response):
        template = db.session.scalars(sa.select(Campaign)).one().template
        erase(template, "They asked.", petitions.by)
    page = analyst.get(letter).text
    assert LETTER[:60] in page and "[erased]" not in page


def test_a_petition_is_marked_entered_and_confirmed(analyst):
    assert analyst.post(f"{HERE}/petitions", data={"response": ""}).status_code == 422
    answer = analyst.post(f"{HERE}/petitions", data={"response": "r030"})
    page = analyst.get(answer.location).text
    assert "one person until" in page and "143 are written down" in page
    given = {"signatures": "144", "left_out": "", "names": "Ada Ferris\nJo Bell"}
    assert analyst.post(answer.location, data=given).status_code == 303
    page = analyst.get(answer.location).text
    assert "1 of the 2 names is also the name of somebody who responded" in page
    analyst.post(f"{answer.location}/confirmation")
    assert "One response, 144 people" in analyst.get(answer.location).text
    analyst.post(f"{answer.location}/ending")
    assert "no petition" in analyst.get(HERE).text


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"signatures": "many"}, "Give a whole number"),
        ({"signatures": "0"}, "between 1 and 1,000,000"),
        ({"signatures": "5", "left_out": "5"}, "At least one signature"),
    ],
)
def test_numbers_that_are_none_are_told_and_the_rest_is_kept(analyst, given, told):
    at = analyst.post(f"{HERE}/petitions", data={"response": "R030"}).location
    answer = analyst.post(at, data={**given, "names": "Ada Ferris"})
    assert answer.status_code == 422
    assert told in answer.text and "Ada Ferris" in answer.text


def test_who_may_not_combine_sees_none_of_it(sign_in, sent, letter):
    for slug, role in (("ash", "viewer"), ("beck", "analyst")):
        other = sign_in(slug, role)
        assert other.get(letter.replace("/ash/", f"/{slug}/")).status_code in (403, 404)
