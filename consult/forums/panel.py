"""Forum applications that wait, on the home of an authority."""

from flask import g

from consult.access import Act
from consult.forums.models import handed_to
from consult.spaces import doors
from consult.spaces.home import Panel, panel


@panel(order=11)
def waiting() -> Panel | None:
    if not g.space.is_authority or not doors.may(Act.LOOK):
        return None
    live = [found for found in handed_to(g.space) if found.is_live]
    return Panel("forums/panel.html", {"live": live}) if live else None
