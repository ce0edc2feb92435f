"""Trying a form before it opens: what stands in a preview where a resident has a draft.

A page of the form leads to the next by what was chosen on it, so the choices travel in the address; nothing is stored.
Long words and who answers change no page, and are left behind.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from flask import request, url_for

from consult import clock
from consult.responses.drafts.drafts import Draft, Typed
from consult.responses.form import personal

LONGEST_VALUE = 60  # characters
MOST_VALUES = 100  # so that the address stays one that every server takes
OUR_OWN = ("at", "event")


@dataclass
class Tried:
    """What a draft is to its pages."""

    reference: str
    fields: Typed
    key: str = field(default_factory=lambda: str(uuid4()))
    begun: datetime = field(default_factory=clock.now)
    token_hash: str = "-"  # noqa: S105 (no secret: it says that nothing was sent)
    former: None = None
    former_id: None = None
    event_device_id: None = None

    @classmethod
    def here(cls, reference: str) -> "Tried":
        """As the address of this request has it."""
        return cls(reference, {name: values for name, values in request.args.lists() if name not in OUR_OWN})

    def take(self) -> bool:
        """Nobody else has it, and nobody can send it meanwhile."""
        return True

    def keep(self, names: Iterable[str], posted: Typed) -> None:
        left = {*names, *personal.FIELDS}
        short = {
            name: [v for v in values if v and len(v) <= LONGEST_VALUE] for name, values in posted.items()
        }
        kept = {name: values for name, values in self.fields.items() if name not in left}
        kept |= {name: values for name, values in short.items() if values and name not in personal.FIELDS}
        self.fields = {}
        room = MOST_VALUES
        for name, values in kept.items():
            self.fields[name] = values[:room]
            room -= len(values[:room])

    def address(self, at: str = "", **more: Any) -> str:
        said: dict[str, Any] = {**self.fields, "at": at or None, **more}
        return url_for("responses.preview_page", reference=self.reference, **said)


Held = Draft | Tried
Token = str | Tried  # the secret in the address of a draft; in a preview there is none
