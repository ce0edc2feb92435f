"""The road of a plan: the next step, who acts, by when; and what an authority records of it."""

import io
import re
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import g
from hypothesis import given
from hypothesis import strategies as st

from consult import clock
from consult.access import ROLES_IN
from consult.areas.models import Application
from consult.database import db
from consult.spaces import journey, milestones
from consult.spaces.journey import Place, Road, Step, Stop
from consult.spaces.models import standing
from consult.web.errors import Refused
from tests.areas.ground import apply_here, person, square
from tests.forums.filling import fill, handed

DAY = date(2026, 11, 25)


def stop(key: str, place: Place, who: str = "body", optional: bool = False, passed: bool = False) -> Stop:
    step = Step(key, key.title(), "regulation 1", who, "", "", DAY, "", optional=optional)
    return Stop(step, place, passed)


def test_the_next_step_is_the_first_that_is_not_done() -> None:
    road = Road((stop("a", journey.done(DAY)), stop("b", journey.now("Do it")), stop("c", journey.later())))
    assert road.next.step.key == "b"
    assert road.reached == 1
    assert road.meanwhile is None


def test_while_others_decide_the_body_can_do_the_next_of_its_own() -> None:
    road = Road((stop("a", journey.waiting("…"), who="authority"), stop("b", journey.now("Do it"))))
    assert road.next.step.key == "a"
    assert road.meanwhile.step.key == "b"


def test_what_was_passed_by_is_not_the_next_step() -> None:
    road = Road((stop("a", journey.now(""), optional=True, passed=True), stop("b", journey.now(""))))
    assert road.next.step.key == "b"


def test_each_step_says_who_acts_and_has_a_day_and_a_source() -> None:
    for step in journey.steps().values():
        assert step.who in ("body", "authority", "examiner", "voters")
        assert step.needs
        assert step.when
        assert step.source.startswith("https://")
        assert step.since >= date(2012, 4, 6)
        assert step.where or step.optional


def test_every_step_that_is_not_recorded_is_said_by_a_floor(app) -> None:
    assert set(journey._looks) == set(journey.steps())


@given(st.dates(date(2012, 4, 6), date(2100, 1, 1)))
def test_thirteen_weeks_begin_on_the_day_after(first: date) -> None:
    """Regulations 6A and 9A: the day itself is not counted, and clock changes make no day longer."""
    assert journey.decide_by(first, False) == first + timedelta(days=91)
    assert journey.decide_by(first, True) == first + timedelta(days=140)


def test_without_a_day_of_publicity_no_clock_runs() -> None:
    assert journey.decide_by(None, False) is None


# On the home of a body.


@pytest.fixture
def at_home(app, working):
    """`with at_home("ash") as road:` stands in that space as a request does, and looks at its road."""

    @contextmanager
    def inside(slug):
        with app.test_request_context("/"), working(slug):
            g.space = standing()
            yield journey.road(g.space)

    return inside


def test_a_council_has_no_forum_to_apply_for(at_home) -> None:
    with at_home("cole") as road:
        states = {stop.step.key: stop.place.state for stop in road.stops}
    assert "forum_application" not in states
    assert states["area_application"] == "now"


def test_members_see_the_next_step_and_the_page_that_does_it(sign_in) -> None:
    page = sign_in("cole").page("/f/cole/")
    assert "Apply for the neighbourhood area" in page.text
    assert "Regulation 5" in page.text
    assert "/f/cole/area/draft" in page.html


@pytest.mark.parametrize("role", ROLES_IN["forum"])
def test_every_member_may_look(sign_in, role) -> None:
    assert sign_in("ash", str(role)).get("/f/ash/").status_code == 200


def test_nobody_else_sees_the_road(client, sign_in) -> None:
    for other in (client, sign_in("beck")):
        assert "The whole road" not in other.page("/f/ash/").text
    assert "Where this plan is" in client.page("/f/ash/").text


def test_a_forum_that_was_designated_is_told_until_when(sign_in) -> None:
    assert "It lasts until 6 January 2030." in sign_in("ash").page("/f/ash/").text


def test_a_designation_that_has_ended_is_the_next_step_again(at_home, monkeypatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2030, 1, 6))
    with at_home("ash") as road:
        assert road.next.step.key == "forum_application"
        assert "ended on 6 January 2030" in road.next.place.words


def test_the_clock_of_regulation_6a_runs_from_the_day_on_record(at_home, working, world) -> None:
    with working("ash"):
        apply_here(square(), by=person(world.person["ash", "chair"]))
    with working("northam"):
        body = db.session.scalars(sa.select(Application)).one().space
        by = person(world.person["northam", "officer"])
        milestones.record(body, "area_publicised", on=date(2026, 3, 2), by=by)
    with at_home("ash") as road:
        ahead = road.next
        assert (ahead.step.key, ahead.place.by) == ("area_designation", date(2026, 6, 1))
        assert ahead.step.who == "authority"


# What the authority records.

ROAD = "/a/northam/bodies/ash/road"


def test_the_body_sees_what_its_authority_records_with_the_document(sign_in) -> None:
    officer = sign_in("northam", "officer")
    said = {"key": "made", "on": "2026-11-02", "words": "Made by full council."}
    sent = officer.post(ROAD, data=said | {"file": (io.BytesIO(b"%PDF-1.7 made"), "made.pdf")})
    assert sent.status_code == 303
    chair = sign_in("ash")
    page = chair.page("/f/ash/")
    assert "Made by full council." in page.text
    document = re.search(r"/f/ash/milestones/[0-9a-f-]{36}/document", page.html).group()
    assert chair.get(document).data == b"%PDF-1.7 made"
    assert "The plan is made" in sign_in("beck").page("/f/ash/").text
    assert sign_in("beck").get(document).status_code == 404
    assert sign_in("beck").get(document.replace("/ash/", "/beck/")).status_code == 404


def test_a_step_is_recorded_once_and_taken_back_by_its_authority_alone(sign_in, working, world) -> None:
    officer = sign_in("northam", "officer")
    assert officer.send(ROAD, key="report", on="2026-11-02").status_code == 303
    assert officer.send(ROAD, key="report", on="2026-11-03").status_code == 422
    back = re.search(r"/a/northam/milestones/[0-9a-f-]{36}/withdrawal", officer.page(ROAD).html).group()
    assert sign_in("southby", "officer").post(back.replace("northam", "southby")).status_code == 404
    assert sign_in("ash").post(back.replace("a/northam", "f/ash")).status_code in (403, 404)
    assert officer.send(back).status_code == 303
    with working("ash"):
        assert milestones.days(standing()) == {}


def test_two_who_record_the_same_step_at_once_record_it_once(working, world) -> None:
    with working("northam"):
        by = person(world.person["northam", "officer"])
        body = db.session.get_one(type(standing()), world.space["ash"])
        milestones.record(body, "made", on=DAY, by=by)
        with pytest.raises(Refused, match="on record already"):
            milestones.record(body, "made", on=DAY, by=by)


def test_another_authoritys_officer_finds_no_such_body(sign_in) -> None:
    assert sign_in("southby", "officer").get("/a/southby/bodies/ash/road").status_code == 404


def test_the_forum_application_moves_along_the_road(at_home, working, world) -> None:
    with at_home("ash") as road:
        assert road.stops[0].place.state == "done"  # designated in 2025
    fill(world, working, "beck", without="constitution")
    handed(world, working)
    with at_home("ash") as road:
        assert road.stops[0].place.url.endswith("/forum-application")
