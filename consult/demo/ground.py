"""The areas of the demo: drafted, applied for, designated; one that waits, and one that is contested."""

from dataclasses import dataclass
from datetime import date
from typing import Final, cast

import shapely
import sqlalchemy as sa
from shapely import Polygon
from shapely.ops import linemerge, substring

from consult.areas import register
from consult.areas.decisions import settling
from consult.areas.models import Application, save_version
from consult.database import db
from consult.demo import past, people
from consult.demo.district import Area, District
from consult.spaces.models import Space

TOO_FAR_IN_M = 90


@dataclass(frozen=True)
class Course:
    """Days ago: when the outline was drafted and applied for, and when the area was designated."""

    applied: int
    designated: int | None = None


COURSES: Final = {
    "highfold": Course(applied=590, designated=520),
    "nether-tarrow": Course(applied=540, designated=505),
    "oldbridge": Course(applied=460, designated=390),
    "station-fields": Course(applied=12),
    "tannery-wharf": Course(applied=6),
}
WHY: Final = (
    "It is the place that people here mean by {name}: the same school, the same shops and the same way home. "
    "Its edges follow the river, the railway and the backs of gardens."
)
BODY: Final = {
    "forum": "{body} has at least 21 members who live, work or are elected here, and is open to anybody who does.",
    "council": "{body} is the parish council of this area, and so a relevant body.",
}


def settle(area: Area, place: District, authority: Space, body: Space) -> None:
    """The area's course until today."""
    course = COURSES[area.slug]
    drafted = past.day(course.applied + 5)
    keep(Polygon(area.outline.exterior).simplify(25), body, drafted)
    outline = reaching_too_far(area, place) if area.slug == "tannery-wharf" else area.outline
    apply(outline, area, body, past.day(course.applied))
    if course.designated is not None:
        designate(body, authority, past.day(course.designated))


def keep(outline: Polygon, body: Space, on: date) -> None:
    chair = people.chair_of(body.slug)
    with past.working(body, chair, past.on(on, 20)):
        save_version(outline, source="drawn", by=chair)


def apply(outline: Polygon, area: Area, body: Space, on: date) -> None:
    chair = people.chair_of(body.slug)
    with past.working(body, chair, past.on(on, 20.5)):
        version = save_version(outline, source="drawn", by=chair)
        register.apply_for(
            version,
            name=area.name,
            why_appropriate=WHY.format(name=area.name),
            relevant_body=BODY[area.kind].format(body=area.body_name),
            by=chair,
        )


def designate(body: Space, authority: Space, on: date) -> None:
    """The officer finds the application where the authority stands."""
    officer = people.officer()
    with past.working(authority, officer, past.on(on, 16)):
        handed = db.session.scalars(sa.select(Application).where(Application.space_id == body.id)).one()
        reasons = "The area is appropriate: it has clear edges and no other body has applied for any of it."
        settling.designate(handed, on=on, by=officer, reasons=reasons)


def reaching_too_far(area: Area, place: District) -> Polygon:
    """Both sides of the street on the border, where the other side is a neighbour's."""
    neighbour = place.area("oldbridge").outline
    border = area.outline.boundary.intersection(neighbour.boundary)
    line = linemerge(border) if border.geom_type != "LineString" else border
    line = max(getattr(line, "geoms", [line]), key=lambda part: part.length)
    claimed = substring(line, 0.2, 0.7, normalized=True).buffer(TOO_FAR_IN_M, cap_style="flat")
    drawn = shapely.union_all([area.outline, claimed.intersection(neighbour)])
    return cast(Polygon, Polygon(drawn.exterior))
