"""Highfold's analyst has looked for unusual patterns. Six people answered from the library, which is only noted."""

from typing import Final

import sqlalchemy as sa

from consult.database import db
from consult.demo import consulting, past, people
from consult.demo.consulting import Scene
from consult.flags.searching import look
from consult.responses.models import Response
from consult.responses.networks import Network
from consult.spaces.models import Space

LOOKED_DAYS_AGO: Final = 22
AT_THE_LIBRARY: Final = 6


def look_through(body: Space, scene: Scene) -> None:
    analyst = people.typist_of(scene.space)
    with past.working(body, analyst, past.on(past.day(LOOKED_DAYS_AGO), 19)):
        consultation = consulting.of(scene)
        online = sa.select(Response).where(
            Response.consultation_id == consultation.id, Response.channel == "web"
        )
        for response in db.session.scalars(online.order_by(Response.reference).limit(AT_THE_LIBRARY)):
            db.session.add(Network(response_id=response.id, network="the library, as a code"))
        db.session.flush()
        look(consultation, analyst)
