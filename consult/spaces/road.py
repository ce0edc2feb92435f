"""The road on the home of a body: for its members the next step and all the others, for everyone where the plan is."""

from flask import g

from consult.access import Act
from consult.spaces import doors, journey
from consult.spaces.home import Panel, panel
from consult.spaces.models import Space

ACTS = {"examiner": "The examiner", "voters": "The voters"}


@panel(order=1)
def the_road() -> Panel | None:
    if g.space.is_authority:
        return None
    if doors.may(Act.LOOK):
        return Panel("spaces/road.html", {"road": journey.road(g.space), "who": who})
    known = journey.known(g.space)
    return Panel("spaces/where_it_is.html", {"words": known[0], "on": known[1]}) if known else None


def who(space: Space, key: str) -> str:
    """Who acts, as the members of this body would say it."""
    if key == "body":
        return "You"
    if key == "authority":
        return space.authority.name if space.authority else "The authority"
    return ACTS[key]
