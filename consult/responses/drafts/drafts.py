"""What somebody has typed and not sent. It belongs to the secret in its address alone: no account, no cookie.

A draft is made when a paged form is begun, and keeps each page as it was posted. Once it is sent, its secret leads to
the receipt, where whoever sent it may change or withdraw it until the close: what was typed stays until then. Of a
device at an event the secret opens nothing any more, since the next person holds that device.
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.consultations.models import Consultation
from consult.database import Base, alone, db, new_id
from consult.responses.models import Response
from consult.tenancy import Owned, link_to, linked

SIXTEEN_BYTES = 16  # 128 bits
KEPT_AFTER_THE_CLOSE = timedelta(days=30)
Typed = dict[str, list[str]]


class Draft(Owned, Base):
    """`fields` is what was posted: values by the names of the form's fields."""

    __tablename__ = "draft"
    __table_args__ = (
        sa.UniqueConstraint("space_id", "token_hash"),
        sa.UniqueConstraint("space_id", "sent_as_id"),
    )
    consultation_id: Mapped[UUID] = link_to("consultation")
    token_hash: Mapped[str | None]  # none once it has been sent at an event, or was sent on one page
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    key: Mapped[str]  # the idempotency key of what it becomes
    begun: Mapped[datetime] = mapped_column(default=clock.now)
    touched: Mapped[datetime] = mapped_column(default=clock.now)
    former_id: Mapped[UUID | None] = link_to("response", nullable=True)  # what it would take the place of
    sent_as_id: Mapped[UUID | None] = link_to("response", nullable=True)
    event_device_id: Mapped[UUID | None] = link_to("event_device", nullable=True)
    former: Mapped[Response | None] = linked("Draft.former_id", "Response", viewonly=True)
    sent_as: Mapped[Response | None] = linked("Draft.sent_as_id", "Response", viewonly=True)

    def take(self) -> bool:
        """From here to the end of the transaction no other page of it is saved. False where it has meanwhile been sent
        or deleted."""
        unsent = sa.select(Draft).where(Draft.id == self.id, Draft.sent_as_id.is_(None)).with_for_update()
        db.session.flush()  # `alone` reads everything afresh
        alone(f"draft {self.id}")
        return db.session.scalar(unsent) is not None

    def changed_since(self, touched: datetime) -> bool:
        """Whether another window has saved a page of it, or has deleted it; from here on no other can."""
        mine = sa.select(Draft.touched).where(Draft.id == self.id).with_for_update()
        return db.session.scalar(mine) != touched

    def keep(self, names: Iterable[str], posted: Typed) -> None:
        """Puts what one page holds in place of what it held before; other pages stay."""
        others = {name: values for name, values in self.fields.items() if name not in set(names)}
        self.fields = others | {name: values for name, values in posted.items() if any(values)}
        self.touched = clock.now()

    def send(self, response: Response) -> None:
        """It has become this response."""
        self.sent_as_id = response.id
        if self.event_device_id is not None:
            self.token_hash = None

    def forget(self) -> None:
        db.session.delete(self)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def begin(consultation: Consultation, **more: Any) -> tuple[Draft, str]:
    """A new draft, and the secret that opens it, of which only the hash is kept."""
    token = secrets.token_urlsafe(SIXTEEN_BYTES)
    draft = Draft(
        id=new_id(), consultation_id=consultation.id, token_hash=hashed(token), key=str(uuid4()), **more
    )
    db.session.add(draft)
    return draft, token


def held_by(consultation: Consultation, token: str) -> Draft | None:
    """What this secret opens: a draft, or one that was sent (`sent_as_id`)."""
    return db.session.scalar(
        sa.select(Draft).where(Draft.token_hash == hashed(token), Draft.consultation_id == consultation.id)
    )


def sent_at_once(consultation: Consultation, response: Response, fields: Typed) -> None:
    """Keeps what was typed on a form of one page, so that it may be changed until the close."""
    typed = {"fields": fields, "key": response.key, "begun": response.begun or response.received}
    db.session.add(Draft(id=new_id(), consultation_id=consultation.id, sent_as_id=response.id, **typed))


def typed_in(response: Response) -> Draft | None:
    return db.session.scalar(sa.select(Draft).where(Draft.sent_as_id == response.id))
