"""An officer's home: who stands where, what is due, what is announced; filters are links; nothing of anyone else's."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult import clock
from consult.accounts.models import Person
from consult.consultations.models import Announcement
from consult.consultations.records import AnnouncementDay
from consult.database import db, unit_of_work
from consult.feedback import announced
from consult.responses.receiving import Submission, receive
from consult.spaces import milestones
from consult.spaces.models import Space
from consult.tenancy import inside
from tests.areas.ground import apply_here, square
from tests.consultations.setting import person
from tests.forums import filling
from tests.officers.counting import statements
from tests.officers.handing import hand_over
from tests.reports import scene
from tests.responses import asking

HOME = "/a/northam/"
AT_MOST = 12


@pytest.fixture
def officer(sign_in):
    return sign_in("northam", "officer")


def recorded(world, slug, key, on):
    with inside(world.space["northam"]):
        body = db.session.get_one(Space, world.space[slug])
        milestones.record(body, key, on=on, by=person(world, "northam", "officer"))


@pytest.fixture
def busy(world, working):
    """Ash Hill consults under regulation 14, Beckside has applied to be a forum and for an area, Cole has submitted."""
    with working("ash"):
        made = scene.consultation()
        scene.respond(made, 12)
        announced.bring_up_to_date(made)
    filling.handed(world, working, "beck")
    with working("beck"):
        apply_here(square(5_000), "Beckside", person(world, "beck"))
    hand_over("submission", world, working, "cole")


def test_an_officer_s_home_is_the_district(busy, officer):
    page = officer.page(HOME)
    assert "Your district" in page.text
    for words in ("Ash Hill Neighbourhood Forum", "Beckside Neighbourhood Forum", "Cole Parish Council"):
        assert words in page.text
    assert "Dell Road" not in page.text
    for words in (
        "Regulation 14 (1)",
        "Submitted (1)",
        "Publicise the area application",
        "Regulation 9",
        "Section 61F(8)",
    ):
        assert words in page.text
    assert "Responses a day" in page.text
    assert "by the mill" not in page.html


def test_everyone_else_sees_what_they_saw(busy, client, sign_in):
    for who in (client, sign_in("northam", "viewer"), sign_in("ash", "chair"), sign_in("southby", "officer")):
        assert "Your district" not in who.page(HOME).text
        assert who.get(HOME + "?due=overdue").status_code == 200
    other = sign_in("southby", "officer").page("/a/southby/")
    assert "Dell Road" in other.text
    for words in ("Ash Hill", "Beckside", "Cole"):
        assert words not in other.text


def test_the_one_that_ends_this_week_is_two_clicks_away(busy, world, working, officer):
    assert "Ends within a week" not in officer.page(HOME).text
    with working("ash"):
        row = db.session.scalars(
            sa.select(Announcement).where(Announcement.space_id == world.space["ash"])
        ).one()
        row.closes = clock.end_of(clock.today() + timedelta(days=3))
    page = officer.page(HOME)
    link = re.search(r'href="([^"]+)">Ends within a week', page.html)
    found = officer.page(link[1].replace("&amp;", "&"))
    assert "Ash Hill Neighbourhood Forum" in found.text
    assert "in 3 days" in found.text
    assert "Beckside Neighbourhood Forum" not in found.text
    assert "/f/ash/consultations/reg14/" in found.html


def test_filters_narrow_the_list_and_nonsense_is_no_filter(busy, officer):
    by_stage = officer.page(HOME + "?stage=regulation_14").text
    assert "Ash Hill Neighbourhood Forum" in by_stage
    assert "Cole Parish Council" not in by_stage
    both = officer.page(HOME + "?stage=regulation_14&boundary=none").text
    assert "Ash Hill Neighbourhood Forum" in both
    nobody = officer.page(HOME + "?stage=regulation_14&due=overdue").text
    assert "Show the whole district" in nobody
    strange = officer.page(HOME + "?stage=nonsense&due=<script>&boundary=").text
    assert "Beckside Neighbourhood Forum" in strange
    assert "Cole Parish Council" in strange


def test_what_is_overdue_says_so_with_its_law(busy, world, app, officer):
    long_ago = clock.today() - timedelta(weeks=6)
    with app.app_context(), unit_of_work():
        recorded(world, "cole", "report", long_ago)
    page = officer.page(HOME + "?due=overdue")
    assert "Decide on the examiner’s report" in page.text
    assert "Regulation 17A" in page.text
    assert "7 days ago" in page.text
    assert "Cole Parish Council" in page.text
    assert "Ash Hill Neighbourhood Forum" not in page.text
    with app.app_context(), unit_of_work():
        recorded(world, "cole", "departure_views", clock.today() - timedelta(days=1))
    page = officer.page(HOME)
    assert "Regulation 17A(4)" in page.text
    assert "Regulation 17A(5)" in page.text


def test_a_boundary_that_is_contested_is_shown_as_such(busy, world, working, officer):
    with working("ash"):
        apply_here(square(5_500), "Ash and a half", person(world, "ash"))
    page = officer.page(HOME + "?boundary=contested")
    assert "Contested" in page.text
    assert "Ash Hill Neighbourhood Forum" in page.text
    assert "Beckside Neighbourhood Forum" not in page.text


def receive_one_more(made):
    receive(made, Submission(kind="individual", connection=("live",), channel="web", key="one more"))


def test_a_day_s_number_is_handed_over_once_and_follows(busy, world, working):
    with working("ash"):
        made = db.session.scalars(sa.select(scene.Consultation)).one()
        announced.bring_up_to_date(made)
        rows = db.session.scalars(sa.select(AnnouncementDay)).all()
        assert [(row.day, row.received) for row in rows] == [(clock.today(), 12)]
        assert rows[0].authority_id == world.space["northam"]
        receive_one_more(made)
        announced.bring_up_to_date(made)
        assert db.session.scalars(sa.select(AnnouncementDay.received)).one() == made.announcement.received
    with working("northam"):
        assert db.session.scalars(sa.select(AnnouncementDay)).one().received == 13
    for stranger in ("southby", "beck", "dell"):
        with working(stranger):
            assert not db.session.scalars(sa.select(AnnouncementDay)).all()


def more_bodies(world, number):
    """As many forums again, each with an area, a road and a consultation announced."""
    today = clock.today()
    for n in range(number):
        made = Space(
            slug=f"more-{n}",
            kind="forum" if n % 2 else "council",
            name=f"More {n}",
            authority_id=world.space["northam"],
        )
        db.session.add(made)
        db.session.flush()
        by = db.session.get_one(Person, world.person["northam", "officer"])
        with inside(world.space["northam"]):
            db.session.get_one(Space, made.id).admit(by)
        with inside(made.id):
            apply_here(square(20_000 + 2_000 * n), f"Area {n}", by)
            told = asking.consultation(reference="early")
            announced.note_day(told.announcement, n)
            db.session.flush()
        with inside(world.space["northam"]):
            body = db.session.get_one(Space, made.id)
            if n % 2:
                body.designate(today, by)
            milestones.record(body, "area_publicised", on=today, by=by)


def test_the_database_is_asked_as_often_for_three_bodies_as_for_thirty(busy, app, world, officer):
    officer.page(HOME)
    few = statements(app, lambda: officer.page(HOME))
    with app.app_context(), unit_of_work():
        more_bodies(world, 27)
    many = statements(app, lambda: officer.page(HOME))
    assert "More 26" in officer.page(HOME).text
    assert len(many) == len(few) <= AT_MOST, "\n".join(many)
