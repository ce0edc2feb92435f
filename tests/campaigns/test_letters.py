"""Campaigns on record: found, confirmed, changed and taken back, by somebody's word."""

import pytest
import sqlalchemy as sa

from consult.audit import Deed
from consult.campaigns.letters import campaigns_of, confirmed, waiting
from consult.campaigns.standing import standing_of
from consult.campaigns.texts import texts_of
from consult.database import db
from consult.web.errors import Refused
from tests.campaigns.test_detecting import LETTER
from tests.feedback import stored


def references(ids):
    from consult.responses.models import Response

    rows = db.session.scalars(sa.select(Response.reference).where(Response.id.in_(list(ids))))
    return sorted(rows)


def one(letters):
    (campaign,) = campaigns_of(letters.consultation)
    return campaign


COPIES = [f"R{number:03}" for number in range(11, 20)]


def test_what_is_found_is_a_proposal_and_counts_for_nothing(at_work):
    with at_work() as (letters, _, _):
        assert letters.search() == 9
        campaign = one(letters)
        now = standing_of(campaign.steps)
        assert (campaign.name, now.state) == ("C1", "proposed")
        assert references(now.waiting) == COPIES
        assert not now.members and confirmed(letters.consultation) == {}
        assert waiting([campaign]) == [campaign]
    with at_work("beck") as (letters, _, _):
        assert campaigns_of(letters.consultation) == []


def test_a_second_search_finds_nothing_new(at_work):
    with at_work() as (letters, _, _):
        letters.search()
        assert letters.search() == 0
        one(letters)


def test_one_sent_twice_is_not_looked_at(at_work):
    with at_work() as (letters, _, response):
        assert response(41).id not in texts_of(letters.consultation)


def test_a_person_confirms_and_it_is_on_record(at_work):
    with at_work() as (letters, _, _):
        letters.search()
        letters.confirm(one(letters))
        names = confirmed(letters.consultation)
        assert references(names) == COPIES and set(names.values()) == {"C1"}
        deed = db.session.scalars(sa.select(Deed).where(Deed.act == "campaign.confirmed")).one()
        assert deed.subject == "C1" and deed.person_id == letters.by.id
        assert waiting(campaigns_of(letters.consultation)) == []


def test_copies_that_come_later_wait_for_a_word(at_work):
    with at_work() as (letters, _, _):
        letters.search()
        letters.confirm(one(letters))
        stored.respond(letters.consultation, 55, stored.written(letters.consultation, LETTER))
        assert letters.search() == 1
        campaign = one(letters)
        assert references(standing_of(campaign.steps).waiting) == ["R055"]
        assert references(confirmed(letters.consultation)) == COPIES
        letters.confirm(campaign)
        assert "R055" in references(confirmed(letters.consultation))


def test_who_was_taken_out_is_not_found_again(at_work):
    with at_work() as (letters, _, response):
        letters.search()
        campaign = one(letters)
        letters.take_out(campaign, response(19))
        letters.confirm(campaign)
        assert letters.search() == 0
        assert "R019" not in references(confirmed(letters.consultation))
        letters.put_in(campaign, response(19))
        assert "R019" in references(confirmed(letters.consultation))


def test_a_campaign_that_was_found_to_be_none_stays_so(at_work):
    with at_work() as (letters, _, _):
        letters.search()
        letters.dismiss(one(letters))
        assert letters.search() == 0
        assert confirmed(letters.consultation) == {}
        assert waiting(campaigns_of(letters.consultation)) == []


def test_every_step_can_be_taken_back_one_after_the_other(at_work):
    with at_work() as (letters, _, response):
        letters.search()
        campaign = one(letters)
        letters.confirm(campaign)
        letters.take_out(campaign, response(12))
        letters.undo(campaign)
        assert references(confirmed(letters.consultation)) == COPIES
        letters.undo(campaign)
        assert standing_of(campaign.steps).state == "proposed"
        with pytest.raises(Refused, match="Nobody has taken a step"):
            letters.undo(campaign)


def test_nobody_is_in_two_campaigns(at_work):
    with at_work() as (letters, _, response):
        letters.search()
        other = letters.begin(response(1).id)
        with pytest.raises(Refused, match="R012 is in C1 already"):
            letters.put_in(other, response(12))
        letters.take_out(one_of(letters, 1), response(12))
        letters.put_in(other, response(12))
        with pytest.raises(Refused, match="are in C2 by now"):
            letters.undo(one_of(letters, 1))


def one_of(letters, number):
    return next(each for each in campaigns_of(letters.consultation) if each.number == number)


def test_what_is_not_in_it_cannot_be_taken_out_and_nothing_cannot_be_confirmed(at_work):
    with at_work() as (letters, _, response):
        letters.search()
        with pytest.raises(Refused, match="R001 is not in C1"):
            letters.take_out(one(letters), response(1))
        for number in range(11, 20):
            letters.take_out(one(letters), response(number))
        with pytest.raises(Refused, match="nothing to confirm"):
            letters.confirm(one(letters))
