"""Announcing, opening, extending and closing, on the model itself."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from consult import clock
from consult.audit import Deed
from consult.consultations import models
from consult.consultations.models import Announcement, Opening
from consult.database import db
from consult.spaces.models import Admission
from consult.web.errors import Refused
from tests.consultations.setting import (
    DAY,
    NOON,
    consultation,
    decide_bodies,
    designate,
    person,
    regulation_14,
    write_plan,
)

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def test_it_is_a_draft_until_it_is_announced_then_open_then_closed(working, world):
    with working("ash"):
        made = consultation(last_day=DAY + timedelta(days=2), opens_on=DAY + timedelta(days=1))
        assert made.state(NOON) == "draft"
        assert made.opens is made.closes is None
        made.announce(person(world), now=NOON)
        assert made.state(NOON) == "announced"
        made.open(person(world), now=NOON + HOUR)
        assert made.state(NOON + HOUR - SECOND) == "announced"
        assert made.state(NOON + HOUR) == "open"
        midnight = clock.end_of(DAY + timedelta(days=2))
        assert made.closes == midnight
        assert made.state(midnight - SECOND) == "open"
        assert made.state(midnight) == "closed"


def test_opening_announces_it_to_everyone_and_says_who_and_when(working, world):
    with working("ash"):
        made = consultation()
        chair = person(world)
        opening = made.open(chair, now=NOON)
        assert (opening.at, opening.decided, opening.by_id) == (NOON, NOON, chair.id)
        acts = [(deed.act, deed.by) for deed in db.session.scalars(sa.select(Deed))]
        assert acts == [("consultation.opened", chair.display_name)]
    with working("beck"):
        seen = db.session.scalars(sa.select(Announcement)).one()
        assert (seen.title, seen.opens, seen.received) == ("Your place, your say", NOON, 0)
        assert seen.closes == clock.end_of(DAY + timedelta(days=42))
        assert seen.authority_id == world.space["northam"]


def test_another_space_does_not_find_it(working):
    with working("ash"):
        consultation()
        assert models.find("first") is not None
    with working("beck"):
        assert models.find("first") is None


def test_it_opens_once(working, world):
    with working("ash"):
        made = consultation()
        made.open(person(world), now=NOON)
        with pytest.raises(Refused, match="already been opened"):
            made.open(person(world), now=NOON)
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Opening)) == 1


def test_regulation_14_opens_when_nothing_is_missing_and_freezes_the_plan(working, world):
    with working("ash"):
        made = regulation_14()
        assert made.lacks(NOON) == []
        assert made.earliest_last_day >= DAY
        made.open(person(world), now=NOON)
        assert made.plan_version.frozen == NOON
        assert [policy.reference for policy in made.policies] == ["H1", "G1"]
        assert made.first_publicised == DAY


def test_a_day_less_than_six_weeks_is_refused_in_words(working, world):
    with working("ash"):
        made = regulation_14(last_day=DAY + timedelta(days=41))
        with pytest.raises(Refused, match=r"at least six weeks .* 26 October 2026 or later"):
            made.open(person(world), now=NOON)


def test_publicity_before_the_opening_is_where_six_weeks_start(working, world):
    with working("ash"):
        made = regulation_14(first_publicised=DAY - timedelta(days=3), last_day=DAY + timedelta(days=39))
        made.open(person(world), now=NOON)
        assert made.announcement.first_publicised == DAY - timedelta(days=3)


def test_regulation_14_waits_for_the_area_to_be_designated(working):
    with working("ash"):
        write_plan()
        made = consultation("regulation_14")
        decide_bodies(made)
        assert ["designated" in lack.sentence for lack in made.lacks(NOON)] == [True]


def test_a_neighbours_designation_does_not_count(working):
    with working("beck"):
        designate()
    with working("ash"):
        write_plan()
        made = consultation("regulation_14")
        decide_bodies(made)
        assert len(made.lacks(NOON)) == 1


def test_a_forum_whose_five_years_end_before_the_opening_is_no_qualifying_body(working):
    with working("ash"):
        made = regulation_14()
        day_before = clock.start_of(DAY.replace(2030, 1, 6)) - SECOND
        made.last_day = DAY.replace(2030, 12, 31)
        assert made.lacks(day_before) == []
        (lack,) = made.lacks(day_before + SECOND)
        assert "ended on 6 January 2030" in lack.sentence


def test_a_parish_council_needs_no_designation_of_itself(working, world):
    with working("cole"):
        regulation_14().open(person(world, "cole"), now=NOON)


def test_a_body_that_is_not_admitted_opens_nothing(working, world):
    with working("northam"):
        admissions = db.session.scalars(sa.select(Admission).where(Admission.space_id == world.space["ash"]))
        db.session.delete(admissions.one())
        db.session.flush()
    with working("ash"):
        made = consultation()
        for act in (made.open, made.announce):
            with pytest.raises(Refused, match="must admit you"):
                act(person(world), now=NOON)


def test_an_authority_consults_in_its_own_space(working, world):
    with working("northam"):
        made = consultation()
        made.open(person(world, "northam", "officer"), now=NOON)
        assert made.announcement.authority_id == world.space["northam"]


def test_an_extension_moves_the_last_day_and_tells_everyone(working, world):
    with working("ash"):
        made = consultation()
        made.open(person(world), now=NOON)
        later = DAY + timedelta(days=50)
        made.extend(later, "The hall was closed.", person(world), now=NOON)
        assert made.closes == made.announcement.closes == clock.end_of(later)
        with pytest.raises(Refused, match="only become later"):
            made.extend(later, "Again", person(world), now=NOON)


def test_a_closed_consultation_is_not_extended(working, world):
    with working("ash"):
        made = consultation()
        made.open(person(world), now=NOON)
        with pytest.raises(Refused, match="has not closed"):
            made.extend(DAY + timedelta(days=90), "Late", person(world), now=made.closes)


def test_regulation_14_is_never_closed_before_its_lawful_last_day_is_over(working, world):
    with working("ash"):
        made = regulation_14(last_day=DAY + timedelta(days=60))
        made.open(person(world), now=NOON)
        lawful = clock.end_of(DAY + timedelta(days=42))
        with pytest.raises(Refused, match="keeps this open at least to the end of 26 October 2026"):
            made.close(person(world), now=lawful - SECOND)
        made.close(person(world), now=lawful)
        assert made.state(lawful) == "closed"
        assert made.announcement.closed == made.announcement.closes == made.closes == lawful


def test_early_engagement_is_closed_early_but_not_on_its_first_day(working, world):
    with working("ash"):
        made = consultation()
        made.open(person(world), now=NOON)
        with pytest.raises(Refused, match="at least a day"):
            made.close(person(world), now=NOON + HOUR)
        made.close(person(world), now=NOON + timedelta(days=2))
        assert made.state(NOON + timedelta(days=2)) == "closed"


def test_what_people_are_shown_is_not_changed_after_the_opening(working, world):
    with working("ash"):
        made = consultation()
        made.change()
        made.open(person(world), now=NOON)
        with pytest.raises(Refused, match="can no longer be changed"):
            made.change()


def test_announced_without_a_day_it_is_open_to_nobody_until_it_is_opened(working, world, client, sign_in):
    """The front page and the officers know of it only what was announced, and say what its own page says."""
    with working("ash"):
        consultation(last_day=clock.today() + timedelta(days=60)).announce(person(world))
    for _ in ("at once", "and however often one looks"):
        assert "/f/ash/consultations/first/respond" not in client.page("/").html
        assert "given here" in client.page("/f/ash/consultations/first/").text
        assert "has not opened" in client.page("/f/ash/consultations/first/respond").text
        officer = sign_in("northam", "officer")
        assert "Your place, your say" in officer.page("/a/northam/announcements?state=announced").text
        assert "Your place, your say" not in officer.page("/a/northam/announcements?state=open").text
    with working("ash"):
        models.find("first").open(person(world))
    assert "/f/ash/consultations/first/respond" in client.page("/").html
    assert "Your place, your say" in officer.page("/a/northam/announcements?state=open").text


def test_a_day_on_which_it_was_meant_to_open_opens_nothing(working, world):
    with working("ash"):
        made = consultation(opens_on=DAY + timedelta(days=1))
        announcement = made.announce(person(world), now=NOON)
        later = NOON + timedelta(days=3)
        assert announcement.opens == clock.start_of(DAY + timedelta(days=1))
        assert announcement.state(later) == made.state(later) == "announced"


def test_publicity_counts_from_the_day_on_which_it_was_set_up_at_the_earliest(working, world):
    """Else a day typed at will would take six weeks from everyone."""
    with working("ash"):
        early = DAY - timedelta(days=31)
        made = regulation_14(first_publicised=early, last_day=DAY + timedelta(days=39))
        with pytest.raises(Refused, match=r"cannot be 14 August 2026.*set up on 15 August 2026"):
            made.open(person(world), now=NOON)
        made.first_publicised = early + timedelta(days=1)
        made.open(person(world), now=NOON)
