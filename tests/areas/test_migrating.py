"""What was decided before settlements were kept stays, and says what was designated."""

from datetime import date

import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from consult.areas.decisions import settling
from consult.areas.models import Application, AreaDecision
from consult.database import db
from tests.areas.ground import application_of, apply_here, square


def test_decisions_of_before_say_what_was_designated(app, working, world):
    for slug, east in (("ash", 0), ("beck", 3000)):
        with working(slug):
            apply_here(square(east), slug)
    with working("northam"):
        settling.designate(application_of(world.space["ash"]), on=date(2026, 3, 14), by=None)
        settling.refuse(application_of(world.space["beck"]), reasons="No.", on=date(2026, 3, 14), by=None)
    with app.app_context():
        db.session.remove()
        downgrade(revision="0004")
        downgrade()
        upgrade()
    with working("northam"):
        told = {d.outcome: d for d in db.session.scalars(sa.select(AreaDecision))}
        assert (told["designated"].how, told["designated"].hectares) == ("as applied", 100)
        assert told["designated"].geometry.equals(square())
        assert told["refused"].outline is None
        assert {a.spans for a in db.session.scalars(sa.select(Application))} == {""}
