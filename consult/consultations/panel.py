"""What the front page, and the home of a space, show of consultations."""

from datetime import datetime

import sqlalchemy as sa

from consult import clock
from consult.access import Act
from consult.consultations import words
from consult.consultations.models import Announcement
from consult.consultations.pages import every_one
from consult.consultations.stages import STAGES
from consult.database import db
from consult.spaces import doors
from consult.spaces.home import Panel, panel
from consult.spaces.models import Space

MOST_ON_THE_FRONT = 12


@panel(order=20)
def consultations() -> Panel | None:
    now = clock.now()
    member = doors.may(Act.LOOK)
    wanted = ("open", "announced", "draft") if member else ("open", "announced")
    by_state = [(consultation.state(now), consultation) for consultation in every_one()]
    shown = [(each.told_state(now), each) for state, each in by_state if state in wanted]
    past = sum(state == "closed" for state, _ in by_state)
    if not (shown or past or member):
        return None
    return Panel("consultations/panel.html", {"shown": shown, "past": past, "now": now, "words": words})


@panel(order=10, page="front")
def open_everywhere() -> Panel:
    """What is open now, in every space; read from what was announced to everyone."""
    now = clock.now()
    found = open_at(now)
    shown = [(announcement, space, STAGES[announcement.stage].words) for announcement, space in found]
    context = {"shown": shown[:MOST_ON_THE_FRONT], "number": len(shown), "now": now, "words": words}
    return Panel("consultations/open_everywhere.html", context)


def open_at(now: datetime) -> list[tuple[Announcement, Space]]:
    """Announced consultations that are open, the first to close first."""
    over = sa.func.coalesce(Announcement.closed, Announcement.closes)
    rows = sa.select(Announcement, Space).join(Space, Space.id == Announcement.space_id)
    rows = rows.where(Announcement.opened <= now, over > now).order_by(over, Announcement.title)
    return [(announcement, space) for announcement, space in db.session.execute(rows) if space.is_open]
