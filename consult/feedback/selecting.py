"""Some of the responses of a consultation, by what is known of whoever sent them; counted as everything is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from consult.feedback import tallies
from consult.feedback.facts import STATUSES, Column, Facts
from consult.feedback.tallies import Figure, Reconciliation

SELECTED = "selected"
SPLITS = ("kind", "home", "connection")


@dataclass(frozen=True)
class Group:
    """Each that is empty means any; a response must be in all of the others. Days are UK days, both included."""

    kind: str = ""
    home: str = ""
    connection: str = ""
    channel: str = ""
    first: date | None = None
    last: date | None = None

    def among(self, facts: Facts) -> Column:
        """A mask of the responses, whatever their status."""
        inside = np.ones(len(facts), bool)
        for split in SPLITS:
            if asked := getattr(self, split):
                inside &= dict(tallies.split_by(facts, split)).get(asked, False)
        if self.channel:
            inside &= np.array([name == self.channel for name in facts.channels], bool)[facts["channel"]]
        return inside & self.received(facts) if self.first or self.last else inside

    def received(self, facts: Facts) -> Column:
        days = np.array([day.toordinal() for day in tallies.days_of(facts)], "i8")
        first = self.first.toordinal() if self.first else 0
        last = self.last.toordinal() if self.last else date.max.toordinal()
        return (days >= first) & (days <= last)


@dataclass(frozen=True)
class Selected:
    """What a selection of one consultation holds. `line` accounts for each of its responses; `counted` says how many
    of them are in the figures and how many people they speak for, `points` (None where they were not asked for) how
    many points those make."""

    line: Reconciliation
    counted: Figure
    points: Figure | None = None


def counted(facts: Facts, among: Column) -> Figure:
    standing = facts["status"] == STATUSES.index("counted")
    return tallies.figure(facts, SELECTED, among.astype("<i4"), "", standing)


def selected(facts: Facts, among: Column, raised_by: Iterable[UUID] | None = None) -> Selected:
    """`raised_by`: who raised each of its points."""
    points = None if raised_by is None else tallies.of_points(facts, f"{SELECTED}.points", raised_by)
    return Selected(tallies.reconciliation(facts, among), counted(facts, among), points)
