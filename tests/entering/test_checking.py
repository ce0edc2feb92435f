from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from consult import audit, clock
from consult.accounts.models import Person
from consult.consultations.models import find
from consult.database import db
from consult.entering.batches import progress_of
from consult.entering.models import Check, SamePerson, Sheet, agree
from consult.feedback import tallies
from consult.responses.models import Response
from tests.entering.conftest import HOME
from tests.inspector import Page
from tests.responses import asking

DAY = clock.today() - timedelta(days=3)
TYPED = {
    "q1": ["H1"],
    "q1.H1": "object",
    "q2": "yes",
    "q4": "Keep the mill",
    "channel": "event",
    "arrived": f"{DAY:%d/%m/%Y}",
}


def key():
    return {"idempotency_key": str(uuid4())}


@pytest.fixture
def entered(sign_in, batch, working):
    """One sheet, typed in by the analyst."""
    assert (
        sign_in("ash", "analyst").send(f"/f/ash/batches/{batch}/sheets", **TYPED, **key()).status_code == 303
    )
    with working("ash"):
        return db.session.scalars(sa.select(Response.id)).one()


def progress(working):
    with working("ash"):
        line = progress_of(find("reg14"))
        return line.entered, line.checked, line.differed


def test_the_second_person_agrees_once(sign_in, entered, working):
    checker, there = sign_in("ash", "organiser"), f"/f/ash/checks/{entered}"
    assert progress(working) == (1, 0, 0)
    assert "Keep the mill" in checker.page(there).text
    assert checker.send(there).status_code == 303
    assert checker.send(there).status_code == 409
    with working("ash"):
        assert db.session.scalars(sa.select(Check.corrected_id)).all() == [None]
        assert db.session.scalars(sa.select(audit.Deed).where(audit.Deed.act == "response.checked")).one()
    assert progress(working) == (1, 1, 0)


def test_nobody_checks_what_they_typed_themselves(sign_in, entered, working, world):
    typist = sign_in("ash", "analyst")
    for there in (f"/f/ash/checks/{entered}", f"/f/ash/checks/{entered}/sheet"):
        answer = typist.send(there, **TYPED, **key())
        assert answer.status_code == 409
        assert "You typed this one yourself" in Page(answer).text
    with working("ash"):
        response = db.session.scalars(sa.select(Response)).one()
        with pytest.raises(SamePerson):
            agree(response, db.session.get(Person, world.person["ash", "analyst"]))
        assert db.session.scalars(sa.select(Check)).all() == []


def test_the_form_to_type_again_shows_nothing_of_what_was_entered(sign_in, entered):
    assert "Keep the mill" not in sign_in("ash").page(f"/f/ash/checks/{entered}/sheet").html


def test_typed_again_and_the_same_is_agreed(sign_in, entered, working):
    answer = sign_in("ash").send(f"/f/ash/checks/{entered}/sheet", **TYPED, **key())
    assert answer.status_code == 303
    assert progress(working) == (1, 1, 0)


def test_what_differs_is_shown_and_nothing_is_decided(sign_in, entered, working):
    answer = sign_in("ash").send(f"/f/ash/checks/{entered}/sheet", **TYPED | {"q1.H1": "support"}, **key())
    assert answer.status_code == 409
    assert "H1 Homes & gardens" in Page(answer).text
    assert (
        "Should the plan go on?"
        not in Page(answer).text.partition("Where they differ")[2].partition("scan")[0]
    )
    assert progress(working) == (1, 0, 0)


@pytest.mark.parametrize("late", [False, True])
def test_a_correction_counts_in_place_of_what_is_kept(sign_in, entered, working, late):
    with working("ash"):
        before = db.session.scalars(sa.select(Response)).one().received
        if late:
            asking.close(find("reg14"), at=clock.now() - timedelta(days=1))
    form = TYPED | {"q2": "no", "do": "correct"} | key()
    checker = sign_in("ash")
    assert checker.send(f"/f/ash/checks/{entered}/sheet", **form).status_code == 303
    assert checker.send(f"/f/ash/checks/{entered}/sheet", **form).status_code == 409
    with working("ash"):
        check = db.session.scalars(sa.select(Check)).one()
        old, new = (db.session.get(Response, (check.space_id, at)) for at in (entered, check.corrected_id))
        chosen = [[a.choice for a in each.answers if a.choice] for each in (old, new)]
        assert chosen == [["yes"], ["no"]]
        assert old.set_aside.kind == "duplicate"
        assert old.set_aside.reason.startswith("Corrected at the second check: ")
        assert (new.received, new.late) == (before, False)
        assert db.session.scalars(sa.select(Sheet)).one().response_id == new.id
        line = tallies.reconciliation(tallies.take(find("reg14")))
        assert (line.received, line.counted, line.duplicates, line.adds_up) == (2, 1, 1, True)
    assert progress(working) == (1, 1, 1)


