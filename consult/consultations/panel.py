"""What the home of a space shows of its consultations."""

from consult import clock
from consult.access import Act
from consult.consultations import words
from consult.consultations.pages import every_one
from consult.spaces import doors
from consult.spaces.home import Panel, panel


@panel(order=20)
def consultations() -> Panel | None:
    now = clock.now()
    member = doors.may(Act.LOOK)
    wanted = ("open", "announced", "draft") if member else ("open", "announced")
    by_state = [(consultation.state(now), consultation) for consultation in every_one()]
    shown = [(state, each) for state, each in by_state if state in wanted]
    past = sum(state == "closed" for state, _ in by_state)
    if not (shown or past or member):
        return None
    return Panel("consultations/panel.html", {"shown": shown, "past": past, "now": now, "words": words})
