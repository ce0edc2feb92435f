"""Who reads what: given, shared out evenly, taken back, and nobody's again once somebody leaves."""

import re

import pytest
import sqlalchemy as sa

from consult import clock
from consult.accounts.models import Person
from consult.consultations.models import Consultation
from consult.database import db
from consult.points.models import Assignment
from consult.points.readers import Readers, readers_of
from consult.spaces.models import Membership
from consult.web.errors import Refused
from tests.points.test_coding import ON_H1

CODING = "/f/ash/consultations/reg14/coding"


@pytest.fixture
def sharing(working, world, said):
    """`with sharing() as (readers, person):`; `person(role)` is a member of that space."""
    from contextlib import contextmanager

    @contextmanager
    def unit(slug="ash"):
        with working(slug):
            consultation = db.session.scalars(sa.select(Consultation)).one()

            def person(role):
                return db.session.get(Person, world.person[slug, role])

            yield Readers(consultation, person("organiser")), person

    return unit


def has(consultation):
    return {
        each.person.id if each.person else None: (each.responses, each.progress.passages)
        for each in readers_of(consultation)
        if each.responses
    }


def test_before_anybody_is_given_anything_nobody_has_it_all(sharing):
    with sharing() as (readers, person):
        assert has(readers.consultation) == {None: (3, 5)}
        names = [each.person.id for each in readers_of(readers.consultation) if each.person]
        assert person("analyst").id in names and person("viewer").id not in names


def test_what_nobody_has_is_shared_evenly_by_what_there_is_to_read(sharing):
    with sharing() as (readers, person):
        assert readers.share([person("analyst"), person("chair")]) == 3
        shares = has(readers.consultation)
        assert None not in shares and sorted(shares.values()) in ([(1, 2), (2, 3)], [(1, 3), (2, 2)])
        with pytest.raises(Refused, match="everything"):
            readers.share([person("analyst")])
    with sharing("beck") as (readers, _):
        assert has(readers.consultation) == {None: (3, 5)}


def test_one_person_is_given_the_first_that_came(sharing):
    with sharing() as (readers, person):
        assert readers.give(person("analyst"), 1) == 1
        assert has(readers.consultation)[person("analyst").id] == (1, 2)
        for number in (0, 5_001):
            with pytest.raises(Refused, match="from 1 to"):
                readers.give(person("analyst"), number)
        with pytest.raises(Refused, match="may read"):
            readers.give(person("viewer"), 1)


def test_it_is_taken_back_and_that_is_on_record(sharing):
    with sharing() as (readers, person):
        readers.share([person("analyst")])
        assert readers.take_back(person("analyst")) == 3
        assert has(readers.consultation) == {None: (3, 5)}
        assert all(
            row.ended and row.ended_by_id == person("organiser").id
            for row in db.session.scalars(sa.select(Assignment))
        )


def test_what_somebody_had_who_leaves_is_nobodys_and_can_be_given_anew(sharing):
    with sharing() as (readers, person):
        readers.share([person("analyst")])
        mine = sa.select(Membership).where(Membership.person_id == person("analyst").id)
        db.session.scalars(mine).one().ended = clock.now()
        db.session.flush()
        assert has(readers.consultation) == {None: (3, 5)}
        assert readers.share([person("chair")]) == 3
        db.session.scalars(mine).one().ended = None
        db.session.flush()
        assert has(readers.consultation) == {
            person("chair").id: (3, 5)
        }  # whoever comes back has what is left


def test_what_was_read_already_is_given_to_nobody(sharing, coding, said):
    with coding() as (coder, passage):
        coder.code(passage(said["R-CCCC-CC", "q4"]), "", {coder.write("Trees")})
    with sharing() as (readers, person):
        assert readers.share([person("analyst")]) == 2
        assert has(readers.consultation) == {None: (1, 1), person("analyst").id: (2, 4)}


def test_answered_and_agreed_are_told_reader_by_reader(sharing, coding, said):
    from consult.issues.deciding import agree, decide
    from consult.issues.gathering import Gatherer

    with coding() as (coder, passage):
        theme = coder.write("Roads")
        point = coder.code(passage(said[ON_H1]), "", {theme})
        consultation, by = coder.consultation, coder.by
        issue = Gatherer(consultation, by).begin("Roads", "", {theme}, set())
        decision = decide(
            consultation,
            issue,
            by,
            outcome="noted",
            reply="We hear you.",
            reason="",
            policy_key="",
            change="",
        )
        agree(consultation, decision, by, clock.today(), "Minute 4")
        coder.code(passage(said["R-BBBB-BB", "q3"]), "", {theme})
        assert str(point.id) in decision.answers
    with sharing() as (readers, person):
        readers.give(person("analyst"), 1)
        told = {each.person and each.person.id: each.answering for each in readers_of(readers.consultation)}
        assert vars(told[person("analyst").id]) == {"points": 1, "answered": 1, "agreed": 1}
        assert vars(told[None]) == {"points": 1, "answered": 0, "agreed": 0}


def test_a_queue_of_ones_own_and_what_nobody_has(reader, said, sharing):
    with sharing() as (readers, person):
        readers.give(person("analyst"), 1)
    to = reader.get(f"{CODING}/next?state=uncoded&for=me").location
    assert str(said[ON_H1]) in to and "for=me" in to
    page = reader.get(to).text
    assert "Of what was given to you" in page
    assert re.search(r'action="[^"]*for=me[^"]*" novalidate data-once data-coding-form', page)
    nobody = reader.get(f"{CODING}/next?state=uncoded&for=nobody").location
    assert str(said["R-BBBB-BB", "q3"]) in nobody
    assert "Read on in what was given to you" in reader.get(CODING).text
    first = reader.post(to, data={"nothing": "yes"}).location
    assert str(said["R-AAAA-AA", "q4"]) in first and "for=me" in first
    assert reader.post(first, data={"nothing": "yes"}).location.endswith("/coding")


def test_it_is_shared_out_by_form_and_a_wrong_number_is_told(sign_in, said):
    chair = sign_in("ash", "chair")
    page = chair.get(f"{CODING}/readers").text
    people = re.findall(r'name="among" type="checkbox" value="([^"]+)"', page)
    answer = chair.post(f"{CODING}/readers/assignments", data={"to": people[0], "number": "many"})
    assert answer.status_code == 422 and "from 1 to 5,000" in answer.text and 'value="many"' in answer.text
    assert chair.post(f"{CODING}/readers/shares", data={}).status_code == 422
    assert chair.post(f"{CODING}/readers/shares", data={"among": "made up"}).status_code == 422
    assert (
        chair.post(f"{CODING}/readers/assignments", data={"to": people[0], "number": "1"}).status_code == 303
    )
    assert chair.post(f"{CODING}/readers/shares", data={"among": people[:2]}).status_code == 303
    page = chair.get(f"{CODING}/readers").text
    assert "Somebody has everything" in page
    assert chair.post(f"{CODING}/readers/endings", data={"of": "nobody"}).status_code == 422
    assert chair.post(f"{CODING}/readers/endings", data={"of": people[0]}).status_code == 303
    assert "Share out what nobody has" in chair.get(f"{CODING}/readers").text


def test_others_share_nothing_out(sign_in, said):
    for slug, role in (("ash", "viewer"), ("beck", "analyst")):
        assert sign_in(slug, role).get(f"{CODING}/readers").status_code in (403, 404)
