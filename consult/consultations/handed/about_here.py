"""On the home of a forum or a council: where its authority asks for views on what it has applied for or submitted."""

import sqlalchemy as sa
from flask import g

from consult import clock
from consult.consultations import words
from consult.consultations.records import Announcement
from consult.consultations.stages import STAGES
from consult.database import db
from consult.spaces.home import Panel, panel
from consult.spaces.models import Space


def announced_of(body: Space) -> list[tuple[Announcement, Space]]:
    """What its authority has announced to everyone, the last to close first."""
    rows = sa.select(Announcement, Space).join(Space, Space.id == Announcement.space_id)
    rows = rows.where(Announcement.about_id == body.id).order_by(Announcement.closes.desc())
    return [(announcement, space) for announcement, space in db.session.execute(rows)]


@panel(order=15)
def publicised() -> Panel | None:
    found = [] if g.space.is_authority else announced_of(g.space)
    if not found:
        return None
    now = clock.now()
    shown = [(row, space, STAGES[row.stage].words, row.state(now)) for row, space in found]
    return Panel("consultations/about_here.html", {"shown": shown, "now": now, "words": words})