def test_the_checker_may_find_that_the_first_was_right(sign_in, entered, working):
    form = TYPED | {"q2": "no", "do": "agree"} | key()
    assert sign_in("ash").send(f"/f/ash/checks/{entered}/sheet", **form).status_code == 303
    assert progress(working) == (1, 1, 0)
    with working("ash"):
        assert db.session.scalars(sa.select(Response)).one().set_aside is None


def test_the_list_says_what_waits_and_for_whom(sign_in, entered):
    assert "You: somebody else checks it" in sign_in("ash", "analyst").page(f"{HOME}checks").text
    assert f"/f/ash/checks/{entered}" in sign_in("ash").page(f"{HOME}checks").html


def test_what_a_resident_sent_has_no_sheet(client, sign_in, opened, working):
    client.send(asking.URL, q4="Hello", **key())
    with working("ash"):
        sent = db.session.scalars(sa.select(Response.id)).one()
    assert sign_in("ash").send(f"/f/ash/checks/{sent}").status_code == 409
    assert sign_in("ash").send(f"/f/ash/entries/{sent}/undoing", reason="No").status_code == 409
    assert progress(working) == (0, 0, 0)


def test_what_was_checked_is_not_undone(sign_in, entered):
    sign_in("ash").send(f"/f/ash/checks/{entered}")
    assert sign_in("ash", "analyst").send(f"/f/ash/entries/{entered}/undoing", reason="No").status_code == 409


def test_nobody_else_checks(client, sign_in, entered, working):
    assert client.get(f"/f/ash/checks/{entered}").status_code == 302
    assert sign_in("beck").get(f"/f/beck/checks/{entered}").status_code == 404
    assert sign_in("beck").send(f"/f/beck/checks/{entered}").status_code == 404
    assert progress(working) == (1, 0, 0)


@pytest.fixture
def corrected(sign_in, entered, working):
    """The references of what was entered, and of what was typed at the check in its place."""
    form = TYPED | {"q2": "no", "do": "correct"} | key()
    assert sign_in("ash").send(f"/f/ash/checks/{entered}/sheet", **form).status_code == 303
    with working("ash"):
        first = db.session.scalars(sa.select(Response).where(Response.id == entered)).one()
        second = db.session.scalars(sa.select(Response).where(Response.id != entered)).one()
        return first.reference, second.reference


def line(working):
    """The reconciliation line, and who said no to q2, and who said yes."""
    with working("ash"):
        facts = tallies.take(find("reg14"))
        found, said = (
            tallies.reconciliation(facts),
            {f.key: f.value for f in tallies.figures(facts, splits=())},
        )
        assert found.adds_up
        return found.received, found.counted, found.duplicates, found.excluded, said["q2.no"], said["q2.yes"]


def test_a_corrected_sheet_is_counted_once_whatever_is_pressed(sign_in, corrected, working):
    first, second = corrected
    chair = sign_in("ash")
    assert line(working) == (2, 1, 1, 0, 1, 0)
    page = chair.page(f"{HOME}responses/{first}")
    assert f"{second} stands in its place" in page.text
    assert "Count it again" not in page.text
    answer = chair.send(f"{HOME}responses/{first}/counting")
    assert answer.status_code == 409
    assert "the same person would be counted twice" in Page(answer).text
    assert line(working) == (2, 1, 1, 0, 1, 0)


def test_either_may_stand_and_never_both(sign_in, corrected, working):
    first, second = corrected
    chair = sign_in("ash")
    aside = {"kind": "excluded", "reason": "The checker had another sheet in hand"}
    assert chair.send(f"{HOME}responses/{second}/setting-aside", **aside).status_code == 303
    assert line(working) == (2, 0, 1, 1, 0, 0)
    assert chair.send(f"{HOME}responses/{first}/counting").status_code == 303
    assert line(working) == (2, 1, 0, 1, 0, 1)
    assert chair.send(f"{HOME}responses/{second}/counting").status_code == 409
    assert line(working) == (2, 1, 0, 1, 0, 1)


def test_what_was_typed_at_a_check_is_not_undone(sign_in, corrected, working):
    with working("ash"):
        second = db.session.scalars(sa.select(Response.id).where(Response.reference == corrected[1])).one()
    assert sign_in("ash").send(f"/f/ash/entries/{second}/undoing", reason="No").status_code == 409


def test_a_third_person_corrects_the_correction_and_still_one_stands(sign_in, corrected, working):
    with working("ash"):
        second = db.session.scalars(sa.select(Response.id).where(Response.reference == corrected[1])).one()
    form = TYPED | {"do": "correct", "q4": "As it stands there"} | key()
    assert sign_in("ash", "organiser").send(f"/f/ash/checks/{second}/sheet", **form).status_code == 303
    assert line(working) == (3, 1, 2, 0, 0, 1)
    for reference in corrected:
        assert sign_in("ash").send(f"{HOME}responses/{reference}/counting").status_code == 409
    assert line(working) == (3, 1, 2, 0, 0, 1)
