"""Those who asked are told of the decision, each once; and what follows regulation 16 follows in order."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult import clock
from consult.clearing.erasing import erase
from consult.database import db
from consult.examining.models import DecisionMail
from consult.responses.models import Response
from consult.spaces import milestones
from consult.spaces.models import Space
from consult.web.errors import Refused
from tests.consultations.setting import person
from tests.examining import scene

OFFICE = "/a/northam/consultations/reg16/examination/"
STEPS = ("examination", "report", "decision", "referendum", "made")


def record(world, *keys, days_ago: int = 0) -> None:
    by, ash = person(world, "northam", "officer"), db.session.get_one(Space, world.space["ash"])
    for key in keys:
        milestones.record(ash, key, on=clock.today() - timedelta(days=days_ago), by=by)


def decided(mails):
    return [mail for mail in mails if mail["subject"].startswith("The decision about the plan")]


def test_each_who_asked_is_told_once_with_their_reference(
    references, officer, performed, mailed, working, world
):
    with working("northam"):
        scene.represent("on paper", email="", channel="paper")
        scene.represent("silent", tell_decision=False)
        record(world, *STEPS)
    assert "6 asked" in officer.page(OFFICE).text
    for _ in range(2):
        assert officer.send(f"{OFFICE}telling").status_code == 303
        performed()
    told = decided(mailed())
    to_senders = [mail for mail in told if mail["to"] == scene.EMAIL]
    to_body = [mail for mail in told if mail["to"] == "chair@ash.example.org"]
    assert len(to_senders) == 5
    assert len(to_body) == 1
    with working("northam"):
        assert len(db.session.scalars(sa.select(DecisionMail)).all()) == 5
    assert "5 told" in officer.page(OFFICE).text


def test_a_refusal_is_told_too_and_nothing_before_a_decision(
    references, officer, performed, mailed, working, world
):
    assert "Record the decision first" in officer.send(f"{OFFICE}telling").text
    with working("northam"):
        record(world, "examination", "report", "refused")
    officer.send(f"{OFFICE}telling")
    performed()
    assert len(decided(mailed())) == 6


def test_whoever_was_erased_is_not_told(references, officer, performed, working, world):
    with working("northam"):
        wanted = sa.select(Response).where(Response.reference == references["plain"])
        erase(db.session.scalars(wanted).one(), "They asked", person(world, "northam", "officer"))
        record(world, *STEPS)
    officer.send(f"{OFFICE}telling")
    performed()
    with working("northam"):
        told = [each.response.reference for each in db.session.scalars(sa.select(DecisionMail))]
    assert references["plain"] not in told


@pytest.mark.parametrize(
    ("before", "key", "sentence"),
    [
        ((), "report", "plan goes to the examiner"),
        (("examination",), "decision", "the examiner reports"),
        (("examination", "report"), "referendum", "decides on the report"),
        (("examination", "report", "decision"), "refused", ""),
        (("business_area", "examination", "report", "decision", "referendum"), "made", "businesses vote too"),
    ],
)
def test_what_cannot_precede_is_refused(before, key, sentence, references, working, world):
    with working("northam"):
        record(world, *before)
        if not sentence:
            record(world, key)
            return
        with pytest.raises(Refused, match=sentence):
            record(world, key)


def test_days_follow_each_other_too(references, working, world):
    with working("northam"):
        record(world, "examination")
        with pytest.raises(Refused, match="cannot have been before"):
            record(world, "report", days_ago=1)


def test_made_and_refused_are_contrary(references, working, world):
    with working("northam"):
        record(world, *STEPS)
        with pytest.raises(Refused, match="take that back first"):
            record(world, "refused")
