"""Keeping a response and not counting it, with the reason; and counting it again."""

from datetime import datetime

from consult import audit, clock
from consult.accounts.models import Person
from consult.database import db
from consult.responses.models import Response, SettingAside


def set_aside(response: Response, kind: str, reason: str, by: Person, at: datetime | None = None) -> None:
    """Puts the new reason in place of an earlier one. Raises Refused where its sender withdrew or replaced it."""
    response.take()
    response.refuse_if_own_word()
    aside = response.set_aside or SettingAside(response_id=response.id)
    aside.kind, aside.reason, aside.at, aside.by_id = kind, reason, at or clock.now(), by.id
    db.session.add(aside)
    audit.record("response.set_aside", response.reference, by=by, about=response, kind=kind, reason=reason)


def count_again(response: Response, by: Person) -> None:
    """What is counted already is left as it is."""
    if response.set_aside is not None:
        db.session.delete(response.set_aside)
        audit.record("response.counted_again", response.reference, by=by)
