"""A coder's moves. One coder at a time writes within a consultation, so that moves have an order that all agree on."""

from functools import cached_property
from typing import Any, Final
from uuid import UUID

from consult.consultations.models import Consultation
from consult.database import alone, db
from consult.points.frame import Frame, frame_of
from consult.points.models import Move

KINDS: Final = {
    "coded": "The themes of a point were chosen",
    "cut": "A passage was cut into points",
    "joined": "Its points were joined again",
    "placed": "A point was put to another policy or stance",
    "worded": "A theme was written",
    "merged": "Two themes were merged",
    "retired": "A theme was retired",
    "undone": "The step before was taken back",
}


class Moves:
    """One person at work on one consultation, to the end of the transaction."""

    def __init__(self, consultation: Consultation, by: Any) -> None:
        db.session.flush()  # `alone` reads everything afresh
        alone(f"coding of {consultation.id}")
        self.consultation, self.by = consultation, by

    @cached_property
    def frame(self) -> Frame:
        return frame_of(self.consultation.id)

    def move(self, kind: str, undoes: UUID | None = None) -> Move:
        return Move.take(self.consultation.id, self.by, kind, undoes)

    def renew(self) -> None:
        db.session.flush()
        self.__dict__.pop("frame", None)
