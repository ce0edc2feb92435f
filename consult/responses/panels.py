"""What a space's home says of responses, to members who may read them."""

import sqlalchemy as sa

from consult.access import Act
from consult.consultations.models import Consultation
from consult.database import db
from consult.responses.models import Response
from consult.spaces import doors
from consult.spaces.home import Panel, panel

SHOWN = 6


@panel(order=40)
def responses_received() -> Panel | None:
    if not doors.may(Act.READ_RESPONSES):
        return None
    found = received_by_consultation()
    return Panel("responses/panel.html", {"received": found}) if found else None


def received_by_consultation() -> list[tuple[Consultation, int]]:
    """The consultations that have opened, newest first, each with how many responses arrived."""
    opened = (
        sa.select(Consultation)
        .where(Consultation.opening.has())
        .order_by(Consultation.at.desc())
        .limit(SHOWN)
    )
    consultations = list(db.session.scalars(opened))
    counted = sa.select(Response.consultation_id, sa.func.count(Response.id)).group_by(
        Response.consultation_id
    )
    ids = [consultation.id for consultation in consultations]
    numbers = dict(db.session.execute(counted.where(Response.consultation_id.in_(ids))).all())
    return [(consultation, numbers.get(consultation.id, 0)) for consultation in consultations]
