"""A form while it is being written: what it carries unseen, and the buttons that change it without sending it."""

from typing import Any
from uuid import uuid4

from flask import request

from consult.consultations.models import Consultation
from consult.responses import moments, picture
from consult.responses.parts import Spot


def ready(consultation: Consultation, form: Any) -> Any:
    """Gives the form its own key and the moment at which it was begun, unless it came with them."""
    key = form.idempotency_key.data or ""
    form.idempotency_key.data = key if 8 <= len(key) <= 64 and key.isascii() else str(uuid4())
    form.begun.data = form.begun.data or moments.seal(consultation)
    return form


def still_writing(consultation: Consultation, form: Any) -> bool:
    """Whether the button that was pressed does something to the form, rather than sending it."""
    clicked = False
    for part in form.parts:
        if isinstance(part, Spot):
            if request.form.get("do") == f"{part.name}.whole":
                form[f"{part.name}.view"].data = ""
            clicked = picture.took_click(form, part, picture.extent_of(consultation)) or clicked
    return clicked or request.form.get("do", "send") != "send"
