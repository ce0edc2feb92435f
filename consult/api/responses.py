"""What was said: responses, points and places with the columns of the reports' files, read as they stand now. Pages are
cut between responses, in the order of their arrival, so that the points of one are never torn apart."""

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from flask import Response

from consult import clock
from consult.access import Act, needs
from consult.api import paging
from consult.api.describing import GEOJSON, NUMBER, TEXT, Schema, described, features, listed, record
from consult.api.pages import CONSULTATION, noted, page, pages
from consult.api.pages import features as featured
from consult.api.spaces import consultation_at
from consult.consultations.models import Consultation
from consult.feedback import coding_taken, tallies
from consult.feedback.facts import Facts
from consult.feedback.models import Snapshot
from consult.reports import ground, tables
from consult.reports.pieces import as_coded
from consult.reports.points import Point, Voice, points_of, voice
from consult.reports.replying import agreed, replied

A_RESPONSE = record(
    more={
        "type": ["string", "integer", "number"],
        "description": "The answer to the question of that reference",
    },
    **{column: NUMBER if column == "people" else TEXT for column in tables.RESPONSE},
)
A_POINT = record(**dict.fromkeys(tables.LOG, TEXT))
A_PLACE: Schema = record(**dict.fromkeys(ground.COLUMNS, TEXT))
BY_RESPONSE = (
    "In the order of arrival. `limit` counts responses, so that what one says is never torn apart; a page may hold "
    "more or fewer items than that."
)


@dataclass(frozen=True)
class Heard:
    """The responses of one page, and the cursor of the next."""

    consultation: Consultation
    facts: Facts
    voices: list[Voice]
    cursor: str

    @property
    def points(self) -> list[Point]:
        return points_of(self.consultation, self.facts, self.voices)


def heard(reference: str) -> Heard:
    paging.only(paging.PARAMETERS)
    asked = paging.asked()
    consultation = consultation_at(reference)
    facts = tallies.take(consultation)
    order = list(zip(facts.received, facts.references, strict=True))
    first = bisect_right(order, place_of(asked.after)) if asked.after else 0
    last = min(first + asked.limit, len(order))
    ids = facts.ids(np.arange(first, last))
    voices = [voice(facts, at, id_) for at, id_ in enumerate(ids, first)]
    return Heard(consultation, facts, voices, paging.written(order[last - 1]) if last < len(order) else "")


def place_of(after: list[str]) -> tuple[str, str]:
    received, reference = (*after, "", "")[:2]
    return received, reference


@pages.get(f"{CONSULTATION}/responses")
@needs(Act.READ_RESPONSES)
@described(
    "Responses, with the columns of responses.csv",
    listed(A_RESPONSE),
    paged=True,
    words="In the order of arrival.",
)
def responses(reference: str) -> Response:
    here = heard(reference)
    columns = tables.columns_of(here.facts)
    rows = tables.responses(here.consultation, here.facts, here.voices, here.points)
    items = [dict(zip(columns, row, strict=True)) for row in rows]
    return noted(page(items, here.cursor), f"responses of {here.consultation.title}")


@pages.get(f"{CONSULTATION}/points")
@needs(Act.READ_RESPONSES)
@described("Points, with the columns of response-log.csv", listed(A_POINT), paged=True, words=BY_RESPONSE)
def points(reference: str) -> Response:
    here = heard(reference)
    coded = coding_taken.take(here.consultation)
    now = Snapshot(consultation_id=here.consultation.id, at=clock.now())  # as if frozen now; never kept
    logged = replied(as_coded(here.points, coded), agreed(now))
    items = [dict(zip(tables.LOG, row, strict=True)) for row in tables.log(logged)]
    return noted(page(items, here.cursor), f"response log of {here.consultation.title}")


@pages.get(f"{CONSULTATION}/places")
@needs(Act.READ_RESPONSES)
@described(
    "Places that people pointed at or described, on the ground",
    features(A_PLACE),
    media_type=GEOJSON,
    paged=True,
    words=f"GeoJSON in WGS84; a place that was only described has no geometry. {BY_RESPONSE}",
)
def places(reference: str) -> Response:
    here = heard(reference)
    found = [(point.geometry, ground.properties(point)) for point in here.points if point.is_place]
    return noted(featured(found, here.cursor), f"places of {here.consultation.title}")
