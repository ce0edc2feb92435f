"""A form while it is being written: what it carries unseen, and the buttons that change it without sending it."""

from typing import Any
from uuid import UUID, uuid4

from flask import request

from consult.consultations.models import Consultation
from consult.responses.door import moments
from consult.responses.form import picture
from consult.responses.form.parts import Spot


def ready(consultation: Consultation, form: Any) -> Any:
    """Gives the form its own key and the moment at which it was begun, unless it came with them."""
    form.idempotency_key.data = own_key(form.idempotency_key.data or "")
    form.begun.data = form.begun.data or moments.seal(consultation)
    return form


def own_key(given: str) -> str:
    """A key as we give them out, else a fresh one: with one of their own choosing somebody could take the place of a
    letter that is still to be imported, whose key is its external_id."""
    try:
        return str(UUID(given))
    except ValueError:
        return str(uuid4())


def still_writing(consultation: Consultation, form: Any) -> bool:
    """Whether the button that was pressed does something to the form, rather than sending it."""
    clicked = False
    for part in form.parts:
        if isinstance(part, Spot):
            clicked = picture.took_click(form, part, picture.extent_of(consultation)) or clicked
    return clicked or request.form.get("do", "send") != "send"
