"""A closed consultation with nine copies of one letter among what others wrote, and a petition, in two forums."""

from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from consult.accounts.models import Person
from consult.campaigns.letters import Letters
from consult.campaigns.petitions import Petitions
from consult.consultations.models import Consultation
from consult.database import db
from consult.responses.models import Response
from tests.campaigns.test_detecting import LETTER, OWN
from tests.feedback import stored

MINE = "My cellar was flooded in January and the pump still runs."


def write(made):
    """R001 to R004 wrote for themselves, R011 to R019 sent the letter (R019 with words of their own), R030 is the
    petition; R041 sent the letter twice."""
    for number, words in enumerate(OWN, 1):
        stored.respond(made, number, stored.written(made, words), name=f"Writer {number}")
    for number in range(11, 19):
        stored.respond(made, number, stored.stance(made, "H1", "object", LETTER))
    stored.respond(made, 19, stored.stance(made, "H1", "object", f"{LETTER} {MINE}"), name="Ada Ferris")
    stored.respond(made, 30, stored.stance(made, "H1", "object", "Keep the trees."), kind="group", people=143)
    stored.respond(made, 41, stored.stance(made, "H1", "object", LETTER), aside="duplicate")


@pytest.fixture
def sent(app, world, working):
    for slug in ("ash", "beck"):
        with working(slug):
            write(stored.consultation())


@pytest.fixture
def at_work(working, world, sent):
    """`with at_work() as (letters, petitions, response):` is one unit of work of the analyst of ash."""

    @contextmanager
    def unit(slug="ash", role="analyst"):
        with working(slug):
            consultation = db.session.scalars(sa.select(Consultation)).one()
            person = db.session.get(Person, world.person[slug, role])
            yield Letters(consultation, person), Petitions(consultation, person), response_of

    return unit


def response_of(number):
    return db.session.scalars(sa.select(Response).where(Response.reference == f"R{number:03}")).one()
