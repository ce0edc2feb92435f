"""The places that responses point at, on a map and in a list beside it. For members: no pin is public."""

import json
from dataclasses import dataclass
from typing import Any

import shapely
import sqlalchemy as sa
from flask import Response as Answer
from flask import g, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.access import Act, needs
from consult.areas import maps
from consult.consultations.models import Consultation, Question
from consult.database import db
from consult.feedback import tallies, words
from consult.feedback.pages import HERE, group_asked_for, listed, pages
from consult.responses.asking import consultation_at
from consult.responses.models import Place, Response
from consult.responses.outlines import outline_of
from geodata import crs

BESIDE_THE_MAP = 15  # places in the list, so that it is about as long as the map is high
LOOKED_AT_DECIMALS = 6  # of a degree: ten centimetres


@dataclass(frozen=True)
class Spot:
    """One place of one counted response."""

    reference: str
    question: str
    words: str
    easting: float | None
    northing: float | None

    @property
    def point(self) -> shapely.Point:
        return shapely.Point(self.easting, self.northing)


@pages.get(f"{HERE}places")
@needs(Act.READ_RESPONSES)
def places(reference: str) -> str:
    consultation = consultation_at(reference)
    facts = tallies.take(consultation)
    chosen = group_asked_for(facts)
    numbers = {(figure.key, figure.filter): figure for figure in tallies.figures(facts)}
    asked = [question for question in consultation.questions if question.kind == "place"]
    spots = spots_of(consultation, chosen)
    return render_template(
        "feedback/places.html",
        consultation=consultation,
        chosen=chosen,
        counts=[(question, numbers[f"{question.reference}.places", chosen]) for question in asked],
        map=map_of(consultation, [spot for spot in spots if spot.easting is not None], chosen),
        page=listed(spots, BESIDE_THE_MAP),
        words=words,
    )


@pages.get(f"{HERE}places.geojson")
@needs(Act.READ_RESPONSES)
def places_geojson(reference: str) -> Answer:
    consultation = consultation_at(reference)
    chosen = group_asked_for(tallies.take(consultation))
    on_map = [spot for spot in spots_of(consultation, chosen) if spot.easting is not None]
    return Answer(as_geojson(reference, on_map), mimetype="application/geo+json")


def spots_of(consultation: Consultation, chosen: str) -> list[Spot]:
    """Places of the counted responses, in the order of arrival."""
    among = set(tallies.behind(tallies.take(consultation), "counted", chosen))
    statement = (
        sa.select(Response.id, Response.reference, Question.reference)
        .add_columns(Place.words, Place.easting, Place.northing)
        .join(Place, sa.and_(Place.response_id == Response.id, Place.space_id == Response.space_id))
        .join(Question, sa.and_(Question.id == Place.question_id, Question.space_id == Place.space_id))
        .where(Response.consultation_id == consultation.id)
        .order_by(Response.received, Response.reference, Question.position, Place.position)
    )
    return [Spot(*rest) for id_, *rest in db.session.execute(statement) if id_ in among]


def as_geojson(reference: str, spots: list[Spot]) -> str:
    degrees = shapely.get_coordinates([crs.to_wgs84(spot.point) for spot in spots]).tolist()
    features = [
        {
            "type": "Feature",
            "properties": {
                "name": f"{spot.reference} {spot.words}".strip()[:200],
                "href": link_to(reference, spot),
            },
            "geometry": {
                "type": "Point",
                "coordinates": [round(lon, LOOKED_AT_DECIMALS), round(lat, LOOKED_AT_DECIMALS)],
            },
        }
        for spot, (lon, lat) in zip(spots, degrees, strict=True)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))


def link_to(reference: str, spot: Spot) -> str:
    return url_for("responses.one", reference=reference, response_reference=spot.reference)


def map_of(consultation: Consultation, spots: list[Spot], chosen: str) -> dict[str, Any] | None:
    """What the map component is given: the picture, and the map that moves in its place."""
    if not spots:
        return None
    outline = outline_of(consultation)
    pins = shapely.MultiPoint([spot.point for spot in spots])
    area = [maps.Seen(outline, "area", _("The neighbourhood area"))] if outline is not None else []
    extent = maps.extent_of([outline if outline is not None else pins], None)
    caption = ngettext(
        "%(n)s place that people pointed at", "%(n)s places that people pointed at", len(spots), n=len(spots)
    )
    described = _("Each dot is one place. The list says the same.")
    seen = [*area, maps.Seen(pins, "pin", _("A place"))]
    told = maps.on_map(extent, seen, caption=caption, description=described, ground=g.space)
    # The moving map fetches its pins, each with the response that it leads to.
    named = {"url": geojson_address(consultation.reference, chosen), "style": "pin", "name": _("Places")}
    key = [{"style": thing.style, "text": thing.key} for thing in seen]
    return told | {"legend": key, "layers": [*told["layers"][:-1], named]}


def geojson_address(reference: str, chosen: str) -> str:
    split, _equals, name = chosen.partition("=")
    group: dict[str, Any] = {split: name} if split else {}
    return url_for("feedback.places_geojson", reference=reference, **group)
