"""How a campaign stands after the steps made so far. A step that was taken back counts as never made."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

KINDS: Final = {
    "found": "The search found a copy",
    "joined": "A response was put with it",
    "left": "A response was taken out",
    "confirmed": "It was confirmed as a campaign",
    "dismissed": "It was found to be none",
    "undone": "The step before was taken back",
}
PROPOSED, CONFIRMED, DISMISSED = "proposed", "confirmed", "dismissed"


@dataclass
class Standing:
    """`members` are in it by a person's word; `waiting` were found, and nobody has said yet whether they belong."""

    state: str = PROPOSED
    members: dict[UUID, float | None] = field(default_factory=dict)
    waiting: dict[UUID, float | None] = field(default_factory=dict)
    taken_out: set[UUID] = field(default_factory=set)
    last: Any = None  # the step that can be taken back

    @property
    def every(self) -> dict[UUID, float | None]:
        return self.members | self.waiting

    @property
    def counted(self) -> set[UUID]:
        """Those whom reports call members of a campaign."""
        return set(self.members) if self.state == CONFIRMED else set()


def standing_of(steps: Iterable[Any]) -> Standing:
    made = list(steps)
    undone = {step.undoes for step in made if step.kind == "undone"}
    now = Standing()
    for step in made:
        if step.kind != "undone" and step.number not in undone:
            take(now, step)
    return now


def take(now: Standing, step: Any) -> None:
    if step.kind == "found" and step.response_id not in now.taken_out:
        now.waiting[step.response_id] = step.share
    elif step.kind == "joined":
        now.waiting.pop(step.response_id, None)
        now.taken_out.discard(step.response_id)
        now.members[step.response_id] = step.share
    elif step.kind == "left":
        now.members.pop(step.response_id, None)
        now.waiting.pop(step.response_id, None)
        now.taken_out.add(step.response_id)
    elif step.kind == "confirmed":
        now.state, now.members, now.waiting = CONFIRMED, now.every, {}
    elif step.kind == "dismissed":
        now.state = DISMISSED
    if step.by_id is not None and step.kind in KINDS and step.kind != "found":
        now.last = step
