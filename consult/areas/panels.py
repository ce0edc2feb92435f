"""The area on the home of its space, the applications on the authority's, and both in the navigation."""

from typing import Any

import sqlalchemy as sa
from flask import g

from consult.access import Act
from consult.areas import register
from consult.areas.models import Application, latest_version
from consult.areas.pages import the_map
from consult.database import db
from consult.spaces import doors, navigation
from consult.spaces.home import Panel, panel

BODIES = ("forum", "council")
navigation.add("Area", "areas.show", order=10, kinds=BODIES)
navigation.add("Applications", "areas.applications", order=10, act=Act.LOOK, kinds=("authority",))


@panel(order=10)
def area() -> Panel | None:
    if g.space.is_authority:
        return applications() if doors.may(Act.LOOK) else None
    entry, member = register.entry_of(g.space.id), doors.may(Act.LOOK)
    if entry is None and not member:
        return None
    context: dict[str, Any] = {
        "entry": entry,
        "version": None,
        "application": None,
        "map": the_map(entry, None),
    }
    if member:
        context |= {"version": latest_version(), "application": register.application_now()}
    return Panel("areas/panel.html", context)


def applications() -> Panel:
    handed = db.session.scalars(sa.select(Application).where(Application.authority_id == g.space.id))
    return Panel("areas/applications_panel.html", {"live": [found for found in handed if found.is_live]})
