"""A closed consultation of which a part came unusually, in two forums."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult.accounts.models import Person
from consult.consultations.models import Consultation
from consult.database import db
from consult.flags.models import Flag
from consult.flags.reviewing import Reviewer
from consult.flags.searching import look
from consult.flags.standing import flags_of
from consult.responses.models import Response
from consult.responses.networks import Network
from tests.feedback import stored

AT = stored.OPENED + timedelta(days=3)


def write(made):
    """R001 to R009 came from one network within nine minutes; R010 and R011 were sent in a second; R020 came late; R030
    to R034 share a network, days apart; R100 to R129 came at one stall."""
    for number in range(1, 10):
        came = AT + timedelta(minutes=number)
        from_network(
            stored.respond(made, number, stored.stance(made, "H1", "object", "No."), received=came), "one"
        )
    for number in (10, 11):
        came = AT + timedelta(days=1, hours=number)
        stored.respond(made, number, stored.stance(made, "H1", "support", "Yes."), received=came,
                       begun=came - timedelta(seconds=1))  # fmt: skip
    late = stored.CLOSED + timedelta(hours=2)
    stored.respond(made, 20, stored.written(made, "Sorry, late."), received=late, late=True)
    for number in range(30, 35):
        came = AT + timedelta(days=number - 20)
        from_network(
            stored.respond(made, number, stored.written(made, "From the library."), received=came), "two"
        )
    for number in range(100, 130):
        stored.respond(made, number, stored.written(made, "At the stall."), received=AT, channel="event",
                       begun=AT - timedelta(seconds=2))  # fmt: skip


def from_network(response_id, network):
    db.session.add(Network(response_id=response_id, network=network))
    db.session.flush()


@pytest.fixture
def came(app, world, working):
    for slug in ("ash", "beck"):
        with working(slug):
            write(stored.consultation())


@pytest.fixture
def at_work(working, world, came):
    """`with at_work() as (consultation, person):` is one unit of work of the analyst of ash."""

    @contextmanager
    def unit(slug="ash"):
        with working(slug):
            consultation = db.session.scalars(sa.select(Consultation)).one()
            yield consultation, db.session.get(Person, world.person[slug, "analyst"])

    return unit


@pytest.fixture
def looked(at_work):
    with at_work() as (consultation, person):
        assert look(consultation, person)["new"] == 5


def flag_named(consultation, rule):
    return next(each for each in flags_of(consultation) if each.rule.key == rule)


def reviewer(flag, person):
    return Reviewer(db.session.scalars(sa.select(Flag).where(Flag.id == flag.id)).one(), person)


def references(ids):
    rows = db.session.scalars(sa.select(Response.reference).where(Response.id.in_(list(ids))))
    return sorted(rows)
