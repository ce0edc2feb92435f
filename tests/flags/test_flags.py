"""Flags on record: found by a job, decided by a person, taken back; nothing is dropped by them."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult.audit import Deed
from consult.clearing.erasing import erase
from consult.clearing.models import IDENTITY
from consult.clearing.retaining import erase_one
from consult.database import db
from consult.feedback import tallies
from consult.flags.models import Flag, FlagReview
from consult.flags.rules import set_thresholds, thresholds_of
from consult.flags.searching import look
from consult.flags.standing import doubted, flags_of
from consult.responses.models import Response
from consult.responses.networks import Network
from consult.web.errors import Refused
from tests.feedback import stored
from tests.flags.conftest import AT, flag_named, from_network, references, reviewer

NINE = [f"R{number:03}" for number in range(1, 10)]


def test_each_rule_flags_what_it_is_for_and_the_stall_is_in_none(at_work, looked):
    with at_work() as (consultation, _):
        found = [(each.rule.key, references(each.responses)) for each in flags_of(consultation)]
        library = [f"R{number:03}" for number in range(30, 35)]
        assert sorted(found) == [
            ("late", ["R020"]),
            ("network", NINE),
            ("network", library),
            ("network_burst", NINE),
            ("quick", ["R010", "R011"]),
        ]
    with at_work("beck") as (consultation, _):
        assert flags_of(consultation) == []


def test_a_second_search_adds_nothing(at_work, looked):
    with at_work() as (consultation, person):
        assert look(consultation, person) == {"new": 0}
        assert db.session.scalar(sa.select(sa.func.count()).select_from(FlagReview)) == 0


def test_what_nobody_has_looked_at_grows_and_what_was_decided_stays(at_work, looked):
    with at_work() as (consultation, person):
        reviewer(flag_named(consultation, "quick"), person).decide("nothing", "They read it on paper.")
        came = AT + timedelta(minutes=9, seconds=30)
        from_network(
            stored.respond(consultation, 50, received=came, begun=came - timedelta(seconds=1)), "one"
        )
        look(consultation, person)
        burst = flag_named(consultation, "network_burst")
        assert references(burst.responses) == [*NINE, "R050"]
        quick = [each for each in flags_of(consultation) if each.rule.key == "quick"]
        assert sorted((references(q.responses), q.waits) for q in quick) == [
            (["R010", "R011"], False),
            (["R050"], True),
        ]


def test_other_thresholds_count_from_the_next_search_on_and_only_there(at_work, looked):
    with at_work() as (consultation, person):
        chosen = thresholds_of(consultation)
        chosen["network_burst"] = {"number": 10, "minutes": 10}
        assert set_thresholds(consultation, chosen, person) == 1
        look(consultation, person)
        assert "network_burst" not in {each.rule.key for each in flags_of(consultation)}
        assert thresholds_of(consultation)["network_burst"]["number"] == 10
    with at_work("beck") as (consultation, _):
        assert thresholds_of(consultation)["network_burst"]["number"] == 8


def test_nothing_is_left_out_until_a_person_says_so_and_that_is_taken_back(at_work, looked):
    with at_work() as (consultation, person):
        before = tallies.reconciliation(tallies.take(consultation))
        burst = flag_named(consultation, "network_burst")
        chosen = sorted(burst.responses)[:3]
        reviewer(burst, person).decide("excluded", "Ms Ferris says she sent them all.", chosen)
        line = tallies.reconciliation(tallies.take(consultation))
        assert (line.counted, line.excluded) == (before.counted - 3, 3) and line.adds_up
        deeds = list(db.session.scalars(sa.select(Deed).where(Deed.act == "response.set_aside")))
        assert len(deeds) == 3 and all(deed.response_id for deed in deeds)
    with at_work() as (consultation, person):
        reviewer(flag_named(consultation, "network_burst"), person).take_back()
        db.session.expire_all()
        assert tallies.reconciliation(tallies.take(consultation)) == before
        assert flag_named(consultation, "network_burst").waits


def test_what_somebody_set_aside_anew_since_stays_aside(at_work, looked):
    from consult.responses.setting_aside import set_aside

    with at_work() as (consultation, person):
        quick = flag_named(consultation, "quick")
        reviewer(quick, person).decide("excluded", "A programme.", quick.responses)
    with at_work() as (consultation, person):
        ten = db.session.scalars(sa.select(Response).where(Response.reference == "R010")).one()
        set_aside(ten, "duplicate", "The same as R011.", person)
        reviewer(flag_named(consultation, "quick"), person).take_back()
        db.session.flush()
        assert ten.set_aside.kind == "duplicate"
        eleven = db.session.scalars(sa.select(Response).where(Response.reference == "R011")).one()
        db.session.refresh(eleven)
        assert eleven.set_aside is None


def test_a_decision_needs_a_reason_and_stands_once(at_work, looked):
    with at_work() as (consultation, person):
        at = reviewer(flag_named(consultation, "quick"), person)
        with pytest.raises(Refused):
            at.decide("left", "")
        with pytest.raises(Refused):
            at.decide("excluded", "A programme.", [])
        db.session.rollback()
    with at_work() as (consultation, person):
        at = reviewer(flag_named(consultation, "quick"), person)
        at.decide("left", "Nobody can tell.")
        with pytest.raises(Refused, match="meanwhile"):
            at.decide("nothing", "They are my neighbours.")


def test_the_headline_is_told_with_and_without_what_is_in_doubt(at_work, looked):
    with at_work() as (consultation, person):
        facts = tallies.take(consultation)
        pairs = {
            one.key: (one, other) for one, other in tallies.without(facts, doubted(flags_of(consultation)))
        }
        with_, without = pairs["counted"]
        assert (with_.responses, without.responses) == (46, 35)  # nine of the burst and two quick ones
        with_, without = pairs["q3.H1.object"]
        assert (with_.responses, without.responses) == (9, 0)
        reviewer(flag_named(consultation, "network_burst"), person).decide("nothing", "A club evening.")
        (pair, *_) = tallies.without(facts, doubted(flags_of(consultation)))
        assert pair[1].responses == 44


def test_how_it_stood_at_an_earlier_moment_can_be_told_again(at_work, looked):
    with at_work() as (consultation, person):
        quick = flag_named(consultation, "quick")
        review = reviewer(quick, person).decide("left", "Nobody can tell.")
        before, after = (
            {each.rule.key: each.review for each in flags_of(consultation, at)}
            for at in (quick.at, review.at)
        )
        assert before["quick"] is None and after["quick"].decision == "left"


def test_an_erasure_takes_the_network_and_the_reason(at_work, looked):
    with at_work() as (consultation, person):
        burst = flag_named(consultation, "network_burst")
        reviewer(burst, person).decide("left", "Ms Ferris says they are hers.")
        one = db.session.scalars(sa.select(Response).where(Response.reference == "R001")).one()
        erase(one, "They asked.", person)
        assert flag_named(consultation, "network_burst").review.reason == "[erased]"
        gone = sa.select(Network).where(Network.response_id == one.id)
        assert db.session.scalars(gone).all() == []
        assert len(flag_named(consultation, "network_burst").responses) == 9


def test_retention_takes_every_network(at_work, looked):
    with at_work() as _:
        for one in db.session.scalars(sa.select(Response)).all():
            erase_one(one, IDENTITY, "The time has passed.", None)
        assert db.session.scalars(sa.select(Network)).all() == []


def test_no_flag_holds_a_network(at_work, looked):
    with at_work():
        for flag in db.session.scalars(sa.select(Flag)):
            assert "one" not in str(flag.evidence.values()) and "network" not in flag.evidence
