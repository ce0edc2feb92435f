"""A device that is handed from one person to the next, at a stall or in a hall. Nothing of the last one stays on it.

A member opens it, and its address holds a code; whoever opens that address begins an empty form, and what is sent there
came “at an event”. The code is sealed from the row's id, so that it can be shown again and stands in no table.
"""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Mapped, mapped_column

from consult import audit, clock
from consult.accounts.models import Person
from consult.consultations.models import Consultation
from consult.database import Base, db, new_id
from consult.tenancy import Owned, here, link_to


class EventDevice(Owned, Base):
    __tablename__ = "event_device"
    consultation_id: Mapped[UUID] = link_to("consultation")
    name: Mapped[str]  # Village hall, 3 May
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    ended: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))

    @property
    def code(self) -> str:
        return str(sealed().dumps(self.id.hex))

    def end(self, by: Person) -> None:
        """Its address opens nothing more; what was sent there stays."""
        if self.ended is None:
            self.ended, self.ended_by_id = clock.now(), by.id
            audit.record("event_device.ended", self.name, by=by)


def sealed() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="a device at an event")


def open_device(consultation: Consultation, name: str, by: Person) -> EventDevice:
    device = EventDevice(id=new_id(), consultation_id=consultation.id, name=name, by_id=by.id)
    db.session.add(device)
    audit.record("event_device.opened", name, by=by, reference=consultation.reference)
    return device


def devices_of(consultation: Consultation) -> list[EventDevice]:
    mine = sa.select(EventDevice).where(EventDevice.consultation_id == consultation.id)
    return list(db.session.scalars(mine.order_by(EventDevice.at)))


def device_with(consultation: Consultation, code: str) -> EventDevice | None:
    """The device that this code is of, while nobody has ended it."""
    try:
        device_id = UUID(hex=sealed().loads(code))
    except (BadSignature, ValueError, TypeError):
        return None
    device = db.session.get(EventDevice, (here(), device_id))
    if device is None or device.consultation_id != consultation.id or device.ended is not None:
        return None
    return device
