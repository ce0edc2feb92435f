import re
import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult import audit, clock, tenancy
from consult.accounts.models import Person
from consult.consultations.models import find
from consult.database import db, unit_of_work
from consult.responses.models import Answer, Place, Response
from consult.responses.receiving import Pointed, Said, Submission, receive
from consult.responses.references import LETTERS, new_reference
from tests.responses import asking

REFERENCE = re.compile(f"R-[{LETTERS}]{{4}}-[{LETTERS}]{{2}}")


def a_submission(consultation, **changes):
    text = next(q for q in consultation.questions if q.kind == "text")
    place = next(q for q in consultation.questions if q.kind == "place")
    given = {
        "answers": (Said(text.id, text="Hello"),),
        "places": (Pointed(place.id, 376_000, 166_000, "Here"),),
    }
    return Submission(**given | {"key": "a key of my own"} | changes)


def test_a_response_is_stored_with_all_that_is_in_it(opened, working):
    with working("ash"):
        consultation = find("reg14")
        response, already_there = receive(consultation, a_submission(consultation, name="Ann\x00"))
        assert not already_there
        assert REFERENCE.fullmatch(response.reference)
        assert response.name == "Ann"
        assert [answer.text for answer in response.answers] == ["Hello"]
        assert [(place.easting, place.words) for place in response.places] == [(376_000, "Here")]
        assert response.notice == "We keep it safe."
    with working("beck"):
        assert db.session.scalars(sa.select(Response)).all() == []


def test_the_same_key_is_the_same_response(opened, working):
    with working("ash"):
        first, _ = receive(find("reg14"), a_submission(find("reg14")))
        again, already_there = receive(find("reg14"), a_submission(find("reg14")))
        assert already_there
        assert again.id == first.id
        assert db.session.scalar(sa.select(sa.func.count(Answer.id))) == 1


def test_a_key_belongs_to_one_consultation(opened, working):
    with working("ash"):
        other = asking.consultation(reference="early", plan=False)
        receive(find("reg14"), a_submission(find("reg14")))
        assert receive(other, a_submission(other))[1] is False


def test_a_reference_that_is_taken_is_drawn_again(opened, working, monkeypatch):
    drawn = iter(["R-AAAA-AA", "R-AAAA-AA", "R-BBBB-BB"])
    monkeypatch.setattr("consult.responses.receiving.new_reference", lambda: next(drawn))
    with working("ash"):
        receive(find("reg14"), a_submission(find("reg14"), key="first one"))
        second, already_there = receive(find("reg14"), a_submission(find("reg14"), key="second one"))
        assert (second.reference, already_there) == ("R-BBBB-BB", False)


def test_references_carry_no_letters_that_are_mistaken():
    assert not set("0125OILSBUAEZ") & set(LETTERS)
    assert all(REFERENCE.fullmatch(new_reference()) for _ in range(200))


@pytest.mark.parametrize(
    ("postcode", "own_word", "expected"),
    [
        ("BA11AA", "", ("inside", "postcode")),
        ("BA22BB", "inside", ("outside", "postcode")),
        ("ZZ99ZZ", "inside", ("inside", "their own word")),
        ("", "outside", ("outside", "their own word")),
        ("", "", ("unknown", "")),
    ],
)
def test_home_comes_from_the_postcode_else_from_their_word(opened, working, postcode, own_word, expected):
    with working("ash"):
        submission = a_submission(find("reg14"), postcode=postcode, home=own_word)
        response, _ = receive(find("reg14"), submission)
        assert (response.home, response.home_by) == expected


@pytest.mark.parametrize(("seconds", "late"), [(-1, False), (0, True), (1, True)])
def test_late_starts_at_the_instant_of_the_close(opened, working, seconds, late):
    with working("ash"):
        consultation = find("reg14")
        received = consultation.closes + timedelta(seconds=seconds)
        response, _ = receive(consultation, a_submission(consultation, received=received))
        assert response.late is late


def test_a_response_after_an_early_close_is_late_however_long_ago_the_consultation_was_read(
    app, opened, world
):
    """The page was read while it was open; an organiser closed it before the response was stored."""

    def close():
        with app.app_context(), unit_of_work(), tenancy.inside(world.space["ash"]):
            asking.close(find("reg14"))

    with app.app_context(), unit_of_work(), tenancy.inside(world.space["ash"]):
        consultation = find("reg14")
        assert consultation.closes > clock.now()
        closing = threading.Thread(target=close)
        closing.start()
        closing.join(30)
        response, _ = receive(consultation, a_submission(consultation))
        assert response.late


def test_entering_for_somebody_is_recorded(opened, working, world):
    with working("ash"):
        member = db.session.get(Person, world.person["ash", "analyst"])
        response, _ = receive(find("reg14"), a_submission(find("reg14"), channel="paper"), entered_by=member)
        deed = db.session.scalars(sa.select(audit.Deed).where(audit.Deed.act == "response.entered")).one()
        assert (deed.subject, deed.person_id) == (response.reference, member.id)
        assert response.entered_by_id == member.id


def test_what_was_said_is_never_edited(opened, working):
    with working("ash"):
        receive(find("reg14"), a_submission(find("reg14")))
    for model, column in ((Response, "name"), (Answer, "text"), (Place, "words")):
        with pytest.raises(sa.exc.DatabaseError):
            rewrite(working, model, column)


def rewrite(working, model, column):
    with working("ash"):
        setattr(db.session.scalars(sa.select(model)).one(), column, "Something else")
        db.session.flush()


def test_two_at_once_with_one_key_leave_one_response(app, opened, world):
    """Both look before either writes, so the second finds out from the database."""
    looked, outcomes = threading.Barrier(2, timeout=20), []

    def send():
        with app.app_context(), unit_of_work(), tenancy.inside(world.space["ash"]):
            consultation = find("reg14")
            submission = a_submission(consultation)
            assert db.session.scalar(sa.select(Response.id)) is None
            looked.wait()
            response, already_there = receive(consultation, submission)
            outcomes.append((response.reference, already_there))

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(outcomes) == 2
    assert len({reference for reference, _ in outcomes}) == 1
    assert sorted(already_there for _, already_there in outcomes) == [False, True]
    with app.app_context(), tenancy.inside(world.space["ash"]):
        assert db.session.scalar(sa.select(sa.func.count(Response.id))) == 1
    assert clock.now()
