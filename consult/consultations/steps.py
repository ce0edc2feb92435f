"""A log of steps that people take within one consultation: numbered in the order taken, never edited, each taken back
as a whole by another. What a step made is in force as long as the step stands, so that an earlier day can be told.

A floor that keeps such a log makes a table of its own with these columns, `Steps` beside its other bases.
"""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

import sqlalchemy as sa

from consult.database import db

UNDONE = "undone"  # the kind of a step that takes another one back


class Steps:
    """What every such log can do."""

    id: Any  # Mapped, in the model, as are the others
    consultation_id: Any
    number: Any
    kind: Any
    at: Any
    by_id: Any
    undoes_id: Any

    @classmethod
    def undone(cls, by_then: datetime | None = None) -> sa.Select[Any]:
        """The steps that were taken back; by a moment, where one is given."""
        taken_back = sa.select(cls.undoes_id).where(cls.undoes_id.is_not(None))
        return taken_back.where(cls.at <= by_then) if by_then is not None else taken_back

    @classmethod
    def take(cls, consultation_id: UUID, by: Any, kind: str, undoes: UUID | None = None) -> Self:
        """The next step. Whoever takes one holds the log (`alone`), so that no number is given twice."""
        last = sa.select(sa.func.max(cls.number)).where(cls.consultation_id == consultation_id)
        about = {"consultation_id": consultation_id, "by_id": by.id, "undoes_id": undoes}
        made = cls(number=(db.session.scalar(last) or 0) + 1, kind=kind, **about)  # type: ignore[call-arg]
        db.session.add(made)
        db.session.flush()
        return made

    @classmethod
    def last_by(cls, consultation_id: UUID, by: Any) -> Self | None:
        """The last step of this person that stands."""
        mine = (
            sa.select(cls)
            .where(cls.consultation_id == consultation_id, cls.by_id == by.id)
            .where(cls.kind != UNDONE, cls.id.not_in(cls.undone()))
            .order_by(cls.number.desc())
            .limit(1)
        )
        return db.session.scalar(mine)
