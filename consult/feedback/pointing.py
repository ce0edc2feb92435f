"""How many responses point into each hexagon, each site and the land of each policy: responses and not pins, and few
are not told apart.

It says where comments point, never where their authors live, so it is not split by home: two such maps, one of which
leaves somebody out, would tell where they pointed. A number is kept back as `disclosure.py` keeps back a group's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
import sqlalchemy as sa
from flask import g, render_template, request, url_for
from shapely.geometry.base import BaseGeometry

from consult.access import Act, needs
from consult.areas import maps
from consult.consultations.models import Consultation
from consult.database import db
from consult.feedback import tallies
from consult.feedback.disclosure import SMALLEST, kept_back
from consult.feedback.facts import STATUSES, Column, Facts
from consult.feedback.pages import HERE, pages, responses_behind
from consult.responses.asking import consultation_at
from consult.responses.models import Place, Response
from consult.responses.outlines import outline_of
from geodata import hexagons

WANTED = 25  # hexagons over the area: with more, a village's responses are too few in each to be told
FEW = f"Fewer than {SMALLEST}, or kept back"
CLASSES = ((50, "count-4", "50 and more"), (20, "count-3", "20 to 49"), (10, "count-2", "10 to 19"))
LOWEST = ("count-1", f"{SMALLEST} to 9")


@dataclass(frozen=True)
class Pointed:
    """A place of a counted response: whose (its number in the facts), a point on it, and its shape."""

    whose: int
    point: shapely.Point
    shape: BaseGeometry


@dataclass(frozen=True)
class Ground:
    """A hexagon, a site or a policy’s land; the responses that point into it, None where too few to tell."""

    key: str
    name: str
    outline: BaseGeometry
    responses: int | None
    people: int | None
    href: str = ""


@pages.get(f"{HERE}places/counted")
@needs(Act.READ_RESPONSES)
def places_counted(reference: str) -> str:
    consultation = consultation_at(reference)
    facts = tallies.take(consultation)
    pointed = pointed_at(consultation, facts)
    area = outline_of(consultation)
    size = size_of(area, pointed)
    of_hexagons = told(reference, facts, in_hexagons(pointed, size))
    of_sites = told(reference, facts, in_sites(consultation, pointed))
    return render_template(
        "feedback/places_counted.html",
        consultation=consultation,
        hexagons=of_hexagons,
        sites=of_sites,
        policies=in_policies(reference, consultation, facts, pointed, of_sites),
        hectares=size / hexagons.M2_PER_HECTARE,
        responses=len({place.whose for place in pointed}),
        smallest=SMALLEST,
        map=map_of(area, of_hexagons),
    )


@pages.get(f"{HERE}places/counted/responses")
@needs(Act.READ_RESPONSES)
def places_counted_responses(reference: str) -> str:
    """The responses that point into one hexagon, site or policy’s land, where their number is told."""
    consultation = consultation_at(reference)
    facts = tallies.take(consultation)
    pointed = pointed_at(consultation, facts)
    size = size_of(outline_of(consultation), pointed)
    parts = in_hexagons(pointed, size), in_sites(consultation, pointed)
    grounds = [told(reference, facts, part) for part in parts]
    on_policies = land_of(consultation, pointed)
    grounds.append(in_policies(reference, consultation, facts, pointed, grounds[1]))
    key = request.args.get("ground", "")
    opened = {ground.key: ground.name for of_kind in grounds for ground in of_kind if ground.href}
    every = {ground.key: whose for part in (*parts, on_policies) for ground, whose in part}
    whose = every[key] if key in opened else set()
    return responses_behind(
        consultation,
        facts.ids(np.array(sorted(whose), "i8")),
        about=opened.get(key, ""),
        address=address_of(reference, key),
        back=url_for("feedback.places_counted", reference=reference),
        back_words="Counted on the map",
    )


def pointed_at(consultation: Consultation, facts: Facts) -> list[Pointed]:
    """The places of counted responses that are on the map."""
    counted = facts["status"] == STATUSES.index("counted")
    numbers = {id_: int(at) for id_, at in zip(facts.ids(counted), np.flatnonzero(counted), strict=True)}
    statement = (
        sa.select(Response.id, Place.easting, Place.northing, Place.shape)
        .join(Place, sa.and_(Place.response_id == Response.id, Place.space_id == Response.space_id))
        .where(Response.consultation_id == consultation.id, Place.easting.is_not(None))
    )
    return [
        placed(numbers[id_], shapely.Point(easting, northing), shape)
        for id_, easting, northing, shape in db.session.execute(statement)
        if id_ in numbers
    ]


def placed(whose: int, point: shapely.Point, shape: bytes | None) -> Pointed:
    return Pointed(whose, point, shapely.from_wkb(shape) if shape else point)


def size_of(area: BaseGeometry | None, pointed: Sequence[Pointed]) -> float:
    """Of a hexagon, in square metres; from the area, so that it does not change as responses come in."""
    if area is None:
        area = shapely.MultiPoint([place.point for place in pointed]).envelope
    return hexagons.size_for(area.area, WANTED)


Counted = tuple[Ground, set[int]]


def in_hexagons(pointed: Sequence[Pointed], size: float) -> list[Counted]:
    """The hexagons that anybody points into, from north to south, with the numbers of the responses."""
    cells = hexagons.holding([p.point.x for p in pointed], [p.point.y for p in pointed], size).tolist()
    whose: dict[tuple[int, int], set[int]] = {}
    for place, (q, r) in zip(pointed, cells, strict=True):
        whose.setdefault((q, r), set()).add(place.whose)
    in_order = sorted(whose, key=lambda at: (-at[1], at[0]))
    return [(hexagon(number, at, size), whose[at]) for number, at in enumerate(in_order, 1)]


def hexagon(number: int, at: tuple[int, int], size: float) -> Ground:
    return Ground(f"{at[0]},{at[1]}", f"Hexagon {number}", hexagons.outline(*at, size), None, None)


def in_sites(consultation: Consultation, pointed: Sequence[Pointed]) -> list[Counted]:
    """The sites of the plan that was consulted on, with the responses that point at some of their land."""
    sites = consultation.plan_version.sites if consultation.plan_version else []
    tree = shapely.STRtree([place.shape for place in pointed])
    return [
        (
            Ground(f"site {site.reference}", site.title, site.geometry, None, None),
            {pointed[at].whose for at in tree.query(site.geometry, predicate="intersects")},
        )
        for site in sites
    ]


def land_of(consultation: Consultation, pointed: Sequence[Pointed]) -> list[Counted]:
    """The policies that lie on sites, each with the responses that point at some of its land."""
    lying = [(policy, area) for policy in consultation.policies if (area := policy.area) is not None]
    tree = shapely.STRtree([place.shape for place in pointed])
    return [
        (
            Ground(f"policy {policy.reference}", policy.name, area, None, None),
            {pointed[at].whose for at in tree.query(area, predicate="intersects")},
        )
        for policy, area in lying
    ]


def in_policies(
    reference: str,
    consultation: Consultation,
    facts: Facts,
    pointed: Sequence[Pointed],
    sites: Sequence[Ground],
) -> list[Ground]:
    """A policy's number is told where those of all its sites are: else one of them could be worked out from it."""
    everyone, open_sites = (
        np.ones(len(facts), bool),
        {site.key for site in sites if site.responses is not None},
    )
    may = {
        f"policy {policy.reference}": all(f"site {site.reference}" in open_sites for site in policy.sites)
        for policy in consultation.policies
    }
    return [
        with_number(reference, ground, facts, whose, everyone) if may[ground.key] else ground
        for ground, whose in land_of(consultation, pointed)
    ]


