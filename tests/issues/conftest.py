"""A closed consultation of two forums, its words coded with two themes, and somebody who answers them."""

from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from consult.accounts.models import Person
from consult.consultations.models import Consultation
from consult.database import db
from consult.issues.gathered import issues_of
from consult.issues.gathering import Gatherer
from consult.points.coder import Coder
from consult.points.passages import passage_at
from consult.points.spans import Span
from tests.points.conftest import said as said

ROAD = Span("text", 18, 39)
WORDS = {"outcome": "changed", "reply": "We agree.", "reason": "It is true.", "change": "A new sentence."}


@pytest.fixture
def at_work(working, world):
    """`with at_work() as (consultation, person):` is one unit of work of the chair of ash."""

    @contextmanager
    def begun(slug="ash", role="chair"):
        with working(slug):
            person = db.session.get(Person, world.person[slug, role])
            yield db.session.scalars(sa.select(Consultation)).one(), person

    return begun


@pytest.fixture
def coded(said, at_work):
    """Three points on the letter (the second “Traffic”), “Homes” on what B wrote, and its place “Traffic”; returns the
    ids of the themes."""
    return {slug: code(at_work, slug) for slug in ("beck", "ash")}["ash"]


def code(at_work, slug):
    from consult.points.passages import Wanted
    from consult.points.queue import page_of

    with at_work(slug, "analyst") as (consultation, person):
        coder = Coder(consultation, person)
        traffic, homes = coder.write("Traffic"), coder.write("Homes")
        rows, _ = page_of(consultation, Wanted(), 1, 50)
        by = {(row.response, row.question): passage_at(consultation, row.id) for row in rows}
        coder.mark(by["R-AAAA-AA", "q3"], ROAD)
        coder.code(by["R-AAAA-AA", "q3"], "b", {traffic})
        coder.code(by["R-BBBB-BB", "q3"], "", {homes})
        coder.code(by["R-BBBB-BB", "q5"], "", {traffic})
        return {"Traffic": traffic, "Homes": homes}


@pytest.fixture
def issue(coded, at_work):
    """“Fast cars”, which gathers Traffic."""
    with at_work() as (consultation, person):
        return Gatherer(consultation, person).begin(
            "Fast cars", "People find it fast.", {coded["Traffic"]}, set()
        )


def standing(consultation):
    """Each issue with the words of its themes and how many points it holds."""
    return [(i.name, [e.label for e in i.themes], len(i.points)) for i in issues_of(consultation)]
