"""Writing the code frame: themes worded, put under another, merged, retired."""

from typing import Any
from uuid import UUID

from consult import audit
from consult.database import db
from consult.points.frame import MATTER, NOTHING, NOTHING_LABEL, Entry, uses
from consult.points.models import Merge, Move, Retirement, Theme, Wording
from consult.points.moving import Moves
from consult.web.errors import Refused


class Frames(Moves):
    """Part of a coder (`coder.py`)."""

    def write(self, label: str, kind: str = MATTER, **words: Any) -> UUID:
        """A new theme. Raises Refused where another one is called the same, or `parent_id` is itself under one."""
        self.refuse_label(label, None)
        self.refuse_parent(None, words.get("parent_id"))
        move = self.move("worded")
        theme = Theme(consultation_id=self.consultation.id, kind=kind, move_id=move.id)
        db.session.add(theme)
        db.session.flush()
        return self.worded(theme.id, label, move, words)

    def reword(self, theme: UUID, label: str, **words: Any) -> UUID:
        """The theme in other words, or in another place. Raises Refused as `write` does."""
        entry = self.entry(theme)
        self.refuse_label(label, theme)
        self.refuse_parent(entry, words.get("parent_id"))
        return self.worded(theme, label, self.move("worded"), words)

    def worded(self, theme: UUID, label: str, move: Move, words: dict[str, Any]) -> UUID:
        label = " ".join(label.split())
        db.session.add(Wording(theme_id=theme, label=label, move_id=move.id, **words))
        audit.record("theme.worded", label, by=self.by, consultation=self.consultation.reference)
        self.renew()
        return theme

    def nothing(self) -> UUID:
        """The theme of what raises nothing, made when it is first needed."""
        known = self.frame.nothing
        return known.id if known else self.write(NOTHING_LABEL, kind=NOTHING)

    def merge(self, theme: UUID, into: UUID) -> None:
        """What was coded with `theme` counts under `into`. Raises Refused where they are the same, or one is gone."""
        one, other = self.entry(theme), self.entry(into)
        if theme == into or one.kind != other.kind:
            raise Refused("Choose two different themes.")
        move = self.move("merged")
        db.session.add(Merge(theme_id=theme, into_id=into, move_id=move.id))
        about = {"into": other.label, "consultation": self.consultation.reference}
        audit.record("theme.merged", one.label, by=self.by, **about)
        self.renew()

    def retire(self, theme: UUID) -> None:
        """It is offered no longer. Raises Refused while points are coded with it: those need another theme first."""
        entry = self.entry(theme)
        if uses(self.consultation.id).get(theme):
            raise Refused(f"Points are coded with “{entry.label}”: merge it into another theme instead.")
        move = self.move("retired")
        db.session.add(Retirement(theme_id=theme, move_id=move.id))
        audit.record("theme.retired", entry.label, by=self.by, consultation=self.consultation.reference)
        self.renew()

    def entry(self, theme: UUID) -> Entry:
        found = self.frame.by_id.get(theme)
        if found is None:
            raise Refused("This theme was merged or retired meanwhile. Look at the themes again.")
        return found

    def refuse_label(self, label: str, theme: UUID | None) -> None:
        other = self.frame.labelled(label)
        if other is not None and other.id != theme:
            raise Refused(
                f"There is a theme “{other.label}” already: use that one, or call this one something else."
            )

    def refuse_parent(self, entry: Entry | None, parent: UUID | None) -> None:
        """Two levels: whoever codes looks for a theme, not for its ancestors."""
        if parent is None:
            return
        has_children = entry is not None and any(e.parent == entry.id for e in self.frame.entries)
        if (
            self.entry(parent).parent is not None
            or has_children
            or (entry is not None and parent == entry.id)
        ):
            raise Refused("A theme stands under one that stands under none, and has none under itself.")