def told(reference: str, facts: Facts, counted: Sequence[Counted]) -> list[Ground]:
    """The same with their numbers, without those that tell, alone or by subtraction, of fewer than `SMALLEST`."""
    cells = [[len(whose) for _, whose in counted]]
    back = {column for _, column in kept_back(cells, set(), rows_add_up=True, columns_add_up=False)}
    everyone = np.ones(len(facts), bool)
    return [
        ground if at in back else with_number(reference, ground, facts, whose, everyone)
        for at, (ground, whose) in enumerate(counted)
    ]


def with_number(reference: str, ground: Ground, facts: Facts, whose: set[int], everyone: Column) -> Ground:
    weights = np.zeros(len(facts), "<i4")
    weights[list(whose)] = 1
    figure = tallies.figure(facts, "places", weights, "", everyone)
    href = address_of(reference, ground.key)
    return Ground(ground.key, ground.name, ground.outline, figure.responses, figure.people, href)


def address_of(reference: str, key: str) -> str:
    return url_for("feedback.places_counted_responses", reference=reference, ground=key)


def map_of(area: BaseGeometry | None, grounds: Sequence[Ground]) -> dict[str, Any] | None:
    if not grounds:
        return None
    outlines = [ground.outline for ground in grounds]
    extent = maps.extent_of([area, *outlines] if area is not None else outlines, None)
    seen = [seen_as(ground) for ground in grounds]
    around = [maps.Seen(area, "area", "The neighbourhood area")] if area is not None else []
    words = {
        "caption": "How many responses point into each hexagon",
        "description": "The table says the same.",
    }
    return maps.with_key(maps.on_map(extent, [*seen, *around], ground=g.space, **words), [*seen, *around])


def seen_as(ground: Ground) -> maps.Seen:
    """A number and a shade, so that nothing is told by colour alone."""
    if ground.responses is None:
        return maps.Seen(ground.outline, "count-few", FEW, "")
    number = ground.responses
    style, words = next(((style, words) for least, style, words in CLASSES if number >= least), LOWEST)
    return maps.Seen(ground.outline, style, words, str(number))
