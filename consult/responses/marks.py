"""What members are told about how a response came, and nobody is kept out or left uncounted for: that it was sent
quicker than people write, or that its email address is not confirmed."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from consult.consultations.models import Consultation
from consult.database import db
from consult.responses.confirming import EmailConfirmation
from consult.responses.manner import manner_of
from consult.responses.models import Response

QUICKER_THAN_PEOPLE = timedelta(seconds=5)


def marks_of(consultation: Consultation, responses: Iterable[Response]) -> dict[UUID, list[str]]:
    """Each in a few words, by the id of the response."""
    responses = list(responses)
    unconfirmed = unconfirmed_of(consultation, responses)
    return {
        one.id: [
            *(["Sent within five seconds"] if is_quick(one) else []),
            *(["Email not confirmed"] if one.id in unconfirmed else []),
        ]
        for one in responses
    }


def is_quick(response: Response) -> bool:
    began = response.begun
    return began is not None and response.received - began < QUICKER_THAN_PEOPLE


def unconfirmed_of(consultation: Consultation, responses: list[Response]) -> set[UUID]:
    """Where the organiser asks for confirmation: those that came from their senders, with an address."""
    if not manner_of(consultation).confirms_email:
        return set()
    ids = {one.id for one in responses if one.email and one.channel in ("web", "event")}
    confirmed = sa.select(EmailConfirmation.response_id).where(EmailConfirmation.response_id.in_(ids))
    return ids - set(db.session.scalars(confirmed))
