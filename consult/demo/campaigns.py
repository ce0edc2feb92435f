"""Highfold's analyst has found the standard letter among what came, and has counted the petition's signatures."""

from typing import Final

import sqlalchemy as sa

from consult.campaigns.letters import Letters, campaigns_of
from consult.campaigns.petitions import Petitions
from consult.database import db
from consult.demo import consulting, past, people
from consult.demo.consulting import Scene
from consult.responses.models import Response
from consult.spaces.models import Space

SORTED_DAYS_AGO: Final = 23


def sort(body: Space, scene: Scene) -> None:
    """The largest letter is confirmed; whatever else the search proposes waits for somebody to look at it."""
    analyst = people.typist_of(scene.space)
    with past.working(body, analyst, past.on(past.day(SORTED_DAYS_AGO), 20)):
        consultation = consulting.of(scene)
        letters = Letters(consultation, analyst)
        letters.search()
        largest = max(campaigns_of(consultation), key=lambda each: len(each.steps), default=None)
        if largest is not None:
            letters.confirm(largest)
        petitions = Petitions(consultation, analyst)
        signed = sa.select(Response).where(
            Response.consultation_id == consultation.id, Response.key.startswith("petition-")
        )
        for response in db.session.scalars(signed):
            petitions.confirm(petitions.mark(response))
        db.session.flush()
