"""What somebody selects, and which consultations, responses and points that is.

Points are selected as the response log tells them: a policy, a stance and a theme must all be those of one and the same
point, as it was given or as whoever coded it read it. Responses are those that raised such a point.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

import sqlalchemy as sa

from consult.consultations.models import Consultation
from consult.database import db
from consult.feedback.selecting import Group
from consult.reports.points import Point

DAYS = ("received_from", "received_to")


@dataclass(frozen=True)
class Filter:
    """Each that is empty means any. `consultation` is a reference, `body` the slug of whose proposal an authority asked
    about, `theme` the label of a theme."""

    consultation: str = ""
    stage: str = ""
    body: str = ""
    policy: str = ""
    stance: str = ""
    theme: str = ""
    kind: str = ""
    home: str = ""
    connection: str = ""
    channel: str = ""
    received_from: date | None = None
    received_to: date | None = None

    @property
    def group(self) -> Group:
        who = (self.kind, self.home, self.connection, self.channel)
        return Group(*who, self.received_from, self.received_to)

    @property
    def is_of_points(self) -> bool:
        return bool(self.policy or self.stance or self.theme)

    def takes(self, point: Point) -> bool:
        return (
            self.policy in ("", point.policy)
            and self.stance in ("", point.stance)
            and (not self.theme or self.theme in point.themes)
        )

    def consultations(self) -> list[Consultation]:
        """In the order in which they opened."""
        return [each for each in opened() if self.holds(each)]

    def holds(self, each: Consultation) -> bool:
        return (
            self.consultation in ("", each.reference)
            and self.stage in ("", each.stage)
            and self.body in ("", body_of(each)[0])
        )

    def kept(self) -> dict[str, str]:
        """What was chosen, as it is stored, and as an address has it."""
        return {name: str(value) for name, value in asdict(self).items() if value}

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Filter":
        known = {field.name for field in fields(cls)}
        chosen: dict[str, Any] = {name: value for name, value in kept.items() if name in known}
        chosen |= {name: date.fromisoformat(chosen[name]) for name in DAYS if name in chosen}
        return cls(**chosen)


def opened() -> list[Consultation]:
    rows = sa.select(Consultation).where(Consultation.opening.has())
    found = [(each.opening.at, each.reference, each) for each in db.session.scalars(rows) if each.opening]
    return [each for _, _, each in sorted(found, key=lambda one: one[:2])]


def body_of(consultation: Consultation) -> tuple[str, str]:
    """(slug, name) of whose proposal it is about; empty for a body's own."""
    proposal = consultation.proposal
    return (proposal.applicant.slug, proposal.body) if proposal else ("", "")


def bodies(consultations: list[Consultation]) -> Iterator[tuple[str, str]]:
    found = dict(body_of(each) for each in consultations)
    yield from sorted(((slug, name) for slug, name in found.items() if slug), key=lambda one: one[1])
