"""Submissions that wait for an answer, on the home of an authority."""

from flask import g

from consult.access import Act
from consult.spaces import doors
from consult.spaces.home import Panel, panel
from consult.submitting.models import submitted_to


@panel(order=12)
def waiting() -> Panel | None:
    if not g.space.is_authority or not doors.may(Act.LOOK):
        return None
    new = [found for found in submitted_to(g.space) if found.state == "received"]
    return Panel("submitting/panel.html", {"new": new}) if new else None
