"""Whatever bodies apply for, and however their authority settles it: no two areas on the register overlap."""

from datetime import date

import shapely
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult import jobs, tenancy
from consult.areas import register
from consult.areas.decisions import modifying, proposing, settling
from consult.areas.models import Application
from consult.database import db, unit_of_work
from consult.web.errors import Refused
from geodata.register import audit
from tests.areas.ground import EAST, NORTH, apply_here
from tests.areas.races import withdraw_all

DAY = date(2027, 3, 14)
BODIES = ("ash", "beck", "cole")
SETTLEMENTS = ("refuse", "designate", "smaller", "modify", "snap")

corner = st.integers(0, 3000)
corners = st.lists(st.tuples(corner, corner), min_size=3, max_size=9, unique=True)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("apply"), st.sampled_from(BODIES), corners),
        st.tuples(st.sampled_from(SETTLEMENTS), st.sampled_from(BODIES), st.none()),
    ),
    min_size=4,
    max_size=12,
)


def outline(points):
    """A shape with a bay in it: the hull of the points less a circle round the first."""
    hull = shapely.MultiPoint([(EAST + e / 10, NORTH + n / 10) for e, n in points]).convex_hull
    bay = shapely.Point(EAST + points[0][0] / 10, NORTH + points[0][1] / 10).buffer(40, quad_segs=3)
    shape = hull.difference(bay)
    return shape if shape.area > 100 else None


def settle(what, application):
    words = {"on": DAY, "by": None}
    shared = register.shared_with(application.geometry, apart_from=application.entry)
    if what == "refuse":
        settling.refuse(application, reasons="No.", **words)
    elif what == "modify":
        modifying.modify_others(application, reasons="Agreed.", **words)
    elif what == "designate":
        settling.designate(application, slivers="Left.", **words)
    else:
        proposal = (proposing.cut_back if what == "smaller" else proposing.snapped)(application, shared)
        if proposal is not None:
            settling.designate(application, outline=proposal.outline, slivers="Left.", **words)


def act(world, what, body, points):
    """One step as a request would do it; whether it was allowed."""
    where = world.space[body if what == "apply" else "northam"]
    try:
        with unit_of_work(), tenancy.inside(where):
            if what == "apply":
                if (shape := outline(points)) is not None:
                    apply_here(shape, body)
            else:
                live = sa.select(Application).where(Application.space_id == world.space[body])
                for application in db.session.scalars(live).all():
                    if application.is_live:
                        settle(what, application)
            db.session.flush()
    except Refused:
        return False
    return True


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(told=steps)
def test_no_two_areas_on_the_register_ever_overlap(app, world, told):
    with app.app_context():
        for what, body, points in told:
            act(world, what, body, points)
            entries = register.entries()
            found = audit([entry.geometry for entry in entries], [entry.name for entry in entries])
            assert found.is_clean, (what, body, found)
            db.session.rollback()
            jobs.run_due()
        db.session.remove()
    withdraw_all(app, *(world.space[body] for body in BODIES))


def test_the_story_reaches_every_settlement(app, world):
    """A test of the test: each way of settling is allowed at least once in a plain story."""
    west, east = (
        [(0, 0), (1000, 0), (1000, 1000), (0, 1000)],
        [(600, 0), (1600, 0), (1600, 1000), (600, 1000)],
    )
    with app.app_context():
        for story in (
            [
                ("apply", "ash", west),
                ("designate", "ash", None),
                ("apply", "beck", east),
                ("modify", "beck", None),
            ],
            [
                ("apply", "ash", west),
                ("apply", "beck", east),
                ("smaller", "beck", None),
                ("refuse", "ash", None),
            ],
        ):
            assert [act(world, *step) for step in story] == [True] * 4
            db.session.remove()
            withdraw_all(app, *(world.space[body] for body in BODIES))
