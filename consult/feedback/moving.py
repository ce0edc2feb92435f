"""Who answered from a home that a changed outline moves in or out of the area: on the page of that version.

They are counted as every figure is (`tallies.figure`), and few are not told apart. It changes no response: each keeps
the home it was received with, against the outline it was asked about.
"""

from dataclasses import dataclass
from uuid import UUID

import numpy as np
import sqlalchemy as sa

from consult.access import Act
from consult.areas.models import Postcode
from consult.areas.saved.versions import Step, who_moves
from consult.consultations.models import Consultation
from consult.database import db
from consult.feedback import tallies
from consult.feedback.facts import STATUSES, Column, Facts
from consult.responses.models import Response
from consult.spaces import doors
from consult.spaces.home import Panel
from geodata import change

MOST = 5


@dataclass(frozen=True)
class Row:
    """Of one consultation: how many counted responses come in and go out; None where there are too few to tell."""

    consultation: Consultation
    came: int | None
    went: int | None


@who_moves(order=10)
def responses_that_move(step: Step) -> Panel | None:
    """To members who may read responses."""
    if not doors.may(Act.READ_RESPONSES):
        return None
    opened = sa.select(Consultation).where(Consultation.opening.has()).order_by(Consultation.at.desc())
    rows = [row_of(consultation, step) for consultation in db.session.scalars(opened.limit(MOST))]
    return Panel("feedback/moving.html", {"rows": rows, "smallest": tallies.SMALLEST}) if rows else None


def row_of(consultation: Consultation, step: Step) -> Row:
    came, went = movers(consultation, step)
    if max(len(came), len(went)) < tallies.SMALLEST:
        return Row(consultation, None, None)
    facts = tallies.take(consultation)
    return Row(consultation, told(facts, came), told(facts, went))


def movers(consultation: Consultation, step: Step) -> tuple[set[UUID], set[UUID]]:
    """The responses whose postcode's point comes in, and those whose goes out."""
    known = (
        sa.select(Response.id, Postcode.easting, Postcode.northing)
        .join(Postcode, Postcode.code == Response.postcode)
        .where(Response.consultation_id == consultation.id)
    )
    found = db.session.execute(known).all()
    if not found:
        return set(), set()
    ids = [row.id for row in found]
    came, went = change.moves(step.change, [row.easting for row in found], [row.northing for row in found])
    return {ids[at] for at in np.flatnonzero(came)}, {ids[at] for at in np.flatnonzero(went)}


def told(facts: Facts, responses: set[UUID]) -> int | None:
    everyone = np.ones(len(facts), bool)
    among: Column = np.array([id_ in responses for id_ in facts.ids(everyone)], "<i4")
    counted = facts["status"] == STATUSES.index("counted")
    number = tallies.figure(facts, "counted", among, "", counted).responses or 0
    return number if number >= tallies.SMALLEST else None
