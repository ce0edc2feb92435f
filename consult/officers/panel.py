"""What the home of an authority shows its officers."""

from flask import g

from consult.access import Act
from consult.officers import district
from consult.spaces import doors
from consult.spaces.home import Panel, panel


@panel(order=5)
def overview() -> Panel | None:
    if not g.space.is_authority or not doors.may(Act.OVERSEE):
        return None
    bodies = district.bodies()
    numbers = {
        "bodies": len(bodies),
        "waiting": sum(body.space.admitted is None for body in bodies),
        "register": len(district.register()),
        "applications": len(district.waiting()),
        "open": len(district.announced(state="open")),
        "releases": len(district.releases()),
    }
    return Panel("officers/panel.html", {"numbers": numbers})
