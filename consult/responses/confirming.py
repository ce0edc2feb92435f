"""Whether an email address is the sender's: confirmed by a link that is mailed with the receipt, where the organiser
asks for that. A response whose address nobody confirmed is kept and counted like any other, and marked."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Mapped, mapped_column

from consult import clock
from consult.consultations.models import Consultation
from consult.database import Base, InsertOnly, db
from consult.responses.models import Response
from consult.tenancy import Owned, link_to


class EmailConfirmation(Owned, InsertOnly, Base):
    __tablename__ = "email_confirmation"
    __table_args__ = (sa.UniqueConstraint("space_id", "response_id"),)
    response_id: Mapped[UUID] = link_to("response")
    at: Mapped[datetime] = mapped_column(default=clock.now)


def sealed() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="the email address of a response")


def token_of(response: Response) -> str:
    return str(sealed().dumps([response.id.hex, response.email]))


def response_with(consultation: Consultation, token: str) -> Response | None:
    try:
        response_id, email = sealed().loads(token)
        mine = sa.select(Response).where(
            Response.id == UUID(hex=response_id), Response.consultation_id == consultation.id
        )
    except (BadSignature, ValueError, TypeError):
        return None
    response = db.session.scalar(mine)
    return response if response is not None and response.email == email else None


def confirmed(response: Response) -> bool:
    mine = sa.select(EmailConfirmation.id).where(EmailConfirmation.response_id == response.id)
    return db.session.scalar(mine) is not None


def confirm(response: Response) -> None:
    response.take()
    if not confirmed(response):
        db.session.add(EmailConfirmation(response_id=response.id))
