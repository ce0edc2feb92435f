"""Everything that somebody who reads and codes may do, and taking back the last of it."""

import sqlalchemy as sa

from consult import audit
from consult.database import db
from consult.points.coding import Codes
from consult.points.frame import uses
from consult.points.framing import Frames
from consult.points.models import Move, Theme
from consult.web.errors import Refused


class Coder(Codes, Frames):
    """One person at work on one consultation, to the end of the transaction."""

    def undo(self) -> Move | None:
        """Takes back this coder's last step that stands; None where there is none. Raises Refused where that step made
        a theme that is in use by now."""
        last = Move.last_by(self.consultation.id, self.by)
        if last is not None:
            self.refuse_if_in_use(last)
            self.move("undone", undoes=last.id)
            audit.record("points.undone", self.consultation.reference, by=self.by, step=last.number)
        self.renew()
        return last

    def refuse_if_in_use(self, move: Move) -> None:
        made = db.session.scalar(sa.select(Theme.id).where(Theme.move_id == move.id))
        if made is not None and uses(self.consultation.id).get(made):
            label = self.frame.by_id[made].label if made in self.frame.by_id else "This theme"
            raise Refused(f"“{label}” is in use by now: merge it into another instead.")
