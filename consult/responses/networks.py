"""From which network a response was sent, as a keyed hash that means something within one consultation only: enough to
see that several came from one, and never whose it is or whether it also answered elsewhere.

Nothing is kept of a device at an event or of what a member types in, since there one network stands for a whole hall.
What is kept goes with an erasure, and on the day of retention.
"""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from consult.consultations.models import Consultation
from consult.database import Base, InsertOnly, db
from consult.responses.models import Response
from consult.tenancy import Owned, link_to
from consult.web.limits import asking, sealed


class Network(Owned, InsertOnly, Base):
    """`network` is the hash (HMAC-SHA-256 with the service's secret); the address itself is nowhere."""

    __tablename__ = "network"
    __erased__ = ("DELETE", "response_id")
    response_id: Mapped[UUID] = link_to("response")
    network: Mapped[str]


def note(response: Response) -> None:
    """Keeps it of what somebody sent from a device of their own, in the request that brings it."""
    if response.channel == "web" and response.entered_by_id is None and asking():
        hashed = sealed(f"network of {response.consultation_id.hex}\n{asking()}")
        db.session.add(Network(response_id=response.id, network=hashed))


def networks_of(consultation: Consultation) -> dict[UUID, str]:
    """By response, where it is still kept."""
    mine = (
        sa.select(Network.response_id, Network.network)
        .join(Response, sa.and_(Response.id == Network.response_id, Response.space_id == Network.space_id))
        .where(Response.consultation_id == consultation.id)
    )
    return {response: network for response, network in db.session.execute(mine)}
