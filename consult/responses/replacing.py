"""Changing and withdrawing what one has said, up to the close and not at it. What was said is never edited.

A change is a response of its own that takes the place of the former one; the former is kept as a duplicate, “replaced
by the person who sent it”. So both were received and one is counted: received = counted + duplicates + late +
withdrawn + excluded holds whoever changes their mind how often. What a former response was set aside for stays as it
was. A change that arrives at the close or after it replaces nothing: it is kept as a response that came late.
"""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from consult import audit, clock
from consult.consultations.models import Consultation
from consult.database import db
from consult.responses.models import Replacement, Response, SettingAside
from consult.tenancy import here
from consult.web.errors import Refused


class ReplacedAlready(Exception):
    """Another change took this response's place first."""


def newer_than(response_id: UUID) -> Response | None:
    """What took its place, if anything did."""
    found = db.session.scalar(sa.select(Replacement).where(Replacement.former_id == response_id))
    return found.response if found else None


def replace(former_id: UUID, response: Response) -> None:
    """Within the transaction that receives the newer one. Two at once meet at the database: one replacement each."""
    db.session.flush()
    db.session.add(Replacement(response_id=response.id, former_id=former_id))
    db.session.flush()
    former = db.session.get_one(Response, (here(), former_id))
    if former.set_aside is None:
        former.set_aside = SettingAside(
            response_id=former.id,
            kind="duplicate",
            reason=f"Replaced by the person who sent it, by {response.reference}.",
            own_word=True,
        )
    audit.record("response.replaced", former.reference, replaced_by=response.reference)


def withdraw(consultation: Consultation, response: Response, now: datetime | None = None) -> None:
    """Kept, and no longer counted, by the word of whoever sent it."""
    response.take()
    if refusal := may_not_change(consultation, response, now):
        raise Refused(refusal)
    aside = response.set_aside or SettingAside(response_id=response.id)
    aside.kind, aside.own_word, aside.by_id = "withdrawn", True, None
    aside.reason, aside.at = (
        "Withdrawn by the person who sent it, with the link of their receipt.",
        clock.now(),
    )
    db.session.add(aside)
    audit.record("response.withdrawn", response.reference, how="by the link of its receipt")


def may_not_change(consultation: Consultation, response: Response, now: datetime | None = None) -> str:
    """Why its sender can no longer change or withdraw it; empty when they can."""
    now = now or clock.now()
    if consultation.state(now) != "open":
        return _(
            "The consultation has closed, so your response can no longer be changed here. Get in touch with us."
        )
    if newer_than(response.id) is not None:
        return _("You have replaced this response with a later one. Open the receipt of that one.")
    if response.set_aside is not None and response.set_aside.kind == "withdrawn":
        return _("This response has been withdrawn.")
    return ""
