"""What members are told of how a response came: a mark, by which nobody is kept out or left uncounted."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult import clock
from consult.consultations.models import find
from consult.database import db
from consult.responses.confirming import confirm
from consult.responses.manner import Manner
from consult.responses.marks import QUICKER_THAN_PEOPLE, is_quick, marks_of
from consult.responses.models import Response
from consult.responses.receiving import receive
from tests.responses import asking
from tests.responses.test_changing import LIST, line_of
from tests.responses.test_receiving import a_submission


def test_members_see_what_came_quicker_than_people_write_and_it_is_counted(sign_in, opened, working):
    now = clock.now()
    with working("ash"):
        made = find("reg14")
        for key, ago in (("quick", 1), ("slow", 600)):
            began = now - timedelta(seconds=ago)
            receive(made, a_submission(made, key=key, received=now, begun=began))
    page = sign_in("ash", "organiser").page(LIST)
    assert page.text.count("Sent within five seconds") == 1
    assert line_of(working).counted == 2


@pytest.mark.parametrize(("seconds", "quick"), [(4.9, True), (5.0, False), (3600, False)])
def test_quick_is_less_than_five_seconds_from_beginning_to_sending(seconds, quick):
    now = clock.now()
    assert is_quick(Response(received=now, begun=now - timedelta(seconds=seconds))) is quick
    assert not is_quick(Response(received=now, begun=None))
    assert timedelta(seconds=5) == QUICKER_THAN_PEOPLE


@pytest.mark.parametrize(("confirms", "told"), [(False, set()), (True, {"b@example.org"})])
def test_an_address_that_nobody_confirmed_is_marked_where_confirming_is_asked_for(working, confirms, told):
    with working("ash"):
        made = asking.drafted()
        asking.add(Manner(consultation_id=made.id, asks_equality=False, confirms_email=confirms))
        asking.open_it(made)
        given = [("a", "web"), ("b", "web"), ("c", "paper"), ("", "web")]
        sent = [
            receive(
                made,
                a_submission(made, key=f"key {n}", email=f"{who}@example.org" if who else "", channel=how),
            )[0]
            for n, (who, how) in enumerate(given)
        ]
        confirm(sent[0])
        db.session.flush()
        marked = {
            one.email for one in db.session.scalars(sa.select(Response)) if marks_of(made, [one])[one.id]
        }
        assert marked == told
