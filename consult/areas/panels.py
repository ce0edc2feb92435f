"""The area on the home of its space, the applications on the authority's, and both in the navigation."""

import sqlalchemy as sa
from flask import g
from flask_babel import lazy_gettext as _l

from consult.access import Act
from consult.areas import register
from consult.areas.models import Application, latest_version
from consult.areas.pages import the_map
from consult.database import db
from consult.spaces import doors, navigation
from consult.spaces.home import Panel, panel

BODIES = ("forum", "council")
navigation.add(_l("Area"), "areas.show", order=10, kinds=BODIES)
navigation.add("Applications", "areas.applications", order=10, act=Act.LOOK, kinds=("authority",))


@panel(order=10)
def to_do() -> Panel | None:
    """What waits for its members: an area to draw or to apply for, or applications to decide."""
    if not doors.may(Act.LOOK):
        return None
    if g.space.is_authority:
        return applications()
    if register.entry_of(g.space.id) is not None:
        return None
    context = {"version": latest_version(), "application": register.application_now()}
    return Panel("areas/panel.html", {"entry": None, "map": None, **context})


@panel(order=50)
def area() -> Panel | None:
    """The area on the register, for everyone; it stands below what people can take part in now."""
    entry = None if g.space.is_authority else register.entry_of(g.space.id)
    return Panel("areas/panel.html", {"entry": entry, "map": the_map(entry, None)}) if entry else None


def applications() -> Panel:
    handed = db.session.scalars(sa.select(Application).where(Application.authority_id == g.space.id))
    return Panel("areas/applications_panel.html", {"live": [found for found in handed if found.is_live]})
